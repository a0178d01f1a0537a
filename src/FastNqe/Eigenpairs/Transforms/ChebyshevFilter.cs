namespace FastNqe;

/// <summary>
/// The Chebyshev polynomial T_m((s - H)/e) that maps the interval [low, high] = [s - e, s + e] into [-1, 1] and what lies below it
/// to cosh(m·acosh((s - lambda)/e)), which grows steeply towards the lowest eigenvalue.
/// </summary>
internal sealed class ChebyshevFilter(ISymmetricOperator hessian, Deflation deflation, double low, double high, int degree) : SpectralTransform
{
    private readonly double _center = (high + low) / 2;
    private readonly double _halfWidth = (high - low) / 2;
    private readonly double[] _free = new double[hessian.Size];

    public override ReadOnlySpan<byte> Wanted => "LA"u8;

    /// <summary>acosh of the mapped eigenvalue below the interval: the growth rate per degree; 0 inside.</summary>
    public static double GrowthRate(double eigenvalue, double low, double high) => Math.Acosh(Math.Max(1, 1 + 2 * (low - eigenvalue) / (high - low)));

    /// <summary>The eigenvalue of H that the filter maps to a value above 1.</summary>
    public double Inverse(double filtered) => _center - _halfWidth * Math.Cosh(Math.Acosh(Math.Max(1, filtered)) / degree);

    public override void Apply(ReadOnlySpan<double> x, Span<double> y)
    {
        x.CopyTo(_free);
        deflation.Project(_free);
        hessian.ApplyChebyshev(_free, _center, _halfWidth, degree, y);
        // Rounding feeds the deflated subspace, which the polynomial enlarges most of all.
        deflation.Project(y);
    }
}
