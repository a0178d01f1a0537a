using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FastNqe.Contractions;

/// <summary>Four lanes: 256-bit registers, AVX2 with FMA.</summary>
internal struct Lanes4 : ILanes<Lanes4>
{
    // Set by initialisers: a constructor would cost the compiler two more locals per operation, and it inlines only up to 512 of them into a method.
    private Vector256<double> _v;

    public static int Count => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Splat(double value) => new() { _v = Vector256.Create(value) };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Load(ref double source, nint offset) => new() { _v = Vector256.LoadUnsafe(ref Unsafe.Add(ref source, offset)) };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes4 value, ref double destination, nint offset) => value._v.StoreUnsafe(ref Unsafe.Add(ref destination, offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void LoadRows(ref double source, ref int rows, out Lanes4 x, out Lanes4 y, out Lanes4 z, out Lanes4 w)
    {
        LoadRows(ref source, ref rows, out x, out y);
        LoadRows(ref Unsafe.Add(ref source, 2), ref rows, out z, out w);
    }

    // Rows 0 and 2 side by side, rows 1 and 3 side by side: then one unpack puts a component's four values in order, and the upper halves
    // are inserted straight from memory.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void LoadRows(ref double source, ref int rows, out Lanes4 x, out Lanes4 y)
    {
        Vector256<double> even = TwoRows(ref source, ref rows), odd = TwoRows(ref source, ref Unsafe.Add(ref rows, 1));
        x = new() { _v = Avx.UnpackLow(even, odd) };
        y = new() { _v = Avx.UnpackHigh(even, odd) };
    }

    // Not Vector256.Create(lower, upper): that inserts both halves, the first one needlessly.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> TwoRows(ref double source, ref int rows) => Avx.InsertVector128(
        Vector128.LoadUnsafe(ref Unsafe.Add(ref source, rows)).ToVector256Unsafe(),
        Vector128.LoadUnsafe(ref Unsafe.Add(ref source, Unsafe.Add(ref rows, 2))),
        1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreRows(ref double destination, Lanes4 x, Lanes4 y, Lanes4 z, Lanes4 w)
    {
        StoreHalves(ref destination, 4, x, y);
        StoreHalves(ref Unsafe.Add(ref destination, 2), 4, z, w);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreRows(ref double destination, Lanes4 x, Lanes4 y) => StoreHalves(ref destination, 2, x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreHalves(ref double destination, nuint width, Lanes4 x, Lanes4 y)
    {
        Vector256<double> even = Avx.UnpackLow(x._v, y._v), odd = Avx.UnpackHigh(x._v, y._v);
        even.GetLower().StoreUnsafe(ref destination);
        odd.GetLower().StoreUnsafe(ref destination, width);
        even.GetUpper().StoreUnsafe(ref destination, 2 * width);
        odd.GetUpper().StoreUnsafe(ref destination, 3 * width);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddRows(ref double destination, ref int rows, Lanes4 x, Lanes4 y, Lanes4 z, Lanes4 w)
    {
        Vector256<double> xyEven = Avx.UnpackLow(x._v, y._v), xyOdd = Avx.UnpackHigh(x._v, y._v);
        Vector256<double> zwEven = Avx.UnpackLow(z._v, w._v), zwOdd = Avx.UnpackHigh(z._v, w._v);
        (Vector256.LoadUnsafe(ref Unsafe.Add(ref destination, rows)) + Avx.Permute2x128(xyEven, zwEven, 0x20)).StoreUnsafe(ref Unsafe.Add(ref destination, rows));
        (Vector256.LoadUnsafe(ref Unsafe.Add(ref destination, Unsafe.Add(ref rows, 1))) + Avx.Permute2x128(xyOdd, zwOdd, 0x20)).StoreUnsafe(ref Unsafe.Add(ref destination, Unsafe.Add(ref rows, 1)));
        (Vector256.LoadUnsafe(ref Unsafe.Add(ref destination, Unsafe.Add(ref rows, 2))) + Avx.Permute2x128(xyEven, zwEven, 0x31)).StoreUnsafe(ref Unsafe.Add(ref destination, Unsafe.Add(ref rows, 2)));
        (Vector256.LoadUnsafe(ref Unsafe.Add(ref destination, Unsafe.Add(ref rows, 3))) + Avx.Permute2x128(xyOdd, zwOdd, 0x31)).StoreUnsafe(ref Unsafe.Add(ref destination, Unsafe.Add(ref rows, 3)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddRows(ref double destination, ref int rows, Lanes4 x, Lanes4 y)
    {
        Vector256<double> even = Avx.UnpackLow(x._v, y._v), odd = Avx.UnpackHigh(x._v, y._v);
        (Vector128.LoadUnsafe(ref Unsafe.Add(ref destination, rows)) + even.GetLower()).StoreUnsafe(ref Unsafe.Add(ref destination, rows));
        (Vector128.LoadUnsafe(ref Unsafe.Add(ref destination, Unsafe.Add(ref rows, 1))) + odd.GetLower()).StoreUnsafe(ref Unsafe.Add(ref destination, Unsafe.Add(ref rows, 1)));
        (Vector128.LoadUnsafe(ref Unsafe.Add(ref destination, Unsafe.Add(ref rows, 2))) + even.GetUpper()).StoreUnsafe(ref Unsafe.Add(ref destination, Unsafe.Add(ref rows, 2)));
        (Vector128.LoadUnsafe(ref Unsafe.Add(ref destination, Unsafe.Add(ref rows, 3))) + odd.GetUpper()).StoreUnsafe(ref Unsafe.Add(ref destination, Unsafe.Add(ref rows, 3)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 MultiplyAdd(Lanes4 x, Lanes4 y, Lanes4 z) => new() { _v = Vector256.FusedMultiplyAdd(x._v, y._v, z._v) };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 NegativeMultiplyAdd(Lanes4 x, Lanes4 y, Lanes4 z) => new() { _v = Fma.MultiplyAddNegated(x._v, y._v, z._v) };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Round(Lanes4 value) => new() { _v = Vector256.Round(value._v) };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Sqrt(Lanes4 value) => new() { _v = Vector256.Sqrt(value._v) };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Abs(Lanes4 value) => new() { _v = Vector256.Abs(value._v) };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Max(Lanes4 x, Lanes4 y) => new() { _v = Vector256.MaxNative(x._v, y._v) };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 SelectLess(Lanes4 x, Lanes4 y, Lanes4 ifLess, Lanes4 otherwise) =>
        new() { _v = Vector256.ConditionalSelect(Vector256.LessThan(x._v, y._v), ifLess._v, otherwise._v) };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void KeepBetween(Lanes4 low, Lanes4 x, Lanes4 high, ref Lanes4 a, ref Lanes4 b)
    {
        Vector256<double> isInside = Avx.And(Avx.CompareLessThan(low._v, x._v), Avx.CompareLessThan(x._v, high._v));
        a = new() { _v = Avx.And(isInside, a._v) };
        b = new() { _v = Avx.And(isInside, b._v) };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint LessMask(Lanes4 x, Lanes4 y) => Vector256.LessThan(x._v, y._v).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Compress(uint mask, ref int source, ref int destination)
    {
        // As in Lanes8.
        uint order = Bmi2.ParallelBitExtract(0x03020100, Bmi2.ParallelBitDeposit(mask, 0x01010101) * 0xFF);
        Vector128<int> lanes = Sse41.ConvertToVector128Int32(Vector128.CreateScalarUnsafe(order).AsByte());
        Avx.PermuteVar(Vector128.LoadUnsafe(ref source).AsSingle(), lanes).AsInt32().StoreUnsafe(ref destination);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 operator +(Lanes4 x, Lanes4 y) => new() { _v = x._v + y._v };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 operator -(Lanes4 x, Lanes4 y) => new() { _v = x._v - y._v };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 operator *(Lanes4 x, Lanes4 y) => new() { _v = x._v * y._v };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 operator /(Lanes4 x, Lanes4 y) => new() { _v = x._v / y._v };
}
