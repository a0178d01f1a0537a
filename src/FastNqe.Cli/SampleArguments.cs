using System.Collections.Immutable;
using System.Globalization;

namespace FastNqe.Cli;

/// <summary>What sample was asked for.</summary>
/// <param name="Protocol">The protocol.</param>
/// <param name="First">The number of the first sample.</param>
/// <param name="Count">How many.</param>
/// <param name="ForceTolerance">Where the quench ends.</param>
/// <param name="Folder">The folder for the glasses.</param>
internal sealed record SampleArguments(SamplingProtocol Protocol, long First, int Count, double ForceTolerance, string Folder)
{
    /// <summary>Whether every liquid is tested before its first sample is taken.</summary>
    public bool TestsEquilibrium { get; init; }

    /// <summary>How many threads share the work on a large liquid.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>The other version that made the glass which is to be made again; null if it was this one.</summary>
    public string? OtherMaker { get; init; }

    /// <summary>The numbers of the samples.</summary>
    public IEnumerable<long> Samples => Enumerable.Range(0, Count).Select(k => First + k);

    /// <summary>Those that make the glass of a file again.</summary>
    /// <exception cref="ArgumentException">The file is not one that sample wrote, or does not say all that is needed.</exception>
    public static SampleArguments Like(string file, string folder)
    {
        Configuration glass = Configuration.Read(file);
        ImmutableSortedDictionary<string, string> said = glass.Properties;
        // "FastNqe 1.2.3"; other verbs add their name.
        if (said.TryGetValue(GlassProperties.MadeBy, out string? maker) && maker.Split(' ').Length > 2)
            throw new ArgumentException($"--like {file}: it was written by \"{maker}\"; expected a glass as sample wrote it");
        try
        {
            (SamplingProtocol protocol, long sample) = SamplingProtocol.OfSample(glass);
            return new(protocol, sample, 1, Tolerance(said), folder) { OtherMaker = maker == Product.Library ? null : maker };
        }
        catch (ArgumentException error)
        {
            throw new ArgumentException($"--like {file}: {error.Message}", error);
        }
    }

    /// <summary>The name of a sample's file. Extended XYZ has no fourth dimension: there it is plain text.</summary>
    public string PathOf(long sample) => InFolder(string.Create(CultureInfo.InvariantCulture, $"-{sample:00000}.{(Protocol.Model.Dimension == 4 ? "txt" : "xyz")}"));

    /// <summary>The name of the file that keeps the liquid while the run lasts.</summary>
    public string LiquidPath => InFolder(".state");

    private string InFolder(string ending) => Path.Combine(
        Folder, string.Create(CultureInfo.InvariantCulture, $"{Protocol.Model.Name}-N{Protocol.ParticleCount}-T{Protocol.Temperature}-seed{Protocol.Seed}{ending}"));

    private static double Tolerance(ImmutableSortedDictionary<string, string> said)
    {
        string text = said.GetValueOrDefault(GlassProperties.QuenchTolerance) ?? throw new ArgumentException($"the configuration does not say its {GlassProperties.QuenchTolerance}");
        return double.TryParse(text, CultureInfo.InvariantCulture, out double tolerance) && tolerance > 0
            ? tolerance
            : throw new ArgumentException($"the {GlassProperties.QuenchTolerance} of the configuration is {text}; expected a positive number");
    }
}
