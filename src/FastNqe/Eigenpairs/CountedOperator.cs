namespace FastNqe;

/// <summary>An operator that counts how often it is applied, and stops by the token of its solve.</summary>
internal sealed class CountedOperator(ISymmetricOperator inner, CancellationToken stop = default) : ISymmetricOperator
{
    /// <summary>Applications so far.</summary>
    public int Applications { get; private set; }

    public int Size => inner.Size;

    public Deflation NullSpace => inner.NullSpace;

    public void Apply(ReadOnlySpan<double> x, Span<double> y)
    {
        stop.ThrowIfCancellationRequested();
        Applications++;
        inner.Apply(x, y);
    }

    public void ApplyChebyshev(ReadOnlySpan<double> x, double center, double halfWidth, int degree, Span<double> y, CancellationToken cancellation)
    {
        stop.ThrowIfCancellationRequested();
        Applications += degree;
        inner.ApplyChebyshev(x, center, halfWidth, degree, y, stop);
    }
}
