namespace FastNqe;

/// <summary>An operator that counts how often it is applied.</summary>
internal sealed class CountedOperator(ISymmetricOperator inner) : ISymmetricOperator
{
    /// <summary>Applications so far.</summary>
    public int Applications { get; private set; }

    public int Size => inner.Size;

    public Deflation NullSpace => inner.NullSpace;

    public void Apply(ReadOnlySpan<double> x, Span<double> y)
    {
        Applications++;
        inner.Apply(x, y);
    }

    public void ApplyChebyshev(ReadOnlySpan<double> x, double center, double halfWidth, int degree, Span<double> y)
    {
        Applications += degree;
        inner.ApplyChebyshev(x, center, halfWidth, degree, y);
    }
}
