using System.Runtime.CompilerServices;
using FastNqe.Contractions;

namespace FastNqe.Benchmarks.Studies.Layouts;

/// <summary>The stored columns of a list: separations and coefficients, or coefficients alone.</summary>
internal static class SlicedColumns
{
    /// <summary>Numbers from one column to the next.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Stride<TSeparations>() where TSeparations : struct, ISeparations =>
        TSeparations.InColumns ? PairColumn.Stride(D3.Value) : PairColumn.CoefficientStride;

    /// <summary>Numbers of a column that a contraction of some order reads, per pair.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int NumbersRead<TSeparations>(int order) where TSeparations : struct, ISeparations => order + (TSeparations.InColumns ? D3.Value : 0);

    /// <summary>All columns.</summary>
    public static RowField Of<TSeparations>(LayoutGlass glass, SlicedList list) where TSeparations : struct, ISeparations
    {
        int stride = Stride<TSeparations>();
        var stored = new RowField(list.ColumnCount * stride);
        ColumnFill fill = glass.FillOf(list);
        for (int slice = 0; slice < list.SliceCount; slice++)
            fill.Fill(slice, ref Unsafe.Add(ref stored.Origin, (nint)list.FirstColumn[slice] * stride), TSeparations.InColumns);
        return stored;
    }
}
