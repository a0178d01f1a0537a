using System.Globalization;

namespace FastNqe;

/// <summary>The comment line of a frame of extended XYZ: key=value pairs, of which some describe the frame and the others are provenance.</summary>
internal sealed class ExtendedXyzHeader
{
    private static readonly string[] OwnKeys = ["Lattice", "Properties", "pbc", "dimension", "Origin", SpeciesNames.Key];

    private readonly LineReader _reader;
    private readonly Dictionary<string, string> _pairs = new(StringComparer.Ordinal);

    /// <exception cref="ConfigurationFormatException">The line is no list of pairs, or the frame cannot be a periodic box.</exception>
    public ExtendedXyzHeader(LineReader reader, string line)
    {
        _reader = reader;
        ReadPairs(line);
        Dimension = ReadDimension();
        Box = CellRows.ToBox(reader, ReadLattice(), Dimension);
        TypeNames = _pairs.GetValueOrDefault(SpeciesNames.Key)?.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Columns = ReadColumns();
        foreach (string key in OwnKeys)
            _pairs.Remove(key);
    }

    public int Dimension { get; }

    public Box Box { get; }

    public string[]? TypeNames { get; }

    /// <summary>Name, type letter and number of fields of each property.</summary>
    public List<(string Name, char Kind, int Width)> Columns { get; }

    /// <summary>The pairs that do not describe the frame.</summary>
    public IReadOnlyDictionary<string, string> Properties => _pairs;

    /// <summary>The line for a configuration with these further columns and pairs.</summary>
    /// <exception cref="ArgumentException">A key is one that describes the frame.</exception>
    public static string Format(Configuration configuration, string columns, IEnumerable<KeyValuePair<string, string>> properties)
    {
        string dimension = configuration.Dimension.ToString(CultureInfo.InvariantCulture);
        string pbc = configuration.Dimension == 2 ? "T T F" : "T T T";
        string line = $"Lattice=\"{RowWriter.Join(CellRows.Of(configuration.Box))}\" Properties={columns} pbc=\"{pbc}\" dimension={dimension}";
        if (SpeciesNames.Explicit(configuration) is string names)
            line += $" {SpeciesNames.Key}=\"{names}\"";
        foreach ((string key, string value) in properties)
        {
            if (key.Length == 0 || OwnKeys.Contains(key))
                throw new ArgumentException($"the property key \"{key}\" has a meaning of its own in extended XYZ; expected another", nameof(properties));
            line += $" {QuotedText.Quote(key)}={QuotedText.Quote(value)}";
        }
        return line;
    }

    private void ReadPairs(string line)
    {
        for (int place = 0; ;)
        {
            while (place < line.Length && char.IsWhiteSpace(line[place]))
                place++;
            if (place == line.Length)
                return;
            string? key = QuotedText.Take(line, ref place, "=");
            string? value = "T";
            if (key is not null && place < line.Length && line[place] == '=')
            {
                place++;
                value = QuotedText.Take(line, ref place, "");
            }
            if (key is null || value is null)
                throw _reader.Error("a quote is not closed; expected key=value pairs");
            _pairs[key] = value;
        }
    }

    private int ReadDimension()
    {
        string pbc = string.Join(' ', _pairs.GetValueOrDefault("pbc", "T T T").Split(' ', StringSplitOptions.RemoveEmptyEntries));
        int dimension = pbc.ToUpperInvariant() switch
        {
            "T T T" or "1 1 1" => 3,
            "T T F" or "1 1 0" => 2,
            _ => throw _reader.Error($"pbc is \"{pbc}\"; expected \"T T T\", or \"T T F\" for two dimensions"),
        };
        string stated = _pairs.GetValueOrDefault("dimension", $"{dimension}");
        return stated == $"{dimension}" ? dimension : throw _reader.Error($"dimension is {stated} and pbc is \"{pbc}\"; expected dimension={dimension} with that pbc");
    }

    private double[] ReadLattice()
    {
        if (!_pairs.TryGetValue("Lattice", out string? text))
            throw _reader.Error("there is no Lattice; expected extended XYZ with Lattice=\"ax ay az bx by bz cx cy cz\"");
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        double[] rows = new double[9];
        bool good = words.Length == rows.Length;
        for (int k = 0; good && k < rows.Length; k++)
            good = double.TryParse(words[k], NumberStyles.Float, CultureInfo.InvariantCulture, out rows[k]) && double.IsFinite(rows[k]);
        return good ? rows : throw _reader.Error($"Lattice is \"{text}\"; expected nine finite numbers");
    }

    private List<(string Name, char Kind, int Width)> ReadColumns()
    {
        string text = _pairs.GetValueOrDefault("Properties", "species:S:1:pos:R:3");
        string[] words = text.Split(':');
        List<(string Name, char Kind, int Width)> columns = [];
        for (int k = 0; k + 2 < words.Length; k += 3)
            if (words[k + 1] is ['R' or 'I' or 'S' or 'L'] && int.TryParse(words[k + 2], NumberStyles.None, CultureInfo.InvariantCulture, out int width) && width is > 0 and < 1000)
                columns.Add((words[k], words[k + 1][0], width));
        return columns.Count * 3 == words.Length ? columns : throw _reader.Error($"Properties is \"{text}\"; expected name:type:count:..., with type R, I, S or L");
    }
}
