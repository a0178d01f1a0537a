using System.Runtime.CompilerServices;
using FastNqe.Contractions;

namespace FastNqe.Tests;

/// <summary>Eight lanes of two 256-bit registers: what kernels do with eight lanes, on processors without AVX-512.</summary>
internal readonly struct TwoLanes4(Lanes4 low, Lanes4 high) : ILanes<TwoLanes4>
{
    private readonly Lanes4 _low = low, _high = high;

    public static int Count => 8;

    public static TwoLanes4 Splat(double value) => new(Lanes4.Splat(value), Lanes4.Splat(value));

    public static TwoLanes4 Load(ref double source, nint offset) => new(Lanes4.Load(ref source, offset), Lanes4.Load(ref source, offset + 4));

    public static void Store(TwoLanes4 value, ref double destination, nint offset)
    {
        Lanes4.Store(value._low, ref destination, offset);
        Lanes4.Store(value._high, ref destination, offset + 4);
    }

    public static void LoadRows(ref double source, ref int rows, out TwoLanes4 x, out TwoLanes4 y, out TwoLanes4 z, out TwoLanes4 w)
    {
        Lanes4.LoadRows(ref source, ref rows, out Lanes4 x0, out Lanes4 y0, out Lanes4 z0, out Lanes4 w0);
        Lanes4.LoadRows(ref source, ref Unsafe.Add(ref rows, 4), out Lanes4 x1, out Lanes4 y1, out Lanes4 z1, out Lanes4 w1);
        (x, y, z, w) = (new(x0, x1), new(y0, y1), new(z0, z1), new(w0, w1));
    }

    public static void LoadRows(ref double source, ref int rows, out TwoLanes4 x, out TwoLanes4 y)
    {
        Lanes4.LoadRows(ref source, ref rows, out Lanes4 x0, out Lanes4 y0);
        Lanes4.LoadRows(ref source, ref Unsafe.Add(ref rows, 4), out Lanes4 x1, out Lanes4 y1);
        (x, y) = (new(x0, x1), new(y0, y1));
    }

    public static void StoreRows(ref double destination, TwoLanes4 x, TwoLanes4 y, TwoLanes4 z, TwoLanes4 w)
    {
        Lanes4.StoreRows(ref destination, x._low, y._low, z._low, w._low);
        Lanes4.StoreRows(ref Unsafe.Add(ref destination, 16), x._high, y._high, z._high, w._high);
    }

    public static void StoreRows(ref double destination, TwoLanes4 x, TwoLanes4 y)
    {
        Lanes4.StoreRows(ref destination, x._low, y._low);
        Lanes4.StoreRows(ref Unsafe.Add(ref destination, 8), x._high, y._high);
    }

    public static void AddRows(ref double destination, ref int rows, TwoLanes4 x, TwoLanes4 y, TwoLanes4 z, TwoLanes4 w)
    {
        Lanes4.AddRows(ref destination, ref rows, x._low, y._low, z._low, w._low);
        Lanes4.AddRows(ref destination, ref Unsafe.Add(ref rows, 4), x._high, y._high, z._high, w._high);
    }

    public static void AddRows(ref double destination, ref int rows, TwoLanes4 x, TwoLanes4 y)
    {
        Lanes4.AddRows(ref destination, ref rows, x._low, y._low);
        Lanes4.AddRows(ref destination, ref Unsafe.Add(ref rows, 4), x._high, y._high);
    }

    public static TwoLanes4 MultiplyAdd(TwoLanes4 x, TwoLanes4 y, TwoLanes4 z) =>
        new(Lanes4.MultiplyAdd(x._low, y._low, z._low), Lanes4.MultiplyAdd(x._high, y._high, z._high));

    public static TwoLanes4 NegativeMultiplyAdd(TwoLanes4 x, TwoLanes4 y, TwoLanes4 z) =>
        new(Lanes4.NegativeMultiplyAdd(x._low, y._low, z._low), Lanes4.NegativeMultiplyAdd(x._high, y._high, z._high));

    public static TwoLanes4 Round(TwoLanes4 value) => new(Lanes4.Round(value._low), Lanes4.Round(value._high));

    public static TwoLanes4 Sqrt(TwoLanes4 value) => new(Lanes4.Sqrt(value._low), Lanes4.Sqrt(value._high));

    public static TwoLanes4 Abs(TwoLanes4 value) => new(Lanes4.Abs(value._low), Lanes4.Abs(value._high));

    public static TwoLanes4 Max(TwoLanes4 x, TwoLanes4 y) => new(Lanes4.Max(x._low, y._low), Lanes4.Max(x._high, y._high));

    public static TwoLanes4 SelectLess(TwoLanes4 x, TwoLanes4 y, TwoLanes4 ifLess, TwoLanes4 otherwise) =>
        new(Lanes4.SelectLess(x._low, y._low, ifLess._low, otherwise._low), Lanes4.SelectLess(x._high, y._high, ifLess._high, otherwise._high));

    public static void KeepBetween(TwoLanes4 low, TwoLanes4 x, TwoLanes4 high, ref TwoLanes4 a, ref TwoLanes4 b)
    {
        (Lanes4 a0, Lanes4 a1, Lanes4 b0, Lanes4 b1) = (a._low, a._high, b._low, b._high);
        Lanes4.KeepBetween(low._low, x._low, high._low, ref a0, ref b0);
        Lanes4.KeepBetween(low._high, x._high, high._high, ref a1, ref b1);
        (a, b) = (new(a0, a1), new(b0, b1));
    }

    public static uint LessMask(TwoLanes4 x, TwoLanes4 y) => Lanes4.LessMask(x._low, y._low) | Lanes4.LessMask(x._high, y._high) << 4;

    public static void Compress(uint mask, ref int source, ref int destination) => throw new NotSupportedException("sums have no use for it");

    public static TwoLanes4 operator +(TwoLanes4 x, TwoLanes4 y) => new(x._low + y._low, x._high + y._high);

    public static TwoLanes4 operator -(TwoLanes4 x, TwoLanes4 y) => new(x._low - y._low, x._high - y._high);

    public static TwoLanes4 operator *(TwoLanes4 x, TwoLanes4 y) => new(x._low * y._low, x._high * y._high);

    public static TwoLanes4 operator /(TwoLanes4 x, TwoLanes4 y) => new(x._low / y._low, x._high / y._high);
}
