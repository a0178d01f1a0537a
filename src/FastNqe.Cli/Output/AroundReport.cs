namespace FastNqe.Cli.Output;

/// <summary>What lies around the modes of a glass.</summary>
/// <param name="Delta">pi_4 - psi and eq. 17.</param>
/// <param name="CubicStarts">Where E3 leads from the quartic mode and from the non-affine velocities.</param>
/// <param name="LowestCubicStart">The start that leads to the lowest stiffness.</param>
/// <param name="Couplings">nu and what follows from it, for every shear, of the cubic mode.</param>
/// <param name="Well">The energy along the cubic mode.</param>
/// <param name="Decay">The median of |z| against the distance from the quartic mode's core.</param>
internal sealed record AroundReport(
    DeltaReport Delta, CubicStartReport[] CubicStarts, string LowestCubicStart, CouplingReport[] Couplings, WellReport Well, DecayShell[] Decay)
{
    public static AroundReport Of(InherentState glass, Eigenpair[] harmonic, QuarticMode quartic, CubicMode cubic, MinimiserOptions minimiser)
    {
        var solve = new LinearSolveOptions { Cancellation = minimiser.Cancellation };
        SevenStarts starts = SevenStarts.From(glass, quartic, Elasticity.Of(glass, solve), minimiser);
        return new AroundReport(
            DeltaReport.Of(ModeDifference.Of(glass, harmonic[0], quartic, solve), harmonic),
            [.. starts.All.Select(start => new CubicStartReport(start.Start, start.Mode.Stiffness, start.Mode.CubicCoefficient, start.Mode.Overlap(cubic.Direction), start.Mode.Converged))],
            starts.Lowest.Start,
            [.. ShearCoupling.ToEveryShear(glass, cubic).Select(c => new CouplingReport(c.Deformation.Name, c.Coupling, c.StiffnessSlope, c.InstabilityStrain))],
            WellReport.Of(glass, cubic),
            [.. SpatialDecay.Of(glass.Configuration, quartic.Direction)]);
    }
}

/// <summary>Delta = pi_4 - psi, its first order by eq. 17, and |U(4):.pi_4 pi_4 pi_4/chi_4|.</summary>
internal sealed record DeltaReport(double Norm, double FirstOrderNorm, double Cosine, double FieldNorm, double[] PartsAlongHarmonic, double Residual)
{
    public static DeltaReport Of(ModeDifference difference, Eigenpair[] harmonic) => new(
        difference.Norm, difference.FirstOrderNorm, difference.Cosine, difference.FieldNorm, difference.PartsAlong(harmonic), difference.Solve.Residual);
}

/// <summary>A cubic mode by its start.</summary>
internal sealed record CubicStartReport(string Start, double Stiffness, double CubicCoefficient, double Overlap, bool Converged);

/// <summary>A shear coupling.</summary>
internal sealed record CouplingReport(string Shear, double Coupling, double StiffnessSlope, double InstabilityStrain);

/// <summary>The expansion along the cubic mode, and the true energy at its saddle and at its second minimum, where it has them.</summary>
internal sealed record WellReport(
    double Asymmetry, double CubicSaddle, double CubicBarrier, double TrueEnergyAtCubicSaddle,
    double Saddle, double Barrier, double SecondMinimum, double SecondMinimumEnergy, double NeighbourDistance, double NeighbourEnergy)
{
    // Far enough beyond the saddle that the glass does not fall back because the expansion is not exact.
    private const double BeyondSaddle = 1.5;

    public static WellReport Of(InherentState glass, CubicMode cubic)
    {
        var well = EnergyExpansion.Of(cubic);
        RelaxedNeighbour neighbour = ModeEnergy.RelaxFrom(glass, cubic, well.IsDoubleWell ? well.SecondMinimum : BeyondSaddle * well.CubicSaddle);
        return new WellReport(
            well.Asymmetry, well.CubicSaddle, well.CubicBarrier, ModeEnergy.Along(glass, cubic, [well.CubicSaddle])[0],
            well.Saddle, well.Barrier, well.SecondMinimum, well.At(well.SecondMinimum), neighbour.Distance, neighbour.EnergyDifference);
    }
}
