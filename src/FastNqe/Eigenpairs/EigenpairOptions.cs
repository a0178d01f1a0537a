namespace FastNqe;

/// <summary>The settings of an eigensolve; the defaults suit glasses.</summary>
public sealed record EigenpairOptions
{
    /// <summary>How: by Chebyshev-filtered Lanczos unless told otherwise.</summary>
    public EigenpairMethod Method { get; init; } = EigenpairMethod.ChebyshevFilter;

    /// <summary>The largest <see cref="Eigenpair.Residual"/> of a converged pair; 1e-9 by default, between 1e-12 and 1e-2.</summary>
    public double Tolerance { get; init; } = 1e-9;

    /// <summary>Fixes the start vector, and with it every bit of the result.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>
    /// Whether to look, with an independent start vector in the space orthogonal to the pairs found, for members of an exactly
    /// degenerate set, which one Lanczos process cannot see. Glasses have no symmetry, hence no exact degeneracy, and members of a
    /// near-degenerate cluster are told apart by the tolerance; crystals need this.
    /// </summary>
    public bool SearchDegenerate { get; init; }

    /// <summary>The degree of the Chebyshev polynomial, or 0 to choose it from the spectrum.</summary>
    public int FilterDegree { get; init; }

    /// <summary>The largest number of operator applications, after which a solve ends as not converged.</summary>
    public int MaxApplications { get; init; } = 2_000_000;

    /// <summary>Asked before every application of the operator (and every solve with its factor): stops by an <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    internal void Validate()
    {
        if (!Enum.IsDefined(Method))
            throw new ArgumentException($"{nameof(Method)} is {Method}; expected ChebyshevFilter, Plain or ShiftInvert");
        if (!(Tolerance >= 1e-12 && Tolerance <= 1e-2))
            throw new ArgumentException($"{nameof(Tolerance)} is {Tolerance}; expected between 1e-12 and 1e-2");
        if (FilterDegree is < 0 or > 10_000)
            throw new ArgumentException($"{nameof(FilterDegree)} is {FilterDegree}; expected 0 (automatic) to 10000");
        if (MaxApplications < 1)
            throw new ArgumentException($"{nameof(MaxApplications)} is {MaxApplications}; expected at least 1");
    }
}
