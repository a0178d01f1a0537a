using System.Runtime.CompilerServices;

namespace FastNqe.Contractions;

/// <summary>One lane: plain double arithmetic. It runs everywhere and is the reference for the wider ones.</summary>
internal readonly struct Lanes1(double value) : ILanes<Lanes1>
{
    private readonly double _v = value;

    public double Value => _v;

    public static int Count => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 Splat(double value) => new(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 Load(ref double source, nint offset) => new(Unsafe.Add(ref source, offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes1 value, ref double destination, nint offset) => Unsafe.Add(ref destination, offset) = value._v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void LoadRows(ref double source, ref int rows, out Lanes1 x, out Lanes1 y, out Lanes1 z, out Lanes1 w)
    {
        ref double row = ref Unsafe.Add(ref source, rows);
        (x, y, z, w) = (new(row), new(Unsafe.Add(ref row, 1)), new(Unsafe.Add(ref row, 2)), new(Unsafe.Add(ref row, 3)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void LoadRows(ref double source, ref int rows, out Lanes1 x, out Lanes1 y)
    {
        ref double row = ref Unsafe.Add(ref source, rows);
        (x, y) = (new(row), new(Unsafe.Add(ref row, 1)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreRows(ref double destination, Lanes1 x, Lanes1 y, Lanes1 z, Lanes1 w)
    {
        StoreRows(ref destination, x, y);
        StoreRows(ref Unsafe.Add(ref destination, 2), z, w);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreRows(ref double destination, Lanes1 x, Lanes1 y)
    {
        destination = x._v;
        Unsafe.Add(ref destination, 1) = y._v;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddRows(ref double destination, ref int rows, Lanes1 x, Lanes1 y, Lanes1 z, Lanes1 w)
    {
        AddRows(ref destination, ref rows, x, y);
        AddRows(ref Unsafe.Add(ref destination, 2), ref rows, z, w);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddRows(ref double destination, ref int rows, Lanes1 x, Lanes1 y)
    {
        ref double row = ref Unsafe.Add(ref destination, rows);
        row += x._v;
        Unsafe.Add(ref row, 1) += y._v;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 MultiplyAdd(Lanes1 x, Lanes1 y, Lanes1 z) => new(Math.FusedMultiplyAdd(x._v, y._v, z._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 NegativeMultiplyAdd(Lanes1 x, Lanes1 y, Lanes1 z) => new(Math.FusedMultiplyAdd(-x._v, y._v, z._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 Round(Lanes1 value) => new(Math.Round(value._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 Sqrt(Lanes1 value) => new(Math.Sqrt(value._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 Abs(Lanes1 value) => new(Math.Abs(value._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 Max(Lanes1 x, Lanes1 y) => new(x._v > y._v ? x._v : y._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 SelectLess(Lanes1 x, Lanes1 y, Lanes1 ifLess, Lanes1 otherwise) => new(x._v < y._v ? ifLess._v : otherwise._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void KeepBetween(Lanes1 low, Lanes1 x, Lanes1 high, ref Lanes1 a, ref Lanes1 b)
    {
        bool isInside = low._v < x._v & x._v < high._v;
        a = new(isInside ? a._v : 0);
        b = new(isInside ? b._v : 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint LessMask(Lanes1 x, Lanes1 y) => x._v < y._v ? 1u : 0u;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Compress(uint mask, ref int source, ref int destination) => destination = source;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 operator +(Lanes1 x, Lanes1 y) => new(x._v + y._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 operator -(Lanes1 x, Lanes1 y) => new(x._v - y._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 operator *(Lanes1 x, Lanes1 y) => new(x._v * y._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 operator /(Lanes1 x, Lanes1 y) => new(x._v / y._v);
}
