namespace FastNqe.Contractions;

/// <summary>What a sweep sums over pairs: full contractions (scalars) and contractions with one index left free (vectors).</summary>
internal struct PairSums<T, TDim>
    where T : unmanaged, ILanes<T>
    where TDim : struct, IDimension
{
    public PairVector<T, TDim> V0, V1, V2, V3;
    public T S0, S1, S2, S3;
}

/// <summary>The directions z, y, w that a contraction is taken along, as differences z_j - z_i over a column of pairs.</summary>
internal struct PairDirections<T, TDim>
    where T : unmanaged, ILanes<T>
    where TDim : struct, IDimension
{
    public PairVector<T, TDim> Z, Y, W;
}

/// <summary>
/// The arithmetic of one column of pairs. With a = x·z and b = z·z, and coefficients A = 2 f1, B = 4 f2, C = 8 f3, D = 16 f4:
/// <code>
/// order 2:  B a² + A b                  B a x + A z
/// order 3:  C a³ + 3 B a b              (C a² + B b) x + 2 B a z
/// order 4:  D a⁴ + 6 C a² b + 3 B b²    (D a³ + 3 C a b) x + 3 (C a² + B b) z
/// </code>
/// arXiv:1912.10930, eq. C2, written in the derivatives with respect to u = r². Each vector dotted with z gives its scalar.
/// </summary>
internal interface IContraction
{
    /// <summary>The highest derivative of the potential that is used.</summary>
    static abstract int Order { get; }

    /// <summary>How many directions it is taken along.</summary>
    static abstract int Directions { get; }

    /// <summary>How many vectors it sums.</summary>
    static abstract int Vectors { get; }

    /// <summary>How many scalars it sums.</summary>
    static abstract int Scalars { get; }

    static abstract void Add<T, TDim>(in PairVector<T, TDim> x, in PairCoefficients<T> f, in PairDirections<T, TDim> along, ref PairSums<T, TDim> sums)
        where T : unmanaged, ILanes<T>
        where TDim : struct, IDimension;
}
