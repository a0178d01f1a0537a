using System.Runtime.CompilerServices;

namespace FastNqe.Contractions;

/// <summary>The four scalars of a direction, K = M:zz, T = U(3):.zzz, Q = U(4)::zzzz and Σ (z_ij·z_ij)² (eqs. 10, 11, 28, C3), without any vector.</summary>
internal readonly struct AllScalars : IContraction
{
    public static int Order => 4;
    public static int Directions => 1;
    public static int Vectors => 0;
    public static int Scalars => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add<T, TDim>(in PairVector<T, TDim> x, in PairCoefficients<T> f, in PairDirections<T, TDim> along, ref PairSums<T, TDim> sums)
        where T : unmanaged, ILanes<T>
        where TDim : struct, IDimension
    {
        T a = PairVector<T, TDim>.Dot(x, along.Z), b = PairVector<T, TDim>.Dot(along.Z, along.Z);
        T square = a * a, three = T.Splat(3);
        sums.S0 = T.MultiplyAdd(f.B, square, T.MultiplyAdd(f.A, b, sums.S0));
        sums.S1 = T.MultiplyAdd(a, T.MultiplyAdd(f.C, square, three * f.B * b), sums.S1);
        // D a⁴ + 6 C a² b + 3 B b²
        T quartic = T.MultiplyAdd(f.D * square, square, T.Splat(6) * f.C * square * b);
        sums.S2 += T.MultiplyAdd(three * f.B * b, b, quartic);
        sums.S3 = T.MultiplyAdd(b, b, sums.S3);
    }
}
