namespace FastNqe;

/// <summary>
/// (H + shift)⁻¹, with the deflated subspace at 0: the lowest eigenvalues of H become the largest. H alone is singular, its null space has eigenvalue 0.
/// </summary>
internal sealed class FactorisedInverse(CholmodFactor factor, Deflation deflation, CancellationToken cancellation) : SpectralTransform
{
    private readonly double[] _free = new double[factor.Size];

    /// <summary>Solves so far.</summary>
    public int Solves { get; private set; }

    public override ReadOnlySpan<byte> Wanted => "LA"u8;

    public override void Apply(ReadOnlySpan<double> x, Span<double> y)
    {
        cancellation.ThrowIfCancellationRequested();
        x.CopyTo(_free);
        deflation.Project(_free);
        factor.Solve(_free, y);
        deflation.Project(y);
        Solves++;
    }
}
