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

    public static ModeFrame Of(string name, NonlinearMode found, ModeReport mode) => Of(name, mode.Frequency, mode.ParticipationNumber, found.Direction, new()
    {
        ["mode"] = name,
        ["stiffness"] = Exact(mode.Stiffness),
        ["frequency"] = Exact(mode.Frequency),
        ["cubicCoefficient"] = Exact(mode.CubicCoefficient),
        ["quarticCoefficient"] = Exact(mode.QuarticCoefficient),
        ["participationNumber"] = Exact(mode.ParticipationNumber),
    });

    public static ModeFrame Of(string name, LibrarySpot found, SpotReport spot) => Of(name, spot.Frequency, spot.ParticipationNumber, found.Spot.Mode.Direction, new()
    {
        ["mode"] = name,
        ["stiffness"] = Exact(spot.Stiffness),
        ["frequency"] = Exact(spot.Frequency),
        ["cubicCoefficient"] = Exact(spot.CubicCoefficient),
        ["quarticCoefficient"] = Exact(spot.QuarticCoefficient),
        ["participationNumber"] = Exact(spot.ParticipationNumber),
        ["centre"] = string.Join(' ', spot.Centre.Select(Exact)),
        ["radius"] = Exact(spot.Radius),
    });

    private static ModeFrame Of(string name, double frequency, double participationNumber, ReadOnlyMemory<double> displacement, Dictionary<string, string> properties) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{name}: ω = {frequency:0.000}, {participationNumber:0} particles"), properties, displacement);

    private static string Exact(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
