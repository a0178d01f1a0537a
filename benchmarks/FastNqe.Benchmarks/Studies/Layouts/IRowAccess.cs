using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using FastNqe.Contractions;

namespace FastNqe.Benchmarks.Studies.Layouts;

/// <summary>How a column's neighbours are read.</summary>
internal interface IRowAccess
{
    /// <summary>Component c of lane k is field[rows[k] + c·stride].</summary>
    static abstract PairVector<T, D3> Load<T>(ref double field, nint stride, ref int rows) where T : unmanaged, ILanes<T>;

    /// <summary>Asks for what a column some way ahead will read.</summary>
    static abstract void Ask<T>(ref double field, nint stride, ref int rows) where T : unmanaged, ILanes<T>;
}

/// <summary>A load per neighbour, then transposition in registers: the library's way. The components of a row lie side by side.</summary>
internal readonly struct TransposedRows : IRowAccess
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairVector<T, D3> Load<T>(ref double field, nint stride, ref int rows) where T : unmanaged, ILanes<T> =>
        PairVector<T, D3>.Rows(ref field, ref rows);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Ask<T>(ref double field, nint stride, ref int rows) where T : unmanaged, ILanes<T> => Prefetch.Rows<T>(ref field, ref rows);
}

/// <summary>A gather instruction per component. .NET offers none of 512 bits: eight lanes take two of 256.</summary>
internal readonly unsafe struct GatheredComponents : IRowAccess
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairVector<T, D3> Load<T>(ref double field, nint stride, ref int rows) where T : unmanaged, ILanes<T>
    {
        PairVector<T, D3> v = default;
        v.X = Component<T>(ref field, ref rows);
        v.Y = Component<T>(ref Unsafe.Add(ref field, stride), ref rows);
        v.Z = Component<T>(ref Unsafe.Add(ref field, 2 * stride), ref rows);
        return v;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Ask<T>(ref double field, nint stride, ref int rows) where T : unmanaged, ILanes<T>
    {
        Prefetch.Rows<T>(ref field, ref rows);
        if (stride == 1)
            return;
        Prefetch.Rows<T>(ref Unsafe.Add(ref field, stride), ref rows);
        Prefetch.Rows<T>(ref Unsafe.Add(ref field, 2 * stride), ref rows);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Component<T>(ref double component, ref int rows) where T : unmanaged, ILanes<T> => T.Count == 8
        ? Unsafe.BitCast<Vector512<double>, T>(Avx512F.InsertVector256(Four(ref component, ref rows).ToVector512Unsafe(), Four(ref component, ref Unsafe.Add(ref rows, 4)), 1))
        : Unsafe.BitCast<Vector256<double>, T>(Four(ref component, ref rows));

    // Fields are pinned.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Four(ref double component, ref int rows) =>
        Avx2.GatherVector256((double*)Unsafe.AsPointer(ref component), Vector128.LoadUnsafe(ref rows), sizeof(double));
}
