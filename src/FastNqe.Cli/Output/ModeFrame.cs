using System.Globalization;

namespace FastNqe.Cli.Output;

/// <summary>One mode as a frame of a file and as a panel of a picture.</summary>
internal sealed record ModeFrame(string Title, IReadOnlyDictionary<string, string> Properties, ReadOnlyMemory<double> Displacement)
{
    public static ModeFrame Of(int index, Eigenpair pair, AnalysisReport report)
    {
        HarmonicReport mode = report.Harmonic[index];
        return Of($"harmonic {index + 1}", mode.Frequency, mode.ParticipationNumber, pair.Vector, new()
        {
            ["mode"] = $"harmonic-{index + 1}",
            ["stiffness"] = Exact(mode.Stiffness),
            ["frequency"] = Exact(mode.Frequency),
            ["participationNumber"] = Exact(mode.ParticipationNumber),
        });
    }

    public static ModeFrame Of(string name, NonlinearMode mode, InherentState glass)
    {
        var place = ModePlace.Of(glass.Configuration, mode.Direction);
        return Of(name, mode.Frequency, glass.ParticleCount * mode.ParticipationRatio, mode.Direction, new()
        {
            ["mode"] = name,
            ["stiffness"] = Exact(mode.Stiffness),
            ["frequency"] = Exact(mode.Frequency),
            ["cubicCoefficient"] = Exact(mode.CubicCoefficient),
            ["quarticCoefficient"] = Exact(mode.QuarticCoefficient),
            ["participationNumber"] = Exact(glass.ParticleCount * mode.ParticipationRatio),
            ["centre"] = string.Join(' ', place.Centre.Select(Exact)),
            ["radius"] = Exact(place.Radius),
        });
    }

    /// <summary>What analyze --full found: the fields of eq. 17 and Fig. 9a, the pseudo-harmonic mode, the cubic modes from other starts.</summary>
    public static IEnumerable<ModeFrame> Around(Surroundings? around, InherentState glass) => around is null ? [] :
    [
        Field("delta", around.Difference.Delta),
        Field("delta-first-order", around.Difference.FirstOrder),
        Field("quartic-field", around.Difference.Field),
        Of("pseudo-harmonic", around.PseudoHarmonic, glass),
        .. around.Starts.All.Skip(1).Select(start => Of($"cubic-from-{start.Start.Replace(' ', '-')}", start.Mode, glass)),
    ];

    /// <summary>What analyze --dehybridise found: every soft spot once, under the first normal mode that has it.</summary>
    public static IEnumerable<ModeFrame> Parts(NumberedPart[]? parts, InherentState glass) =>
        (parts ?? []).Where(part => part.IsNew).Select(part => Of($"harmonic-{part.Harmonic + 1}-spot-{part.Number}", part.Part.Spot.Mode, glass));

    // A field that is no mode: not normalised, and without coefficients.
    private static ModeFrame Field(string name, double[] field) => new(name, new Dictionary<string, string> { ["mode"] = name }, field);

    private static ModeFrame Of(string name, double frequency, double participationNumber, ReadOnlyMemory<double> displacement, Dictionary<string, string> properties) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{name}: ω = {frequency:0.000}, {participationNumber:0} particles"), properties, displacement);

    private static string Exact(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
