using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using FastNqe.Contractions;

namespace FastNqe.Benchmarks.Studies.Layouts;

/// <summary>
/// Adds a column's vectors to the rows of its neighbours, one row after the other, so that the same neighbour may stand in a column twice.
/// One vector has rows of four numbers. Two share a cache line: x, y, z of the first, x, y, z of the second, and two numbers that nobody
/// reads, so that a line is loaded, added to and stored once.
/// </summary>
internal static unsafe class RowScatter
{
    /// <summary>Numbers per particle.</summary>
    public static int RowWidth(int vectors) => vectors == 1 ? 4 : 8;

    /// <summary>destination[rows[k]] += lane k of v.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add<T>(ref double destination, ref int rows, in PairVector<T, D3> v)
        where T : unmanaged, ILanes<T>
    {
        if (T.Count == 8)
        {
            Vector512<double> x = Wide(v.X), y = Wide(v.Y), z = Wide(v.Z), zero = Vector512<double>.Zero;
            Vector512<long> lower = Vector512.Create(0L, 1, 8, 9, 2, 3, 10, 11), upper = Vector512.Create(4L, 5, 12, 13, 6, 7, 14, 15);
            Vector512<double> xyEven = Avx512F.UnpackLow(x, y), xyOdd = Avx512F.UnpackHigh(x, y), zEven = Avx512F.UnpackLow(z, zero), zOdd = Avx512F.UnpackHigh(z, zero);
            Vector512<double> rows02 = Avx512F.PermuteVar8x64x2(xyEven, lower, zEven), rows13 = Avx512F.PermuteVar8x64x2(xyOdd, lower, zOdd);
            Vector512<double> rows46 = Avx512F.PermuteVar8x64x2(xyEven, upper, zEven), rows57 = Avx512F.PermuteVar8x64x2(xyOdd, upper, zOdd);
            Add(ref destination, ref rows, 0, rows02.GetLower());
            Add(ref destination, ref rows, 1, rows13.GetLower());
            Add(ref destination, ref rows, 2, rows02.GetUpper());
            Add(ref destination, ref rows, 3, rows13.GetUpper());
            Add(ref destination, ref rows, 4, rows46.GetLower());
            Add(ref destination, ref rows, 5, rows57.GetLower());
            Add(ref destination, ref rows, 6, rows46.GetUpper());
            Add(ref destination, ref rows, 7, rows57.GetUpper());
        }
        else
        {
            AddFour(ref destination, ref rows, 1, Narrow(v.X), Narrow(v.Y), Narrow(v.Z), Vector256<double>.Zero);
        }
    }

    /// <summary>The same for two vectors; rows count numbers of fields of four per particle.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add<T>(ref double destination, ref int rows, in PairVector<T, D3> u, in PairVector<T, D3> v)
        where T : unmanaged, ILanes<T>
    {
        if (T.Count == 8)
        {
            Lines(ref destination, ref rows, Avx512F.UnpackLow(Wide(u.X), Wide(u.Y)), Avx512F.UnpackLow(Wide(u.Z), Wide(v.X)), Avx512F.UnpackLow(Wide(v.Y), Wide(v.Z)));
            Lines(ref destination, ref Unsafe.Add(ref rows, 1), Avx512F.UnpackHigh(Wide(u.X), Wide(u.Y)), Avx512F.UnpackHigh(Wide(u.Z), Wide(v.X)), Avx512F.UnpackHigh(Wide(v.Y), Wide(v.Z)));
        }
        else
        {
            AddFour(ref destination, ref rows, 2, Narrow(u.X), Narrow(u.Y), Narrow(u.Z), Narrow(v.X));
            AddFour(ref Unsafe.Add(ref destination, 4), ref rows, 2, Narrow(v.Y), Narrow(v.Z), Vector256<double>.Zero, Vector256<double>.Zero);
        }
    }

