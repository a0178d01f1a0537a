using System.Runtime.CompilerServices;

namespace FastNqe.Contractions;

/// <summary>
/// Along z + s·y: M·y, U(4):.zzy, U(4):.zyy, U(4):.yyy. With M·z and U(4):.zzz known, they give K, Q and both vectors at every s, so that
/// a line search and the gradient at its end cost this one sweep.
/// </summary>
internal readonly struct QuarticLine : IContraction
{
    public static int Order => 4;
    public static int Directions => 2;
    public static int Vectors => 4;
    public static int Scalars => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add<T, TDim>(in PairVector<T, TDim> x, in PairCoefficients<T> f, in PairDirections<T, TDim> along, ref PairSums<T, TDim> sums)
        where T : unmanaged, ILanes<T>
        where TDim : struct, IDimension
    {
        T az = PairVector<T, TDim>.Dot(x, along.Z), ay = PairVector<T, TDim>.Dot(x, along.Y);
        T bzz = PairVector<T, TDim>.Dot(along.Z, along.Z), bzy = PairVector<T, TDim>.Dot(along.Z, along.Y), byy = PairVector<T, TDim>.Dot(along.Y, along.Y);
        sums.V0.Add(f.B * ay, x, f.A, along.Y);

        // The second derivative along two directions, C a a' + B b', and its product with D in place of C, appear in all three vectors.
        T zz = T.MultiplyAdd(f.C * az, az, f.B * bzz), zy = T.MultiplyAdd(f.C * az, ay, f.B * bzy), yy = T.MultiplyAdd(f.C * ay, ay, f.B * byy);
        T two = T.Splat(2), three = T.Splat(3);
        T daz = f.D * az, day = f.D * ay;
        sums.V1.Add(T.MultiplyAdd(daz * az, ay, f.C * T.MultiplyAdd(two * az, bzy, ay * bzz)), x, two * zy, along.Z, zz, along.Y);
        sums.V2.Add(T.MultiplyAdd(daz * ay, ay, f.C * T.MultiplyAdd(two * ay, bzy, az * byy)), x, yy, along.Z, two * zy, along.Y);
        sums.V3.Add(ay * T.MultiplyAdd(day, ay, three * f.C * byy), x, three * yy, along.Y);
    }
}

/// <summary>Along z + s·y: M·y, U(3):zy, U(3):yy.</summary>
internal readonly struct CubicLine : IContraction
{
    public static int Order => 3;
    public static int Directions => 2;
    public static int Vectors => 3;
    public static int Scalars => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add<T, TDim>(in PairVector<T, TDim> x, in PairCoefficients<T> f, in PairDirections<T, TDim> along, ref PairSums<T, TDim> sums)
        where T : unmanaged, ILanes<T>
        where TDim : struct, IDimension
    {
        T az = PairVector<T, TDim>.Dot(x, along.Z), ay = PairVector<T, TDim>.Dot(x, along.Y);
        T bzy = PairVector<T, TDim>.Dot(along.Z, along.Y), byy = PairVector<T, TDim>.Dot(along.Y, along.Y);
        T baz = f.B * az, bay = f.B * ay;
        sums.V0.Add(bay, x, f.A, along.Y);
        sums.V1.Add(T.MultiplyAdd(f.C * az, ay, f.B * bzy), x, bay, along.Z, baz, along.Y);
        sums.V2.Add(T.MultiplyAdd(f.C * ay, ay, f.B * byy), x, bay + bay, along.Y);
    }
}

/// <summary>Along z + s·y for Σ (z_ij·z_ij)²: M·y and the three mixed vectors, each a third of 3 b z polarised.</summary>
internal readonly struct GeometricLine : IContraction
{
    public static int Order => 2;
    public static int Directions => 2;
    public static int Vectors => 4;
    public static int Scalars => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add<T, TDim>(in PairVector<T, TDim> x, in PairCoefficients<T> f, in PairDirections<T, TDim> along, ref PairSums<T, TDim> sums)
        where T : unmanaged, ILanes<T>
        where TDim : struct, IDimension
    {
        T ay = PairVector<T, TDim>.Dot(x, along.Y);
        T bzz = PairVector<T, TDim>.Dot(along.Z, along.Z), bzy = PairVector<T, TDim>.Dot(along.Z, along.Y), byy = PairVector<T, TDim>.Dot(along.Y, along.Y);
        sums.V0.Add(f.B * ay, x, f.A, along.Y);
        T third = T.Splat(1.0 / 3), twice = T.Splat(2.0 / 3) * bzy;
        sums.V1.Add(third * bzz, along.Y, twice, along.Z);
        sums.V2.Add(third * byy, along.Z, twice, along.Y);
        sums.V3.Add(byy, along.Y);
    }
}
