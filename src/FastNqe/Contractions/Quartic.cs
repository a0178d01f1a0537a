using System.Runtime.CompilerServices;

namespace FastNqe.Contractions;

/// <summary>K = M:zz, Q = U(4)::zzzz, M·z and U(4):.zzz: what the quartic energy and its gradient need (eq. 12).</summary>
internal readonly struct Quartic : IContraction
{
    public static int Order => 4;
    public static int Directions => 1;
    public static int Vectors => 2;
    public static int Scalars => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add<T, TDim>(in PairVector<T, TDim> x, in PairCoefficients<T> f, in PairDirections<T, TDim> along, ref PairSums<T, TDim> sums)
        where T : unmanaged, ILanes<T>
        where TDim : struct, IDimension
    {
        Quadratic.Add(x, f, along, ref sums, out T a, out T b);
        T threeC = T.Splat(3) * f.C;
        T alpha4 = a * T.MultiplyAdd(f.D * a, a, threeC * b);
        T beta4 = T.MultiplyAdd(threeC * a, a, T.Splat(3) * f.B * b);
        sums.V1.Add(alpha4, x, beta4, along.Z);
        sums.S1 = T.MultiplyAdd(alpha4, a, T.MultiplyAdd(beta4, b, sums.S1));
    }
}
