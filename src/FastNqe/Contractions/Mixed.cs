using System.Runtime.CompilerServices;

namespace FastNqe.Contractions;

/// <summary>Contractions with different directions, by polarising the formulas of <see cref="IContraction"/>.</summary>
internal static class Mixed
{
    /// <summary>U(3):uv per pair, added to <paramref name="sum"/>: (C a_u a_v + B b_uv) x + B a_v u + B a_u v.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddCubic<T, TDim>(
        in PairVector<T, TDim> x, in PairCoefficients<T> f,
        in PairVector<T, TDim> u, in PairVector<T, TDim> v, T au, T av, T buv,
        ref PairVector<T, TDim> sum)
        where T : unmanaged, ILanes<T>
        where TDim : struct, IDimension
    {
        sum.Add(T.MultiplyAdd(f.C * au, av, f.B * buv), x, f.B * av, u, f.B * au, v);
    }
}

/// <summary>The third derivative with two directions: V0 = U(3):zy, S0 = U(3):.zzy, S1 = U(3):.zyy.</summary>
internal readonly struct CubicMixed : IContraction
{
    public static int Order => 3;
    public static int Directions => 2;
    public static int Vectors => 1;
    public static int Scalars => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add<T, TDim>(in PairVector<T, TDim> x, in PairCoefficients<T> f, in PairDirections<T, TDim> along, ref PairSums<T, TDim> sums)
        where T : unmanaged, ILanes<T>
        where TDim : struct, IDimension
    {
        T az = PairVector<T, TDim>.Dot(x, along.Z), ay = PairVector<T, TDim>.Dot(x, along.Y);
        T bzy = PairVector<T, TDim>.Dot(along.Z, along.Y);
        PairVector<T, TDim> pair = default;
        Mixed.AddCubic(x, f, along.Z, along.Y, az, ay, bzy, ref pair);
        sums.V0.Add(T.Splat(1), pair);
        sums.S0 += PairVector<T, TDim>.Dot(pair, along.Z);
        sums.S1 += PairVector<T, TDim>.Dot(pair, along.Y);
    }
}

/// <summary>U(4):.zyw of three directions, and its scalar products with each of them.</summary>
internal readonly struct QuarticMixed : IContraction
{
    public static int Order => 4;
    public static int Directions => 3;
    public static int Vectors => 1;
    public static int Scalars => 3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add<T, TDim>(in PairVector<T, TDim> x, in PairCoefficients<T> f, in PairDirections<T, TDim> along, ref PairSums<T, TDim> sums)
        where T : unmanaged, ILanes<T>
        where TDim : struct, IDimension
    {
        T az = PairVector<T, TDim>.Dot(x, along.Z), ay = PairVector<T, TDim>.Dot(x, along.Y), aw = PairVector<T, TDim>.Dot(x, along.W);
        T bzy = PairVector<T, TDim>.Dot(along.Z, along.Y), bzw = PairVector<T, TDim>.Dot(along.Z, along.W), byw = PairVector<T, TDim>.Dot(along.Y, along.W);
        // (D a_z a_y a_w + C (a_z b_yw + a_y b_zw + a_w b_zy)) x + (C a_y a_w + B b_yw) z + ...
        PairVector<T, TDim> pair = default;
        T mixed = T.MultiplyAdd(az, byw, T.MultiplyAdd(ay, bzw, aw * bzy));
        pair.Add(T.MultiplyAdd(f.D * az, ay * aw, f.C * mixed), x, T.MultiplyAdd(f.C * ay, aw, f.B * byw), along.Z);
        pair.Add(T.MultiplyAdd(f.C * az, aw, f.B * bzw), along.Y, T.MultiplyAdd(f.C * az, ay, f.B * bzy), along.W);
        sums.V0.Add(T.Splat(1), pair);
        sums.S0 += PairVector<T, TDim>.Dot(pair, along.Z);
        sums.S1 += PairVector<T, TDim>.Dot(pair, along.Y);
        sums.S2 += PairVector<T, TDim>.Dot(pair, along.W);
    }
}
