using System.Runtime.CompilerServices;

namespace FastNqe.Contractions;

/// <summary>What stands in a column of pairs, and how a sweep makes x_ij and the coefficients of it.</summary>
internal interface IColumnFormat
{
    /// <summary>Whether the separations x_ij stand in the columns; otherwise they come from positions.</summary>
    static abstract bool HasSeparations { get; }

    /// <summary>Whether all coefficients are computed from two numbers; otherwise they are read, C and D from high lines.</summary>
    static abstract bool IsReduced { get; }

    /// <summary>The coefficients of as many lanes as there are.</summary>
    /// <param name="order">The highest derivative that is needed; a constant, folded by the compiler: what is not needed is not read.</param>
    /// <param name="x">The separations.</param>
    /// <param name="low">Where the low lines go on behind the separations, at the first lane.</param>
    /// <param name="high">The high lines at the first lane.</param>
    PairCoefficients<T> Coefficients<T, TDim>(int order, in PairVector<T, TDim> x, ref double low, ref double high)
        where T : unmanaged, ILanes<T>
        where TDim : struct, IDimension;
}

/// <summary>Separations, then the coefficients: the fewest operations.</summary>
internal readonly struct WholeColumns : IColumnFormat
{
    public static bool HasSeparations => true;

    public static bool IsReduced => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PairCoefficients<T> Coefficients<T, TDim>(int order, in PairVector<T, TDim> x, ref double low, ref double high)
        where T : unmanaged, ILanes<T>
        where TDim : struct, IDimension => PairColumn.Coefficients<T>(order, ref low, ref high);
}

/// <summary>Coefficients alone: d cache lines fewer per column, for a second scattered read per pair.</summary>
internal readonly struct CoefficientColumns : IColumnFormat
{
    public static bool HasSeparations => false;

    public static bool IsReduced => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PairCoefficients<T> Coefficients<T, TDim>(int order, in PairVector<T, TDim> x, ref double low, ref double high)
        where T : unmanaged, ILanes<T>
        where TDim : struct, IDimension => PairColumn.Coefficients<T>(order, ref low, ref high);
}

/// <summary>
/// Separations, then the two numbers from which the law has its derivatives: as many cache lines as a product with the Hessian reads of whole columns, for all orders; and some twenty multiplications,
/// which hardly take time out of cache.
/// </summary>
/// <param name="law">The law, which is reducible.</param>
internal readonly struct ReducedColumns<TLaw>(TLaw law) : IColumnFormat
    where TLaw : struct, IPairLaw
{
    private readonly TLaw _law = law;

    public static bool HasSeparations => true;

    public static bool IsReduced => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PairCoefficients<T> Coefficients<T, TDim>(int order, in PairVector<T, TDim> x, ref double low, ref double high)
        where T : unmanaged, ILanes<T>
        where TDim : struct, IDimension
    {
        // Orders that are not needed are computed nowhere: nobody uses them.
        PairCoefficients<T> f;
        _law.Expand(PairVector<T, TDim>.Dot(x, x), T.Load(ref low, 0), T.Load(ref low, 8), out f.A, out f.B, out f.C, out f.D);
        return f;
    }
}
