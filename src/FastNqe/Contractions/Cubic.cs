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
        T a = PairVector<T, TDim>.Dot(x, along.Z), b = PairVector<T, TDim>.Dot(along.Z, along.Z);
        T alpha2 = f.B * a;
        sums.V0.Add(alpha2, x, f.A, along.Z);
        sums.S0 = T.MultiplyAdd(alpha2, a, T.MultiplyAdd(f.A, b, sums.S0));

        T alpha3 = T.MultiplyAdd(f.C * a, a, f.B * b);
        T beta3 = alpha2 + alpha2;
        sums.V1.Add(alpha3, x, beta3, along.Z);
        sums.S1 = T.MultiplyAdd(alpha3, a, T.MultiplyAdd(beta3, b, sums.S1));
    }
}
