using System.Runtime.CompilerServices;

namespace FastNqe.Contractions;

/// <summary>K = M:zz, T = U(3):.zzz, M·z and U(3):zz: what the cubic energy and its gradient need (eq. 31).</summary>
internal readonly struct Cubic : IContraction
{
    public static int Order => 3;
    public static int Directions => 1;
    public static int Vectors => 2;
    public static int Scalars => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add<T, TDim>(in PairVector<T, TDim> x, in PairCoefficients<T> f, in PairDirections<T, TDim> along, ref PairSums<T, TDim> sums)
        where T : unmanaged, ILanes<T>
        where TDim : struct, IDimension
    {
        Quadratic.Add(x, f, along, ref sums, out T a, out T b);
        T alpha3 = T.MultiplyAdd(f.C * a, a, f.B * b);
        T beta3 = T.Splat(2) * f.B * a;
        sums.V1.Add(alpha3, x, beta3, along.Z);
        sums.S1 = T.MultiplyAdd(alpha3, a, T.MultiplyAdd(beta3, b, sums.S1));
    }
}
