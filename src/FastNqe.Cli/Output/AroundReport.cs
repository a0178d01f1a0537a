namespace FastNqe.Cli.Output;

/// <summary>What lies around the modes of a glass.</summary>
/// <param name="Delta">pi_4 - psi and eq. 17.</param>
/// <param name="PseudoHarmonic">The minimum of the geometric cost C from psi.</param>
/// <param name="CubicStarts">Where E3 leads from the quartic mode and from the non-affine velocities.</param>
/// <param name="LowestCubic">The softest of these modes, the cubic mode of Appendix B, with the first start that leads to it.</param>
/// <param name="Couplings">nu and what follows from it, for every shear, of the lowest cubic mode.</param>
/// <param name="Well">The energy along the lowest cubic mode.</param>
/// <param name="Decay">The median of |z| against the distance from the quartic mode's core.</param>
internal sealed record AroundReport(
    DeltaReport Delta, ModeReport PseudoHarmonic, CubicStartReport[] CubicStarts, LowestCubicReport LowestCubic, CouplingReport[] Couplings, WellReport Well, DecayShell[] Decay)
{
    public static AroundReport Of(InherentState glass, Eigenpair[] harmonic, QuarticMode quartic, CubicMode cubic, Surroundings around) => new(
        DeltaReport.Of(around.Difference, harmonic),
        ModeReport.Of(glass, around.PseudoHarmonic, harmonic[0], quartic),
        [.. around.Starts.All.Select(start => new CubicStartReport(
            start.Start, start.Mode.Stiffness, start.Mode.CubicCoefficient, start.Mode.Overlap(cubic.Direction), start.Mode.Residual, start.Mode.Converged))],
        new LowestCubicReport(around.Starts.Lowest.Start, ModeReport.Of(glass, around.Starts.Lowest.Mode, harmonic[0], quartic)),
        [.. around.Couplings.Select(c => new CouplingReport(c.Deformation.Name, c.Coupling, c.StiffnessSlope, c.InstabilityStrain))],
        WellReport.Of(glass, around.Starts.Lowest.Mode, around.Neighbour),
        [.. SpatialDecay.Of(glass.Configuration, quartic.Direction)]);
}

/// <summary>Delta = pi_4 - psi, its first order by eq. 17, and |U(4):.pi_4 pi_4 pi_4/chi_4|.</summary>
internal sealed record DeltaReport(double Norm, double FirstOrderNorm, double Cosine, double FieldNorm, double[] PartsAlongHarmonic, double Residual, bool Converged)
{
    public static DeltaReport Of(ModeDifference difference, Eigenpair[] harmonic) => new(
        difference.Norm, difference.FirstOrderNorm, difference.Cosine, difference.FieldNorm, difference.PartsAlong(harmonic),
        difference.Solve.Residual, difference.Solve.Converged);
}

/// <summary>A cubic mode by its start.</summary>
internal sealed record CubicStartReport(string Start, double Stiffness, double CubicCoefficient, double Overlap, double Residual, bool Converged);

/// <summary>The lowest cubic mode and the start that leads to it.</summary>
internal sealed record LowestCubicReport(string Start, ModeReport Mode);

/// <summary>A shear coupling.</summary>
internal sealed record CouplingReport(string Shear, double Coupling, double StiffnessSlope, double InstabilityStrain);

/// <summary>The expansion along the cubic mode, its saddle and second minimum where it has them, and what the glass really does.</summary>
internal sealed record WellReport(
    double Asymmetry, bool IsDoubleWell, double CubicSaddle, double CubicBarrier,
    double Saddle, double Barrier, double SecondMinimum, double SecondMinimumEnergy, WellPoint[] Profile, NeighbourReport? Neighbour)
{
    // From one saddle's distance on the stiff side to two on the soft side.
    private const int StiffPoints = 4, SoftPoints = 8;

    public static WellReport Of(InherentState glass, CubicMode cubic, RelaxedNeighbour? neighbour)
    {
        var well = EnergyExpansion.Of(cubic);
        double[] displacements = [.. Enumerable.Range(-StiffPoints, StiffPoints + SoftPoints + 1).Select(k => k * well.CubicSaddle / StiffPoints)];
        return new WellReport(
            well.Asymmetry, well.IsDoubleWell, well.CubicSaddle, well.CubicBarrier, well.Saddle, well.Barrier, well.SecondMinimum, well.At(well.SecondMinimum),
            [.. displacements.Zip(ModeEnergy.Along(glass, cubic, displacements), (s, energy) => new WellPoint(s, well.At(s), energy))],
            neighbour is null ? null : new NeighbourReport(neighbour.Displacement, neighbour.Distance, neighbour.EnergyDifference, neighbour.State.Quench is not { Converged: false }));
    }
}

/// <summary>The energy at a displacement along the cubic mode: of the expansion, and true.</summary>
internal readonly record struct WellPoint(double Displacement, double Expansion, double Energy);

/// <summary>The minimum to which the glass relaxes when it is displaced beyond the saddle.</summary>
internal sealed record NeighbourReport(double Displacement, double Distance, double Energy, bool Converged);
