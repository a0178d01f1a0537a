namespace FastNqe;

/// <summary>Which cost function defines a soft spot's mode.</summary>
public enum SoftSpotKind
{
    /// <summary>Quartic modes, minima of E4 (eq. 12).</summary>
    Quartic,

    /// <summary>Cubic modes, minima of E3 (eq. 31).</summary>
    Cubic,

    /// <summary>Pseudo-harmonic modes, minima of C (eq. C3).</summary>
    PseudoHarmonic,
}

/// <summary>Where a start came from.</summary>
public enum StartFamily
{
    /// <summary>A low harmonic mode.</summary>
    Harmonic,

    /// <summary>The non-affine velocity of a shear.</summary>
    NonAffine,

    /// <summary>The response to a force dipole on two neighbours.</summary>
    Dipole,
}

/// <summary>How soft spots are searched for.</summary>
public sealed record SoftSpotOptions
{
    /// <summary>Soft spots up to this frequency omega = sqrt(kappa) are wanted [1/time].</summary>
    public required double LargestFrequency { get; init; }

    /// <summary>Which modes.</summary>
    public SoftSpotKind Kind { get; init; } = SoftSpotKind.Quartic;

    /// <summary>
    /// The largest number of harmonic modes to start from, at most a quarter of all; all below <see cref="LargestFrequency"/> are taken if there are fewer,
    /// else the search is not exhausted (<see cref="SoftSpotLibrary.Exhausted"/>).
    /// </summary>
    public int MaxHarmonicModes { get; init; } = 128;

    /// <summary>The largest number of dipoles to start from.</summary>
    public int MaxDipoles { get; init; } = 1000;

    /// <summary>The search ends when so many dipoles in a row lead to no new soft spot.</summary>
    public int Patience { get; init; } = 40;

    /// <summary>Two modes that overlap by more than this are the same soft spot.</summary>
    public double SameOverlap { get; init; } = 0.9;

    /// <summary>Method and tolerance of the minimisations. Modes that do not converge are not counted.</summary>
    public MinimiserOptions Minimiser { get; init; } = new();

    /// <summary>Told after every start; from the thread that searches.</summary>
    public Action<SoftSpotProgress>? Progress { get; init; }

    /// <summary>Ends the search; what was found until then is returned, not exhausted.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    internal void Validate()
    {
        if (!(LargestFrequency > 0) || !double.IsFinite(LargestFrequency))
            throw new ArgumentException($"the largest frequency is {LargestFrequency}; expected a positive number");
        if (MaxHarmonicModes < 1 || MaxDipoles < 0 || Patience < 1)
            throw new ArgumentException($"harmonic modes {MaxHarmonicModes}, dipoles {MaxDipoles}, patience {Patience}; expected at least 1, 0 and 1");
        if (!(SameOverlap > 0 && SameOverlap < 1))
            throw new ArgumentException($"the overlap of equal modes is {SameOverlap}; expected between 0 and 1");
        if (!Enum.IsDefined(Kind))
            throw new ArgumentException($"{nameof(Kind)} is {Kind}; expected Quartic, Cubic or PseudoHarmonic");
        ArgumentNullException.ThrowIfNull(Minimiser);
        Minimiser.Validate();
    }
}

/// <summary>How far a search is.</summary>
/// <param name="Family">The family that the last start belongs to.</param>
/// <param name="Starts">Starts of all families so far.</param>
/// <param name="Spots">Soft spots so far.</param>
/// <param name="WithoutNew">Dipoles since the last new soft spot.</param>
public readonly record struct SoftSpotProgress(StartFamily Family, int Starts, int Spots, int WithoutNew);
