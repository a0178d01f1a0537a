using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FastNqe.Contractions;

/// <summary>Eight lanes: 512-bit registers, AVX-512F.</summary>
internal struct Lanes8 : ILanes<Lanes8>
{
    // Set by initialisers: a constructor would cost the compiler two more locals per operation, and it inlines only up to 512 of them into a method.
    private Vector512<double> _v;

    public static int Count => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Splat(double value) => new() { _v = Vector512.Create(value) };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Load(ref double source, nint offset) => new() { _v = Vector512.LoadUnsafe(ref Unsafe.Add(ref source, offset)) };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes8 value, ref double destination, nint offset) => value._v.StoreUnsafe(ref Unsafe.Add(ref destination, offset));

    // Rows k and k + 4 share a register, rows pair up by unpacking, and one two-source permutation per component puts the
    // eight values in order: 4 inserts, 4 unpacks, 3 or 4 permutations for eight rows.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void LoadRows(ref double source, ref int rows, out Lanes8 x, out Lanes8 y, out Lanes8 z, out Lanes8 w)
    {
        Vector512<double> rows04 = TwoRows(ref source, ref rows), rows15 = TwoRows(ref source, ref Unsafe.Add(ref rows, 1));
        Vector512<double> rows26 = TwoRows(ref source, ref Unsafe.Add(ref rows, 2)), rows37 = TwoRows(ref source, ref Unsafe.Add(ref rows, 3));
        Vector512<double> xz01 = Avx512F.UnpackLow(rows04, rows15), yw01 = Avx512F.UnpackHigh(rows04, rows15);
        Vector512<double> xz23 = Avx512F.UnpackLow(rows26, rows37), yw23 = Avx512F.UnpackHigh(rows26, rows37);
        Vector512<long> first = Vector512.Create(0L, 1, 8, 9, 4, 5, 12, 13), second = Vector512.Create(2L, 3, 10, 11, 6, 7, 14, 15);
        x = new() { _v = Avx512F.PermuteVar8x64x2(xz01, first, xz23) };
        y = new() { _v = Avx512F.PermuteVar8x64x2(yw01, first, yw23) };
        z = new() { _v = Avx512F.PermuteVar8x64x2(xz01, second, xz23) };
        w = new() { _v = Avx512F.PermuteVar8x64x2(yw01, second, yw23) };
    }

    // Rows 0, 2, 4, 6 side by side, rows 1, 3, 5, 7 side by side.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void LoadRows(ref double source, ref int rows, out Lanes8 x, out Lanes8 y)
    {
        Vector512<double> even = Join(TwoPairs(ref source, ref rows), TwoPairs(ref source, ref Unsafe.Add(ref rows, 4)));
        Vector512<double> odd = Join(TwoPairs(ref source, ref Unsafe.Add(ref rows, 1)), TwoPairs(ref source, ref Unsafe.Add(ref rows, 5)));
        x = new() { _v = Avx512F.UnpackLow(even, odd) };
        y = new() { _v = Avx512F.UnpackHigh(even, odd) };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> TwoRows(ref double source, ref int rows) => Join(
        Vector256.LoadUnsafe(ref Unsafe.Add(ref source, rows)), Vector256.LoadUnsafe(ref Unsafe.Add(ref source, Unsafe.Add(ref rows, 4))));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> TwoPairs(ref double source, ref int rows) => Avx.InsertVector128(
        Vector128.LoadUnsafe(ref Unsafe.Add(ref source, rows)).ToVector256Unsafe(),
        Vector128.LoadUnsafe(ref Unsafe.Add(ref source, Unsafe.Add(ref rows, 2))),
        1);

    // Not Vector512.Create(lower, upper): that inserts both halves, the first one needlessly, and waits for the register's old content.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Join(Vector256<double> lower, Vector256<double> upper) =>
        Avx512F.InsertVector256(lower.ToVector512Unsafe(), upper, 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreRows(ref double destination, Lanes8 x, Lanes8 y, Lanes8 z, Lanes8 w)
    {
        Transpose(x, y, z, w, out Vector512<double> rows02, out Vector512<double> rows13, out Vector512<double> rows46, out Vector512<double> rows57);
        Join(rows02.GetLower(), rows13.GetLower()).StoreUnsafe(ref destination);
        Join(rows02.GetUpper(), rows13.GetUpper()).StoreUnsafe(ref destination, 8);
        Join(rows46.GetLower(), rows57.GetLower()).StoreUnsafe(ref destination, 16);
        Join(rows46.GetUpper(), rows57.GetUpper()).StoreUnsafe(ref destination, 24);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreRows(ref double destination, Lanes8 x, Lanes8 y)
    {
        Vector512<double> even = Avx512F.UnpackLow(x._v, y._v), odd = Avx512F.UnpackHigh(x._v, y._v);
        Avx512F.PermuteVar8x64x2(even, Vector512.Create(0L, 1, 8, 9, 2, 3, 10, 11), odd).StoreUnsafe(ref destination);
        Avx512F.PermuteVar8x64x2(even, Vector512.Create(4L, 5, 12, 13, 6, 7, 14, 15), odd).StoreUnsafe(ref destination, 8);
    }

    // Without a method for a single row: the compiler counts what it inlines, eight times over for every vector of a sweep.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddRows(ref double destination, ref int rows, Lanes8 x, Lanes8 y, Lanes8 z, Lanes8 w)
    {
        Transpose(x, y, z, w, out Vector512<double> rows02, out Vector512<double> rows13, out Vector512<double> rows46, out Vector512<double> rows57);
        (Vector256.LoadUnsafe(ref Unsafe.Add(ref destination, rows)) + rows02.GetLower()).StoreUnsafe(ref Unsafe.Add(ref destination, rows));
        (Vector256.LoadUnsafe(ref Unsafe.Add(ref destination, Unsafe.Add(ref rows, 1))) + rows13.GetLower()).StoreUnsafe(ref Unsafe.Add(ref destination, Unsafe.Add(ref rows, 1)));
        (Vector256.LoadUnsafe(ref Unsafe.Add(ref destination, Unsafe.Add(ref rows, 2))) + rows02.GetUpper()).StoreUnsafe(ref Unsafe.Add(ref destination, Unsafe.Add(ref rows, 2)));
        (Vector256.LoadUnsafe(ref Unsafe.Add(ref destination, Unsafe.Add(ref rows, 3))) + rows13.GetUpper()).StoreUnsafe(ref Unsafe.Add(ref destination, Unsafe.Add(ref rows, 3)));
        (Vector256.LoadUnsafe(ref Unsafe.Add(ref destination, Unsafe.Add(ref rows, 4))) + rows46.GetLower()).StoreUnsafe(ref Unsafe.Add(ref destination, Unsafe.Add(ref rows, 4)));
        (Vector256.LoadUnsafe(ref Unsafe.Add(ref destination, Unsafe.Add(ref rows, 5))) + rows57.GetLower()).StoreUnsafe(ref Unsafe.Add(ref destination, Unsafe.Add(ref rows, 5)));
        (Vector256.LoadUnsafe(ref Unsafe.Add(ref destination, Unsafe.Add(ref rows, 6))) + rows46.GetUpper()).StoreUnsafe(ref Unsafe.Add(ref destination, Unsafe.Add(ref rows, 6)));
        (Vector256.LoadUnsafe(ref Unsafe.Add(ref destination, Unsafe.Add(ref rows, 7))) + rows57.GetUpper()).StoreUnsafe(ref Unsafe.Add(ref destination, Unsafe.Add(ref rows, 7)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddRows(ref double destination, ref int rows, Lanes8 x, Lanes8 y)
    {
        Vector512<double> even = Avx512F.UnpackLow(x._v, y._v), odd = Avx512F.UnpackHigh(x._v, y._v);
        (Vector128.LoadUnsafe(ref Unsafe.Add(ref destination, rows)) + even.GetLower().GetLower()).StoreUnsafe(ref Unsafe.Add(ref destination, rows));
        (Vector128.LoadUnsafe(ref Unsafe.Add(ref destination, Unsafe.Add(ref rows, 1))) + odd.GetLower().GetLower()).StoreUnsafe(ref Unsafe.Add(ref destination, Unsafe.Add(ref rows, 1)));
        (Vector128.LoadUnsafe(ref Unsafe.Add(ref destination, Unsafe.Add(ref rows, 2))) + even.GetLower().GetUpper()).StoreUnsafe(ref Unsafe.Add(ref destination, Unsafe.Add(ref rows, 2)));
        (Vector128.LoadUnsafe(ref Unsafe.Add(ref destination, Unsafe.Add(ref rows, 3))) + odd.GetLower().GetUpper()).StoreUnsafe(ref Unsafe.Add(ref destination, Unsafe.Add(ref rows, 3)));
        (Vector128.LoadUnsafe(ref Unsafe.Add(ref destination, Unsafe.Add(ref rows, 4))) + even.GetUpper().GetLower()).StoreUnsafe(ref Unsafe.Add(ref destination, Unsafe.Add(ref rows, 4)));
        (Vector128.LoadUnsafe(ref Unsafe.Add(ref destination, Unsafe.Add(ref rows, 5))) + odd.GetUpper().GetLower()).StoreUnsafe(ref Unsafe.Add(ref destination, Unsafe.Add(ref rows, 5)));
        (Vector128.LoadUnsafe(ref Unsafe.Add(ref destination, Unsafe.Add(ref rows, 6))) + even.GetUpper().GetUpper()).StoreUnsafe(ref Unsafe.Add(ref destination, Unsafe.Add(ref rows, 6)));
        (Vector128.LoadUnsafe(ref Unsafe.Add(ref destination, Unsafe.Add(ref rows, 7))) + odd.GetUpper().GetUpper()).StoreUnsafe(ref Unsafe.Add(ref destination, Unsafe.Add(ref rows, 7)));
    }

    // Eight rows of four numbers, two of them to a register.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose(
        Lanes8 x, Lanes8 y, Lanes8 z, Lanes8 w, out Vector512<double> rows02, out Vector512<double> rows13, out Vector512<double> rows46, out Vector512<double> rows57)
    {
        Vector512<double> xyEven = Avx512F.UnpackLow(x._v, y._v), xyOdd = Avx512F.UnpackHigh(x._v, y._v);
        Vector512<double> zwEven = Avx512F.UnpackLow(z._v, w._v), zwOdd = Avx512F.UnpackHigh(z._v, w._v);
        Vector512<long> lower = Vector512.Create(0L, 1, 8, 9, 2, 3, 10, 11), upper = Vector512.Create(4L, 5, 12, 13, 6, 7, 14, 15);
        rows02 = Avx512F.PermuteVar8x64x2(xyEven, lower, zwEven);
        rows13 = Avx512F.PermuteVar8x64x2(xyOdd, lower, zwOdd);
        rows46 = Avx512F.PermuteVar8x64x2(xyEven, upper, zwEven);
        rows57 = Avx512F.PermuteVar8x64x2(xyOdd, upper, zwOdd);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 MultiplyAdd(Lanes8 x, Lanes8 y, Lanes8 z) => new() { _v = Avx512F.FusedMultiplyAdd(x._v, y._v, z._v) };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 NegativeMultiplyAdd(Lanes8 x, Lanes8 y, Lanes8 z) => new() { _v = Avx512F.FusedMultiplyAddNegated(x._v, y._v, z._v) };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Round(Lanes8 value) => new() { _v = Vector512.Round(value._v) };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Sqrt(Lanes8 value) => new() { _v = Vector512.Sqrt(value._v) };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Abs(Lanes8 value) => new() { _v = Vector512.Abs(value._v) };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Max(Lanes8 x, Lanes8 y) => new() { _v = Vector512.MaxNative(x._v, y._v) };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 SelectLess(Lanes8 x, Lanes8 y, Lanes8 ifLess, Lanes8 otherwise) =>
        new() { _v = Vector512.ConditionalSelect(Vector512.LessThan(x._v, y._v), ifLess._v, otherwise._v) };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void KeepBetween(Lanes8 low, Lanes8 x, Lanes8 high, ref Lanes8 a, ref Lanes8 b)
    {
        Vector512<double> isInside = Vector512.LessThan(low._v, x._v) & Vector512.LessThan(x._v, high._v);
        a = new() { _v = Vector512.ConditionalSelect(isInside, a._v, Vector512<double>.Zero) };
        b = new() { _v = Vector512.ConditionalSelect(isInside, b._v, Vector512<double>.Zero) };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint LessMask(Lanes8 x, Lanes8 y) => (uint)Vector512.LessThan(x._v, y._v).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Compress(uint mask, ref int source, ref int destination)
    {
        // A byte per lane that is kept, then the numbers of those lanes squeezed together: the order in which to take them.
        ulong order = Bmi2.X64.ParallelBitExtract(0x0706050403020100, Bmi2.X64.ParallelBitDeposit(mask, 0x0101010101010101) * 0xFF);
        Vector256<int> lanes = Avx2.ConvertToVector256Int32(Vector128.CreateScalarUnsafe(order).AsByte());
        Avx2.PermuteVar8x32(Vector256.LoadUnsafe(ref source), lanes).StoreUnsafe(ref destination);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 operator +(Lanes8 x, Lanes8 y) => new() { _v = x._v + y._v };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 operator -(Lanes8 x, Lanes8 y) => new() { _v = x._v - y._v };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 operator *(Lanes8 x, Lanes8 y) => new() { _v = x._v * y._v };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 operator /(Lanes8 x, Lanes8 y) => new() { _v = x._v / y._v };
}
