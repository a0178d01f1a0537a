namespace FastNqe.Cli.Output;

/// <summary>The soft spots of a glass below a frequency, under the names its JSON has. Simulation units.</summary>
/// <param name="Particles">N.</param>
/// <param name="Dimension">d.</param>
/// <param name="Kind">Which modes.</param>
/// <param name="Below">The largest frequency.</param>
/// <param name="Spots">The soft spots, softest first.</param>
/// <param name="Starts">Starts by family.</param>
/// <param name="NotConverged">Starts whose minimisation did not converge.</param>
/// <param name="Exhausted">Whether new starts added nothing at the end.</param>
/// <param name="EstimatedCount">How many soft spots there are, by capture and recapture; NaN where that cannot be told.</param>
/// <param name="Completeness">The share that was found; NaN where that cannot be told.</param>
/// <param name="Units">a0 and omega_0.</param>
/// <param name="Provenance">What made this.</param>
internal sealed record DetectionReport(
    int Particles, int Dimension, string Kind, double Below, LibrarySpotReport[] Spots, Dictionary<string, int> Starts, int NotConverged, bool Exhausted,
    double EstimatedCount, double Completeness, UnitsReport Units, ProvenanceReport Provenance)
{
    public static DetectionReport Of(InherentState glass, SoftSpotLibrary library, SoftSpotOptions options, GlassArguments arguments) => new(
        glass.ParticleCount, glass.Dimension, Json.Name(options.Kind), options.LargestFrequency,
        [.. library.Spots.Select(spot => new LibrarySpotReport(SpotReport.Of(spot.Spot, glass.ParticleCount), Names(spot.Hits)))],
        Names(library.Starts), library.NotConverged, library.Exhausted, library.EstimatedCount, library.Completeness,
        UnitsReport.Of(arguments.Model), ProvenanceReport.Of(arguments.File, arguments.Model));

    private static Dictionary<string, int> Names(IReadOnlyDictionary<StartFamily, int> counts) => counts.ToDictionary(count => Json.Name(count.Key), count => count.Value);
}

/// <summary>A soft spot with how often each family of starts led to it.</summary>
internal sealed record LibrarySpotReport(SpotReport Spot, Dictionary<string, int> Hits);
