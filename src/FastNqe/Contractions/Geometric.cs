using System.Runtime.CompilerServices;

namespace FastNqe.Contractions;

/// <summary>K = M:zz, G = Σ (z_ij·z_ij)², M·z and a quarter of G's gradient, Σ b z: what the geometric cost function needs (eq. C3).</summary>
internal readonly struct Geometric : IContraction
{
    public static int Order => 2;
    public static int Directions => 1;
    public static int Vectors => 2;
    public static int Scalars => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add<T, TDim>(in PairVector<T, TDim> x, in PairCoefficients<T> f, in PairDirections<T, TDim> along, ref PairSums<T, TDim> sums)
        where T : unmanaged, ILanes<T>
        where TDim : struct, IDimension
    {
        Quadratic.Add(x, f, along, ref sums, out _, out T b);
        // The interacting pairs are those with coefficients; a filled-up place has z_ij = 0 and adds nothing.
        sums.V1.Add(b, along.Z);
        sums.S1 = T.MultiplyAdd(b, b, sums.S1);
    }
}
