namespace FastNqe;

/// <summary>H itself, but with the deflated subspace moved from eigenvalue 0, where it would be wanted, to the other end.</summary>
internal sealed class PlainOperator(ISymmetricOperator hessian, Deflation deflation, double largest) : SpectralTransform
{
    private readonly double[] _free = new double[hessian.Size];

    public override ReadOnlySpan<byte> Wanted => "SA"u8;

    public override void Apply(ReadOnlySpan<double> x, Span<double> y)
    {
        x.CopyTo(_free);
        deflation.Project(_free);
        hessian.Apply(_free, y);
        deflation.Project(y);
        for (int k = 0; k < y.Length; k++)
            y[k] += largest * (x[k] - _free[k]);
    }
}
