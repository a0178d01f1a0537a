namespace FastNqe.Ensembles;

/// <summary>Which kind of mode a row describes.</summary>
public enum ModeKind
{
    /// <summary>An eigenvector of the Hessian.</summary>
    Harmonic,

    /// <summary>A minimum of the quartic energy E4 (eq. 12).</summary>
    Quartic,

    /// <summary>A minimum of the cubic energy E3 (eq. 31).</summary>
    Cubic,
}

/// <summary>What became of one sample: its numbers, or the reason why there are none.</summary>
/// <remarks>Everything here follows from the study and the sample's number alone, to the bit; what does not (timings) is in <see cref="SampleCost"/>.</remarks>
/// <param name="Sample">The sample's number, from 0.</param>
/// <param name="Chain">The liquid run that it comes from.</param>
/// <param name="Failure">Why there are no numbers; null for a sample that succeeded.</param>
/// <param name="Glass">The inherent state's numbers; null for a failure.</param>
/// <param name="Modes">One row per mode; empty for a failure.</param>
public sealed record SampleResult(int Sample, int Chain, string? Failure, GlassRow? Glass, IReadOnlyList<ModeRow> Modes)
{
    /// <summary>The seed of the sample's liquid run, as text; with the study it makes the sample again.</summary>
    public required string Seed { get; init; }

    /// <summary>The name of the file a glass was read from, or should have been; null for one that was made.</summary>
    public string? Source { get; init; }

    /// <summary>The glass itself if it is to be kept.</summary>
    public Configuration? Kept { get; init; }

    /// <summary>A sample that failed.</summary>
    public static SampleResult Failed(int sample, int chain, string seed, string? source, string reason) => new(sample, chain, reason, null, []) { Seed = seed, Source = source };
}

/// <summary>An inherent state's numbers, in simulation units.</summary>
/// <param name="Particles">N.</param>
/// <param name="Dimension">d.</param>
/// <param name="Density">N/V.</param>
/// <param name="Protocol">How it was prepared, in words that say the temperature and the rate.</param>
/// <param name="Energy">U.</param>
/// <param name="Pressure">The virial pressure.</param>
/// <param name="MaxForce">The largest net force on a particle.</param>
/// <param name="Pairs">The number of interacting pairs.</param>
/// <param name="ShearModulus">Athermal modulus, mean over the planes; null if not asked for.</param>
/// <param name="ShearModulusConverged">Whether the linear solves behind the modulus converged; null if it was not asked for.</param>
/// <param name="SwapAcceptance">The share of swaps of diameters that were accepted since the liquid run began; null for a liquid without swaps.</param>
/// <param name="CrystallineShare">The share of solid-like particles (<see cref="BondOrder.CrystallineShare"/>); null for a model that is not polydisperse.</param>
public sealed record GlassRow(
    int Particles, int Dimension, double Density, string Protocol, double Energy, double Pressure, double MaxForce, int Pairs, double? ShearModulus,
    bool? ShearModulusConverged = null, double? SwapAcceptance = null, double? CrystallineShare = null);

/// <summary>A mode's numbers, in simulation units; a field that has no meaning for its kind, or was not computed, is null.</summary>
public sealed record ModeRow
{
    /// <summary>Harmonic, quartic or cubic.</summary>
    public required ModeKind Kind { get; init; }

    /// <summary>0 for the lowest harmonic mode or the mode that was kept; then the others.</summary>
    public required int Rank { get; init; }

    /// <summary>From where a cubic mode's search started, as <see cref="CubicStart.Start"/> says it; null for the other kinds.</summary>
    public string? Start { get; init; }

    /// <summary>kappa (eq. 11).</summary>
    public required double Stiffness { get; init; }

    /// <summary>sqrt(kappa), negative if kappa is.</summary>
    public required double Frequency { get; init; }

    /// <summary>tau (eq. 28).</summary>
    public required double CubicCoefficient { get; init; }

    /// <summary>chi (eq. 10).</summary>
    public required double QuarticCoefficient { get; init; }

    /// <summary>e (eq. 14).</summary>
    public required double ParticipationRatio { get; init; }

    /// <summary>E4 or E3 at the minimum.</summary>
    public double? Energy { get; init; }

    /// <summary>|overlap| with the lowest harmonic mode.</summary>
    public double? OverlapHarmonic { get; init; }

    /// <summary>|overlap| with the quartic mode.</summary>
    public double? OverlapQuartic { get; init; }

    /// <summary>|U(4):.zzz|/chi of the normalised mode, a pure number from 1: the magnitude of the field that enters eq. 17.</summary>
    public double? QuarticFieldNorm { get; init; }

    /// <summary>nu = Xi·z for each plane of simple shear, in the order xy, xz, yz, xw, yw, zw; empty if not computed.</summary>
    public IReadOnlyList<double> ShearCouplings { get; init; } = [];

    /// <summary>Relative residual of the eigenvalue equation, or of eq. 8 or 26.</summary>
    public required double Residual { get; init; }

    /// <summary>Whether the search converged.</summary>
    public required bool Converged { get; init; }

    /// <summary>Why the search ended; null for a harmonic mode.</summary>
    public SearchEnd? End { get; init; }

    /// <summary>Iterations of the minimiser.</summary>
    public int? Iterations { get; init; }

    /// <summary>Sweeps over the pairs.</summary>
    public int? Sweeps { get; init; }

    /// <summary>The mode itself if it is to be kept: N·d numbers.</summary>
    public double[]? Vector { get; init; }
}

/// <summary>A chain's liquid on its way into the store, so that a later run can go on from there.</summary>
/// <param name="Chain">The chain.</param>
/// <param name="Sample">The sample that it has come to last, or is at; one less than the chain's first before that.</param>
/// <param name="Way">The share of the way to the next sample that is done, from 0 to 1.</param>
/// <param name="State">What <see cref="ISampleChain.Restore"/> takes.</param>
internal sealed record KeptLiquid(int Chain, int Sample, double Way, byte[] State);

/// <summary>What is on its way into the store: a sample, the liquid of its chain, or both.</summary>
/// <param name="Result">The sample's numbers.</param>
/// <param name="Cost">What it cost.</param>
/// <param name="Liquid">The liquid, if it is to be kept.</param>
/// <param name="EndsChain">Whether the chain's liquid is not needed any more.</param>
internal sealed record Finished(SampleResult? Result, SampleCost Cost, KeptLiquid? Liquid, bool EndsChain);

/// <summary>What a sample cost and where it was made. Not part of the result: it differs from run to run.</summary>
/// <param name="LiquidSeconds">Decorrelating (and cooling) the liquid [core-seconds].</param>
/// <param name="QuenchSeconds">The quench.</param>
/// <param name="HarmonicSeconds">The eigenpairs.</param>
/// <param name="QuarticSeconds">The quartic mode.</param>
/// <param name="CubicSeconds">The cubic mode or modes.</param>
/// <param name="OtherSeconds">Everything else.</param>
public readonly record struct SampleCost(
    double LiquidSeconds, double QuenchSeconds, double HarmonicSeconds, double QuarticSeconds, double CubicSeconds, double OtherSeconds)
{
    /// <summary>The sum [core-seconds].</summary>
    public double TotalSeconds => LiquidSeconds + QuenchSeconds + HarmonicSeconds + QuarticSeconds + CubicSeconds + OtherSeconds;
}
