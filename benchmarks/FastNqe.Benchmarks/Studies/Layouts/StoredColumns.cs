using System.Runtime.CompilerServices;
using FastNqe.Contractions;

namespace FastNqe.Benchmarks.Studies.Layouts;

/// <summary>The stored columns of a list, in one run or in two.</summary>
internal sealed class StoredColumns<TFormat, TRuns>
    where TFormat : struct, IColumnFormat
    where TRuns : struct, IColumnRuns
{
    private const int HighNumbers = 2 * SlicedList.SliceSize;

    private readonly RowField _low, _high;

    public StoredColumns(LayoutGlass glass, SlicedList list)
    {
        _low = new RowField(list.ColumnCount * LowStride);
        _high = TRuns.AreApart ? new RowField(list.ColumnCount * HighStride) : _low;
        var whole = new PairColumns(list.LongestSlice, LowLines - 2);
        ColumnFill fill = glass.FillOf(list);
        for (int slice = 0; slice < list.SliceCount; slice++)
        {
            fill.Fill(slice, whole);
            int begin = list.FirstColumn[slice];
            for (int k = 0; k < list.FirstColumn[slice + 1] - begin; k++)
            {
                whole.Low.Values.Slice(k * LowNumbers, LowNumbers).CopyTo(_low.Values[((begin + k) * LowStride)..]);
                whole.High.Values.Slice(k * HighNumbers, HighNumbers).CopyTo(_high.Values[((begin + k) * HighStride + HighOffset)..]);
            }
        }
    }

    /// <summary>Lines of a column that a contraction of order 2 reads.</summary>
    public static int LowLines
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (TFormat.HasSeparations ? D3.Value : 0) + 2;
    }

    /// <summary>Numbers from one column to the next, of what order 2 reads.</summary>
    public static int LowStride
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TRuns.AreApart ? LowNumbers : LowNumbers + HighNumbers;
    }

    /// <summary>Numbers from one column to the next, of the coefficients C and D.</summary>
    public static int HighStride
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TRuns.AreApart ? HighNumbers : LowNumbers + HighNumbers;
    }

    private static int LowNumbers
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => LowLines * SlicedList.SliceSize;
    }

    private static int HighOffset => TRuns.AreApart ? 0 : LowNumbers;

    /// <summary>Numbers that a contraction of some order reads, per pair.</summary>
    public static int NumbersRead(int order) => LowLines + order - 2;

    /// <summary>Where a column begins.</summary>
    public ref double Low(int column) => ref Unsafe.Add(ref _low.Origin, (nint)column * LowStride);

    /// <summary>Where its coefficients C and D begin.</summary>
    public ref double High(int column) => ref Unsafe.Add(ref _high.Origin, (nint)column * HighStride + HighOffset);

    /// <summary>Asks for the columns that are wanted later.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Ask<T>(int order, ref double low, ref double high) where T : unmanaged, ILanes<T>
    {
        Prefetch.Column<T>(ref low, LowStride, LowLines);
        if (order > 2)
            Prefetch.Column<T>(ref high, HighStride, 2);
    }

    /// <summary>The coefficients of a column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairCoefficients<T> Coefficients<T>(int order, ref double low, ref double high) where T : unmanaged, ILanes<T>
    {
        PairCoefficients<T> f = default;
        f.A = T.Load(ref low, LowNumbers - 16);
        f.B = T.Load(ref low, LowNumbers - 8);
        if (order > 2)
        {
            f.C = T.Load(ref high, 0);
            f.D = T.Load(ref high, 8);
        }
        return f;
    }
}
