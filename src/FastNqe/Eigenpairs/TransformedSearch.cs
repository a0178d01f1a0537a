namespace FastNqe;

/// <summary>Leaves the search to ARPACK alone: restarts, convergence and extraction.</summary>
internal sealed class TransformedSearch(SpectralTransform transform) : ArpackProblem
{
    public override ReadOnlySpan<byte> Wanted => transform.Wanted;

    public override void Apply(ReadOnlySpan<double> x, Span<double> y) => transform.Apply(x, y);
}
