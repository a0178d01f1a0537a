using System.Runtime.CompilerServices;

namespace FastNqe.Contractions;

/// <summary>K = M:zz and M·z.</summary>
internal readonly struct Quadratic : IContraction
{
    public static int Order => 2;
    public static int Directions => 1;
    public static int Vectors => 1;
    public static int Scalars => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add<T, TDim>(in PairVector<T, TDim> x, in PairCoefficients<T> f, in PairDirections<T, TDim> along, ref PairSums<T, TDim> sums)
        where T : unmanaged, ILanes<T>
        where TDim : struct, IDimension =>
        Add(x, f, along, ref sums, out _, out _);

    /// <summary>The same, with a = x·z and b = z·z, from which higher orders go on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add<T, TDim>(
        in PairVector<T, TDim> x, in PairCoefficients<T> f, in PairDirections<T, TDim> along, ref PairSums<T, TDim> sums, out T a, out T b)
        where T : unmanaged, ILanes<T>
        where TDim : struct, IDimension
    {
        a = PairVector<T, TDim>.Dot(x, along.Z);
        b = PairVector<T, TDim>.Dot(along.Z, along.Z);
        T alpha = f.B * a;
        sums.V0.Add(alpha, x, f.A, along.Z);
        sums.S0 = T.MultiplyAdd(alpha, a, T.MultiplyAdd(f.A, b, sums.S0));
    }
}