    /// <summary>Asks for the rows that are wanted some columns later, as Prefetch.Rows does where rows are as wide as those of fields.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prefetch<T>(ref double destination, ref int rows, int vectors) where T : unmanaged, ILanes<T>
    {
        double* field = (double*)Unsafe.AsPointer(ref destination);
        int* ahead = (int*)Unsafe.AsPointer(ref rows) + Contractions.Prefetch.Distance * SlicedList.SliceSize;
        Sse.Prefetch1(field + (nint)ahead[0] * vectors);
        Sse.Prefetch1(field + (nint)ahead[1] * vectors);
        Sse.Prefetch1(field + (nint)ahead[2] * vectors);
        Sse.Prefetch1(field + (nint)ahead[3] * vectors);
        if (T.Count == 4)
            return;
        Sse.Prefetch1(field + (nint)ahead[4] * vectors);
        Sse.Prefetch1(field + (nint)ahead[5] * vectors);
        Sse.Prefetch1(field + (nint)ahead[6] * vectors);
        Sse.Prefetch1(field + (nint)ahead[7] * vectors);
    }

    // Four lines, of every other lane, from the three pairs of numbers that each is made of; the last pair fills the unread end of a line too.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Lines(ref double destination, ref int rows, Vector512<double> first, Vector512<double> second, Vector512<double> third)
    {
        Vector512<double> lower = Avx512F.Shuffle4x128(first, second, 0b01_00_01_00), upper = Avx512F.Shuffle4x128(first, second, 0b11_10_11_10);
        AddLine(ref destination, Unsafe.Add(ref rows, 0), Avx512F.Shuffle4x128(lower, third, 0b00_00_10_00));
        AddLine(ref destination, Unsafe.Add(ref rows, 2), Avx512F.Shuffle4x128(lower, third, 0b01_01_11_01));
        AddLine(ref destination, Unsafe.Add(ref rows, 4), Avx512F.Shuffle4x128(upper, third, 0b10_10_10_00));
        AddLine(ref destination, Unsafe.Add(ref rows, 6), Avx512F.Shuffle4x128(upper, third, 0b11_11_11_01));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddLine(ref double destination, int row, Vector512<double> line)
    {
        ref double at = ref Unsafe.Add(ref destination, 2 * (nint)row);
        (Vector512.LoadUnsafe(ref at) + line).StoreUnsafe(ref at);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddFour(ref double destination, ref int rows, int lines, Vector256<double> x, Vector256<double> y, Vector256<double> z, Vector256<double> w)
    {
        Vector256<double> xyEven = Avx.UnpackLow(x, y), xyOdd = Avx.UnpackHigh(x, y), zwEven = Avx.UnpackLow(z, w), zwOdd = Avx.UnpackHigh(z, w);
        Add(ref destination, lines * Unsafe.Add(ref rows, 0), Avx.Permute2x128(xyEven, zwEven, 0x20));
        Add(ref destination, lines * Unsafe.Add(ref rows, 1), Avx.Permute2x128(xyOdd, zwOdd, 0x20));
        Add(ref destination, lines * Unsafe.Add(ref rows, 2), Avx.Permute2x128(xyEven, zwEven, 0x31));
        Add(ref destination, lines * Unsafe.Add(ref rows, 3), Avx.Permute2x128(xyOdd, zwOdd, 0x31));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(ref double destination, ref int rows, int lane, Vector256<double> row) => Add(ref destination, Unsafe.Add(ref rows, lane), row);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(ref double destination, nint row, Vector256<double> values)
    {
        ref double at = ref Unsafe.Add(ref destination, row);
        (Vector256.LoadUnsafe(ref at) + values).StoreUnsafe(ref at);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Wide<T>(T lanes) where T : unmanaged => Unsafe.BitCast<T, Vector512<double>>(lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Narrow<T>(T lanes) where T : unmanaged => Unsafe.BitCast<T, Vector256<double>>(lanes);
}
