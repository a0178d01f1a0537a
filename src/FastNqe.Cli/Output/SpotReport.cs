namespace FastNqe.Cli.Output;

/// <summary>A soft spot: its mode's coefficients, its place and its size.</summary>
internal sealed record SpotReport(
    double Stiffness, double Frequency, double CubicCoefficient, double QuarticCoefficient, double ParticipationNumber,
    double[] Centre, double Radius, int Particle, double Residual, bool Converged)
{
    public static SpotReport Of(SoftSpot spot, int particles) => new(
        spot.Mode.Stiffness, spot.Mode.Frequency, spot.Mode.CubicCoefficient, spot.Mode.QuarticCoefficient, particles * spot.Mode.ParticipationRatio,
        spot.Place.Centre, spot.Place.Radius, spot.Place.Particle + 1, spot.Mode.Residual, spot.Mode.Converged);
}

/// <summary>A soft spot that a normal mode is mixed from.</summary>
/// <param name="Harmonic">Which normal mode, from 1.</param>
/// <param name="Number">The spot's number among all that are listed, from 1.</param>
/// <param name="IsNew">Whether it is listed here first; else an earlier normal mode has it too.</param>
/// <param name="Weight">(psi·pi)².</param>
/// <param name="Remainder">The share of the normal mode that is left after this part.</param>
/// <param name="Spot">The soft spot.</param>
internal sealed record HybridReport(int Harmonic, int Number, bool IsNew, double Weight, double Remainder, SpotReport Spot)
{
    public static HybridReport Of(NumberedPart part, int particles) => new(
        part.Harmonic + 1, part.Number, part.IsNew, part.Part.Weight, part.Part.Remainder, SpotReport.Of(part.Part.Spot, particles));
}
