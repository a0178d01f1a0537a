namespace FastNqe.Native;

/// <summary>The Hessian, telling the caller after every product, or every filter of many, how many there were.</summary>
internal sealed class WatchedHessian(InherentState glass, CallerOptions options) : ISparseSymmetric
{
    private readonly HessianOperator _hessian = new(glass);
    private int _products;

    public int Size => _hessian.Size;

    public Deflation NullSpace => _hessian.NullSpace;

    public void Apply(ReadOnlySpan<double> x, Span<double> y)
    {
        _hessian.Apply(x, y);
        Watch(1);
    }

    public void ApplyChebyshev(ReadOnlySpan<double> x, double center, double halfWidth, int degree, Span<double> y, CancellationToken cancellation)
    {
        _hessian.ApplyChebyshev(x, center, halfWidth, degree, y, cancellation);
        Watch(degree);
    }

    public SparseTriangle LowerTriangle() => _hessian.LowerTriangle();

    // The residual is not known until the solve ends.
    private void Watch(int products)
    {
        _products += products;
        options.Report(new WorkProgress(_products, double.NaN));
    }
}
