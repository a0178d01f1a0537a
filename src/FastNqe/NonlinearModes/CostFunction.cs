using FastNqe.Contractions;

namespace FastNqe;

/// <summary>
/// A cost K^p/X^q of a direction z, with K = M:zz and X a form of degree m in z such that the cost does not depend on |z|. Its local minima
/// obey M·z = c X_z, c = K/X, where X_z = ∇X/m.
/// </summary>
/// <remarks>
/// The gradient of its logarithm is 2p (M·z/K - X_z/X) because 2p = q m.
/// quartic: K²/Q (eq. 12), cubic: K³/T² (eq. 31), geometric: K²/Σ(z_ij·z_ij)² (eq. C3).
/// </remarks>
internal abstract class CostFunction
{
    public static readonly CostFunction Quartic = new Of<Quartic, QuarticLine>(2, 1, 4);
    public static readonly CostFunction Cubic = new Of<Cubic, CubicLine>(3, 2, 3);
    public static readonly CostFunction Geometric = new Of<Geometric, GeometricLine>(2, 1, 4);

    private CostFunction(int p, int q, int degree) => (StiffnessPower, FormPower, Degree) = (p, q, degree);

    /// <summary>p.</summary>
    public int StiffnessPower { get; }

    /// <summary>q.</summary>
    public int FormPower { get; }

    /// <summary>m.</summary>
    public int Degree { get; }

    /// <summary>The cost itself.</summary>
    public double Value(double k, double x) => FormPower == 1 ? k * k / x : k * k * k / (x * x);

    /// <summary>K, X, M·z and X_z in one sweep.</summary>
    public abstract (double K, double X) Evaluate(PairTable pairs, RowField z, RowField stiffness, RowField form);

    /// <summary>Along z + s·y: M·y into <paramref name="stiffness"/>, and X contracted with m - 1 - k times z and k times y into form[k], k = 1..m-1, in one sweep.</summary>
    public abstract void Line(PairTable pairs, RowField z, RowField y, RowField stiffness, ReadOnlySpan<RowField> form);

    private sealed class Of<TContraction, TLine>(int p, int q, int degree) : CostFunction(p, q, degree)
        where TContraction : struct, IContraction
        where TLine : struct, IContraction
    {
        public override (double K, double X) Evaluate(PairTable pairs, RowField z, RowField stiffness, RowField form)
        {
            Span<double> scalars = stackalloc double[2];
            pairs.Sweep<TContraction>(new SweepFields(z, V0: stiffness, V1: form), scalars);
            return (scalars[0], scalars[1]);
        }

        public override void Line(PairTable pairs, RowField z, RowField y, RowField stiffness, ReadOnlySpan<RowField> form) =>
            pairs.Sweep<TLine>(new SweepFields(z, y, V0: stiffness, V1: form[1], V2: form[2], V3: form.Length > 3 ? form[3] : null), []);
    }
}
