using System.Globalization;

namespace FastNqe.Ensembles;

/// <summary>
/// What is measured on one glass (Appendix B of the paper): inherent state, lowest eigenpairs, the quartic mode from the lowest, the cubic mode from the quartic
/// one and, if asked, from the non-affine velocities; couplings to shear, moduli.
/// </summary>
/// <param name="study">What to measure and to keep.</param>
/// <param name="model">The model with the study's constants.</param>
/// <param name="solves">Tolerance and limits of the linear solves, or null for the defaults.</param>
internal sealed class GlassAnalysis(Study study, GlassModel model, LinearSolveOptions? solves = null)
{
    /// <summary>How glasses are quenched.</summary>
    internal static readonly QuenchOptions Quenching = new();

    private double _lap;

    /// <summary>Analyses a glass.</summary>
    /// <param name="sample">The sample's number; also seeds the eigensolver's start vector.</param>
    /// <param name="origin">Chain, seed, file, protocol.</param>
    /// <param name="start">The liquid, or with <paramref name="quench"/> off the glass itself.</param>
    /// <param name="quench">Whether to quench first.</param>
    /// <param name="halt">Abandons the sample.</param>
    /// <exception cref="InvalidOperationException">The quench did not converge, or the configuration is no minimum.</exception>
    public (SampleResult Result, SampleCost Cost) Run(int sample, SampleOrigin origin, Configuration start, bool quench, CancellationToken halt)
    {
        _lap = ThreadClock.Seconds;
        InherentState glass = quench
            ? Quenched(start, halt)
            : InherentState.At(start, model.Potential);
        if (glass.MaxForce > InherentState.LargestForceAtRest)
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"not at mechanical equilibrium: the largest net force on a particle is {glass.MaxForce:0.0e0}; expected at most {InherentState.LargestForceAtRest:0e0}"));
        double quenchSeconds = Lap();

        EigenpairOptions eigen = new() { Seed = (ulong)sample + 1, Cancellation = halt };
        Eigenpair[] harmonic = glass.LowestEigenpairs(study.HarmonicModes, eigen);
        Eigenpair psi = harmonic[0];
        if (!(psi.Stiffness > 0))
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"not a minimum: the lowest stiffness is {psi.Stiffness:R}"));
        double harmonicSeconds = Lap();
        halt.ThrowIfCancellationRequested();

        MinimiserOptions search = new() { Cancellation = halt };
        QuarticMode quartic = QuarticMode.From(glass, psi.Vector, search);
        double quarticSeconds = Lap();

        bool nonAffine = study.CubicStarts == CubicStarts.NonAffine;
        Elasticity? elasticity = nonAffine || study.Moduli ? Elasticity.Of(glass, (solves ?? new LinearSolveOptions()) with { Cancellation = halt }) : null;
        double elasticitySeconds = Lap();
        IReadOnlyList<CubicStart> cubic = nonAffine ? SevenStarts.From(glass, quartic, elasticity, search).Ranked : [SevenStarts.FromQuartic(glass, quartic, search)];
        double cubicSeconds = Lap();

        double[][] forces = [.. StoreSchema.PlanesOf(glass.Dimension).Select(plane => ElasticResponse.ForceOf(Deformation.SimpleShear(glass.Dimension, plane.A, plane.B), glass))];
        bool keeps = study.KeepsModes(sample);
        List<ModeRow> modes = [.. harmonic.Select((pair, rank) => Harmonic(glass, pair, rank, eigen.Tolerance, forces, keeps))];
        modes.Add(Nonlinear(ModeKind.Quartic, 0, null, quartic, psi, null, forces, keeps) with { QuarticFieldNorm = QuarticFieldNorm(glass, quartic) });
        modes.AddRange(cubic.Select((found, rank) => Nonlinear(ModeKind.Cubic, rank, found.Start, found.Mode, psi, quartic, forces, keeps)));

        GlassRow row = new(
            glass.ParticleCount, glass.Dimension, glass.Configuration.NumberDensity, origin.Protocol, glass.Energy, glass.Pressure, glass.MaxForce, glass.PairCount,
            study.Moduli ? elasticity!.ShearModulus : null, study.Moduli ? elasticity!.Converged : null,
            origin.SwapAcceptance, model.Polydispersity is null ? null : BondOrder.CrystallineShare(glass.Configuration));
        SampleResult result = new(sample, origin.Chain, null, row, modes) { Seed = origin.Seed, Source = origin.Source, Kept = study.KeepsGlass(sample) ? glass.Configuration : null };
        return (result, new SampleCost(0, quenchSeconds, harmonicSeconds, quarticSeconds, cubicSeconds, elasticitySeconds + Lap()));
    }

    private InherentState Quenched(Configuration liquid, CancellationToken halt)
    {
        InherentState glass = Quench.Run(liquid, model.Potential, Quenching with { Cancellation = halt });
        return glass.Quench!.Converged
            ? glass
            : throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"the quench did not converge in {glass.Quench.Sweeps} sweeps: the largest net force is {glass.MaxForce:0.0e0}"));
    }

    private static ModeRow Harmonic(InherentState glass, Eigenpair pair, int rank, double tolerance, double[][] forces, bool keeps)
    {
        ModeCoefficients coefficients = glass.Coefficients(pair.Vector);
        return new ModeRow
        {
            Kind = ModeKind.Harmonic,
            Rank = rank,
            Stiffness = pair.Stiffness,
            Frequency = pair.Frequency,
            CubicCoefficient = coefficients.CubicCoefficient,
            QuarticCoefficient = coefficients.QuarticCoefficient,
            ParticipationRatio = pair.ParticipationRatio,
            ShearCouplings = [.. forces.Select(force => Dot(force, pair.Vector))],
            Residual = pair.Residual,
            Converged = pair.Residual <= tolerance,
            Vector = keeps ? pair.Vector : null,
        };
    }

    private static ModeRow Nonlinear(ModeKind kind, int rank, string? start, NonlinearMode mode, Eigenpair psi, QuarticMode? quartic, double[][] forces, bool keeps) => new()
    {
        Kind = kind,
        Rank = rank,
        Start = start,
        Stiffness = mode.Stiffness,
        Frequency = mode.Frequency,
        CubicCoefficient = mode.CubicCoefficient,
        QuarticCoefficient = mode.QuarticCoefficient,
        ParticipationRatio = mode.ParticipationRatio,
        Energy = mode.Energy,
        OverlapHarmonic = mode.Overlap(psi.Vector),
        OverlapQuartic = quartic is null ? null : mode.Overlap(quartic.Direction),
        ShearCouplings = [.. forces.Select(force => Dot(force, mode.Direction))],
        Residual = mode.Residual,
        Converged = mode.Converged,
        End = mode.End,
        Iterations = mode.Iterations,
        Sweeps = mode.Sweeps,
        Vector = keeps && rank == 0 ? mode.Direction : null,
    };

    // |U(4):.pi pi pi|/chi for |pi| = 1.
    private static double QuarticFieldNorm(InherentState glass, QuarticMode mode)
    {
        double[] product = new double[mode.Direction.Length], field = new double[mode.Direction.Length];
        glass.QuarticContraction(mode.Direction, product, field);
        return Math.Sqrt(Dot(field, field)) / mode.QuarticCoefficient;
    }

    private static double Dot(double[] left, double[] right)
    {
        double sum = 0;
        for (int k = 0; k < left.Length; k++)
            sum += left[k] * right[k];
        return sum;
    }

    private double Lap()
    {
        double now = ThreadClock.Seconds, seconds = now - _lap;
        _lap = now;
        return seconds;
    }
}

/// <summary>Where a sample comes from.</summary>
/// <param name="Chain">The liquid run.</param>
/// <param name="Seed">Its seed, as text.</param>
/// <param name="Source">The file it was read from; null if it was made.</param>
/// <param name="Protocol">How it was prepared, in words.</param>
/// <param name="SwapAcceptance">The share of accepted swaps; null for a liquid without any.</param>
internal readonly record struct SampleOrigin(int Chain, string Seed, string? Source, string Protocol, double? SwapAcceptance = null);
