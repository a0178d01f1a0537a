namespace FastNqe;

/// <summary>
/// A real symmetric matrix H known only by what it does to a vector: all that the eigensolver asks for.
/// </summary>
/// <remarks>An operator need not be thread-safe: a solve calls it from one thread at a time.</remarks>
public interface ISymmetricOperator
{
    /// <summary>The number of unknowns n (N·d for the Hessian of N particles).</summary>
    int Size { get; }

    /// <summary>The known null space of H, kept out of every solve.</summary>
    Deflation NullSpace => Deflation.None;

    /// <summary>y ← H·x.</summary>
    /// <param name="x">n numbers.</param>
    /// <param name="y">n numbers, overwritten; does not overlap <paramref name="x"/>.</param>
    void Apply(ReadOnlySpan<double> x, Span<double> y);

    /// <summary>
    /// y ← T_m((center - H)/halfWidth)·x with the Chebyshev polynomial T_m: m applications of H. Most of a solve is spent here; an operator
    /// that can take the steps of the recurrence in a layout of its own overrides it.
    /// </summary>
    /// <param name="x">n numbers.</param>
    /// <param name="center">The middle of the damped interval.</param>
    /// <param name="halfWidth">Half its width, positive.</param>
    /// <param name="degree">m, at least 1.</param>
    /// <param name="y">n numbers, overwritten; does not overlap <paramref name="x"/>.</param>
    /// <param name="cancellation">Stops between two applications by an <see cref="OperationCanceledException"/>.</param>
    void ApplyChebyshev(ReadOnlySpan<double> x, double center, double halfWidth, int degree, Span<double> y, CancellationToken cancellation = default) =>
        ChebyshevRecurrence.Run(this, x, center, halfWidth, degree, y, cancellation);
}
