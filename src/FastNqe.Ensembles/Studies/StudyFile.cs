using System.Globalization;
using System.Text.Json;

namespace FastNqe.Ensembles;

/// <summary>Reads studies from JSON, strictly: an unknown key, a wrong type or a value out of range is an error that says where it is and what was expected.</summary>
public static class StudyFile
{
    /// <summary>Reads a study from a file.</summary>
    /// <exception cref="StudyFormatException">The file is not a study; the message has file, line, key and what was expected.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Study Read(string path) => Parse(File.ReadAllBytes(path), path);

    /// <summary>Reads a study from JSON text in UTF-8; comments and trailing commas are allowed.</summary>
    /// <param name="json">The text.</param>
    /// <param name="origin">The name used in messages.</param>
    /// <exception cref="StudyFormatException">The text is not a study.</exception>
    public static Study Parse(ReadOnlySpan<byte> json, string origin)
    {
        if (json.StartsWith("\uFEFF"u8))
            json = json["\uFEFF"u8.Length..];
        Parser parser = new(json, origin);
        try
        {
            return parser.Study();
        }
        catch (JsonException exception)
        {
            throw new StudyFormatException(origin, (int)(exception.LineNumber ?? 0) + 1, $"not JSON: {Sentence(exception)}");
        }
    }

    // The framework appends its own position, counted from zero.
    private static string Sentence(JsonException exception)
    {
        int end = exception.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return end < 0 ? exception.Message : exception.Message[..end];
    }

    private ref struct Parser(ReadOnlySpan<byte> json, string origin)
    {
        private static readonly string[] Keys =
        [
            "name", "about", "model", "configurations", "quench", "particles", "temperature", "samples", "seed", "preparation", "coolingRate",
            "finalTemperature", "chainLength", "equilibrationTime", "spacing", "timeStep", "density", "nonAdditivity", "cutoff", "smoothingOrder",
            "harmonicModes", "cubicStarts", "moduli", "keep",
        ];

        private readonly ReadOnlySpan<byte> _json = json;
        private readonly Dictionary<string, int> _lines = [];
        private Utf8JsonReader _reader = new(json, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        private string _key = "";

        private readonly int Line => 1 + _json[..(int)_reader.TokenStartIndex].Count((byte)'\n');

        public Study Study()
        {
            if (!_reader.Read() || _reader.TokenType != JsonTokenType.StartObject)
                throw Problem($"expected a study: an object with the keys {string.Join(", ", Keys)}");
            Study study = new() { Name = "", Model = "" };
            while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
            {
                _key = Text(_reader);
                if (!Keys.Contains(_key))
                    throw Problem($"unknown key \"{_key}\"{Suggestion(_key)}; the keys are {string.Join(", ", Keys)}");
                if (!_lines.TryAdd(_key, Line))
                    throw Problem($"key \"{_key}\" is given twice, first in line {_lines[_key]}");
                _reader.Read();
                study = With(study);
            }
            // Reads on to the end, so that text after the object is an error.
            while (_reader.Read())
            {
            }
            return Whole(study);
        }

        private Study With(Study study) => _key switch
        {
            "name" => study with { Name = Name() },
            "about" => study with { About = String() },
            "model" => study with { Model = Model() },
            "configurations" => study with { Configurations = Path() },
            "quench" => study with { Quench = Boolean() },
            "particles" => study with { Particles = Integer(2, 10_000_000) },
            "temperature" => study with { Temperature = Positive() },
            "samples" => study with { Samples = Integer(1, 100_000_000) },
            "seed" => study with { Seed = Seed() },
            "preparation" => study with { Preparation = Choice<Preparation>() },
            "coolingRate" => study with { CoolingRate = Positive() },
            "finalTemperature" => study with { FinalTemperature = Positive() },
            "chainLength" => study with { ChainLength = Integer(1, 1_000_000) },
            "equilibrationTime" => study with { EquilibrationTime = Positive() },
            "spacing" => study with { Spacing = Positive() },
            "timeStep" => study with { TimeStep = Positive() },
            "density" => study with { Density = Positive() },
            "nonAdditivity" => study with { NonAdditivity = Number(0, 1) },
            "cutoff" => study with { Cutoff = Number(1, 10) },
            "smoothingOrder" => study with { SmoothingOrder = Integer(1, InversePowerLaw.LargestSmoothingOrder) },
            "harmonicModes" => study with { HarmonicModes = Integer(1, 200) },
            "cubicStarts" => study with { CubicStarts = Choice<CubicStarts>() },
            "moduli" => study with { Moduli = Boolean() },
            _ => Keep(study),
        };

        private readonly Study Whole(Study study)
        {
            Require("name");
            Require("model");
            if (study.Configurations is not null)
            {
                foreach (string key in (ReadOnlySpan<string>)["particles", "temperature", "preparation", "coolingRate", "finalTemperature", "chainLength", "equilibrationTime", "spacing", "timeStep", "density"])
                    Forbid(key, "the glasses come from files (key \"configurations\")");
                // Files are independent of each other: each is a chain of its own.
                return study with { ChainLength = 1 };
            }
            Require("particles");
            Require("temperature");
            Require("samples");
            Forbid("quench", "it is about glasses from files (key \"configurations\")");
            if (study.Preparation == Preparation.Instantaneous)
            {
                Forbid("coolingRate", "preparation is instantaneous");
                Forbid("finalTemperature", "preparation is instantaneous");
            }
            if (study.FinalTemperature >= study.Temperature)
                throw new StudyFormatException(origin, _lines["finalTemperature"], $"finalTemperature is {Show(study.FinalTemperature.Value)}; expected less than the temperature {Show(study.Temperature)} from which the liquid is cooled");
            return study;
        }

        private readonly void Require(string key)
        {
            if (!_lines.ContainsKey(key))
                throw new StudyFormatException(origin, 1, $"key \"{key}\" is missing");
        }

        private readonly void Forbid(string key, string why)
        {
            if (_lines.TryGetValue(key, out int line))
                throw new StudyFormatException(origin, line, $"key \"{key}\" has no meaning here: {why}");
        }

        private readonly string String() => _reader.TokenType == JsonTokenType.String ? Text(_reader) : throw Expected("a string");

        private readonly string Name()
        {
            string name = String();
            bool usable = name.Length is > 0 and <= 100 && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');
            return usable ? name : throw Expected("1 to 100 letters, digits, '-', '_' or '.'");
        }

        private readonly string Model()
        {
            string? name = _reader.TokenType == JsonTokenType.String ? Text(_reader) : null;
            return GlassModel.All.FirstOrDefault(model => model.Name == name)?.Name
                ?? throw Expected($"one of {string.Join(", ", GlassModel.All.Select(model => model.Name))}");
        }

        private readonly string Path()
        {
            string path = String();
            return path.Length > 0 && !path.Contains('\0', StringComparison.Ordinal) ? path : throw Expected("the name of a folder");
        }

        private readonly bool Boolean() => _reader.TokenType switch
        {
            JsonTokenType.True => true,
            JsonTokenType.False => false,
            _ => throw Expected("true or false"),
        };

        private readonly long Seed() =>
            _reader.TokenType == JsonTokenType.Number && _reader.TryGetInt64(out long seed) && seed >= 0 ? seed : throw Expected("an integer from 0");

        private readonly int Integer(int least, int most) =>
            _reader.TokenType == JsonTokenType.Number && _reader.TryGetInt32(out int value) && value >= least && value <= most
                ? value
                : throw Expected($"an integer from {least} to {most}");

        private readonly double Positive() => _reader.TokenType == JsonTokenType.Number && _reader.TryGetDouble(out double value) && value > 0 && double.IsFinite(value)
            ? value
            : throw Expected("a positive number");

        private readonly double Number(double least, double most) => _reader.TokenType == JsonTokenType.Number && _reader.TryGetDouble(out double value) && value >= least && value <= most
            ? value
            : throw Expected($"a number from {Show(least)} to {Show(most)}");

        private readonly T Choice<T>() where T : struct, Enum
        {
            string word = _reader.TokenType == JsonTokenType.String ? Text(_reader) : "";
            foreach (T value in Enum.GetValues<T>())
                if (Word(value) == word)
                    return value;
            throw Expected($"one of {string.Join(", ", Enum.GetValues<T>().Select(value => $"\"{Word(value)}\""))}");
        }

