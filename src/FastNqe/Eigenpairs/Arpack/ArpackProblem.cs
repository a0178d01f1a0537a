namespace FastNqe;

/// <summary>What a solve asks of its caller: products, and a look at the basis while it grows.</summary>
internal abstract class ArpackProblem
{
    /// <summary>ARPACK's rule for the wanted eigenvalues: LA or SA.</summary>
    public abstract ReadOnlySpan<byte> Wanted { get; }

    /// <summary>y ← A·x.</summary>
    public abstract void Apply(ReadOnlySpan<double> x, Span<double> y);

    /// <summary>
    /// Called after each Lanczos step until the basis is full for the first time. True ends the solve: the caller has taken from
    /// the basis what it wants, at the very step at which it sufficed; ARPACK itself looks at convergence only when the basis is full.
    /// </summary>
    public virtual bool Stop(in LanczosBasis basis) => false;
}

/// <summary>
/// The Lanczos factorisation A·V = V·T + r·e_m^T as it stands in ARPACK's arrays.
/// </summary>
/// <param name="steps">m.</param>
/// <param name="diagonal">The diagonal of T.</param>
/// <param name="below">The entries below the diagonal of T: element k is (k, k - 1); element 0 is not used.</param>
/// <param name="residualNorm">|r|.</param>
/// <param name="vectors">The columns of V, one after the other.</param>
/// <param name="size">n.</param>
/// <param name="leading">The distance of two columns.</param>
internal readonly ref struct LanczosBasis(int steps, ReadOnlySpan<double> diagonal, ReadOnlySpan<double> below, double residualNorm, ReadOnlySpan<double> vectors, int size, int leading)
{
    private readonly ReadOnlySpan<double> _vectors = vectors;

    public int Steps => steps;

    public ReadOnlySpan<double> Diagonal { get; } = diagonal;

    public ReadOnlySpan<double> Below { get; } = below;

    public double ResidualNorm => residualNorm;

    /// <summary>Basis vector k.</summary>
    public ReadOnlySpan<double> Vector(int k) => _vectors.Slice(k * leading, size);
}
