using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FastNqe.Contractions;

/// <summary>Four lanes: 256-bit registers, AVX2 with FMA.</summary>
internal readonly struct Lanes4(Vector256<double> value) : ILanes<Lanes4>
{
    private readonly Vector256<double> _v = value;

    public static int Count => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Splat(double value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Load(ref double source, nint offset) => new(Vector256.LoadUnsafe(ref Unsafe.Add(ref source, offset)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes4 value, ref double destination, nint offset) => value._v.StoreUnsafe(ref Unsafe.Add(ref destination, offset));

    // Rows are loaded in halves: rows 0 and 2 side by side, rows 1 and 3 side by side, so that one unpack puts a component's
    // four values in order. The upper halves are inserted straight from memory.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void LoadRows(ref double source, ref int rows, nint offset, int width, out Lanes4 x, out Lanes4 y, out Lanes4 z, out Lanes4 w)
    {
        ref double row0 = ref Unsafe.Add(ref source, Unsafe.Add(ref rows, offset));
        ref double row1 = ref Unsafe.Add(ref source, Unsafe.Add(ref rows, offset + 1));
        ref double row2 = ref Unsafe.Add(ref source, Unsafe.Add(ref rows, offset + 2));
        ref double row3 = ref Unsafe.Add(ref source, Unsafe.Add(ref rows, offset + 3));
        Vector256<double> even = Vector256.Create(Vector128.LoadUnsafe(ref row0), Vector128.LoadUnsafe(ref row2));
        Vector256<double> odd = Vector256.Create(Vector128.LoadUnsafe(ref row1), Vector128.LoadUnsafe(ref row3));
        x = new(Avx.UnpackLow(even, odd));
        y = new(Avx.UnpackHigh(even, odd));
        if (width == 2)
        {
            (z, w) = (x, y);
            return;
        }
        even = Vector256.Create(Vector128.LoadUnsafe(ref row0, 2), Vector128.LoadUnsafe(ref row2, 2));
        odd = Vector256.Create(Vector128.LoadUnsafe(ref row1, 2), Vector128.LoadUnsafe(ref row3, 2));
        z = new(Avx.UnpackLow(even, odd));
        w = new(Avx.UnpackHigh(even, odd));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreRows(ref double destination, nint offset, int width, Lanes4 x, Lanes4 y, Lanes4 z, Lanes4 w)
    {
        ref double row = ref Unsafe.Add(ref destination, offset);
        Vector256<double> even = Avx.UnpackLow(x._v, y._v);
        Vector256<double> odd = Avx.UnpackHigh(x._v, y._v);
        even.GetLower().StoreUnsafe(ref row);
        odd.GetLower().StoreUnsafe(ref row, (nuint)width);
        even.GetUpper().StoreUnsafe(ref row, (nuint)(2 * width));
        odd.GetUpper().StoreUnsafe(ref row, (nuint)(3 * width));
        if (width == 2)
            return;
        even = Avx.UnpackLow(z._v, w._v);
        odd = Avx.UnpackHigh(z._v, w._v);
        even.GetLower().StoreUnsafe(ref row, 2);
        odd.GetLower().StoreUnsafe(ref row, (nuint)(width + 2));
        even.GetUpper().StoreUnsafe(ref row, (nuint)(2 * width + 2));
        odd.GetUpper().StoreUnsafe(ref row, (nuint)(3 * width + 2));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 MultiplyAdd(Lanes4 x, Lanes4 y, Lanes4 z) => new(Vector256.FusedMultiplyAdd(x._v, y._v, z._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 NegativeMultiplyAdd(Lanes4 x, Lanes4 y, Lanes4 z) => new(Fma.MultiplyAddNegated(x._v, y._v, z._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Round(Lanes4 value) => new(Vector256.Round(value._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Sqrt(Lanes4 value) => new(Vector256.Sqrt(value._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Abs(Lanes4 value) => new(Vector256.Abs(value._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Max(Lanes4 x, Lanes4 y) => new(Vector256.MaxNative(x._v, y._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 SelectLess(Lanes4 x, Lanes4 y, Lanes4 ifLess, Lanes4 otherwise) =>
        new(Vector256.ConditionalSelect(Vector256.LessThan(x._v, y._v), ifLess._v, otherwise._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint LessMask(Lanes4 x, Lanes4 y) => Vector256.LessThan(x._v, y._v).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 operator +(Lanes4 x, Lanes4 y) => new(x._v + y._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 operator -(Lanes4 x, Lanes4 y) => new(x._v - y._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 operator *(Lanes4 x, Lanes4 y) => new(x._v * y._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 operator /(Lanes4 x, Lanes4 y) => new(x._v / y._v);
}