        private Study Keep(Study study)
        {
            const string What = "an array of \"glasses\", \"modes\"";
            if (_reader.TokenType != JsonTokenType.StartArray)
                throw Expected(What);
            bool isEmpty = true;
            for (; _reader.Read() && _reader.TokenType != JsonTokenType.EndArray; isEmpty = false)
                study = _reader.TokenType != JsonTokenType.String ? throw Expected(What) : Text(_reader) switch
                {
                    "glasses" => study with { KeepGlasses = true },
                    "modes" => study with { KeepModes = true },
                    _ => throw Expected(What),
                };
            return isEmpty ? study with { Pictured = 0 } : study;
        }

        private readonly string Text(in Utf8JsonReader reader)
        {
            try
            {
                return reader.GetString()!;
            }
            catch (InvalidOperationException)
            {
                throw Problem("a string is not valid Unicode");
            }
        }

        private readonly StudyFormatException Expected(string what)
        {
            string found = _reader.TokenType switch
            {
                JsonTokenType.StartObject => "an object",
                JsonTokenType.StartArray => "an array",
                _ => System.Text.Encoding.UTF8.GetString(_json[(int)_reader.TokenStartIndex..(int)_reader.BytesConsumed]),
            };
            return Problem($"{_key} is {found}; expected {what}");
        }

        private readonly StudyFormatException Problem(string problem) => new(origin, Line, problem);

        private static string Word<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();

        private static string Show(double value) => value.ToString(CultureInfo.InvariantCulture);

        private static string Suggestion(string key) =>
            Keys.FirstOrDefault(known => known.Equals(key, StringComparison.OrdinalIgnoreCase) || known.StartsWith(key, StringComparison.OrdinalIgnoreCase)) is { } known && key.Length > 0
                ? $" (did you mean \"{known}\"?)"
                : "";
    }
}
