using System.Buffers;

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
    /// y ← scale·H·x + shift·x - y: the step of every three-term recurrence. An operator that can do it in one pass over its
    /// data overrides this.
    /// </summary>
    /// <param name="x">n numbers.</param>
    /// <param name="scale">The factor of H·x.</param>
    /// <param name="shift">The factor of x.</param>
    /// <param name="y">n numbers, the term before on entry and the next term on return; does not overlap <paramref name="x"/>.</param>
    void Recur(ReadOnlySpan<double> x, double scale, double shift, Span<double> y)
    {
        double[] rented = ArrayPool<double>.Shared.Rent(Size);
        Span<double> product = rented.AsSpan(0, Size);
        Apply(x, product);
        FieldAlgebra.Combine(scale, product, shift, x, y);
        ArrayPool<double>.Shared.Return(rented);
    }
}
