using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace FastNqe.Contractions;

/// <summary>
/// Asks for what a sweep will need a little later. Out of cache a sweep waits not for bandwidth but for single rows: the processor looks only
/// three columns ahead by itself, and every such window holds a miss.
/// </summary>
/// <remarks>
/// Only a hint: it changes no result, and an address that does not exist is ignored. One number at a time (the scalar width) is slow
/// enough not to need it. Lines are asked for into the second-level cache: what is on its way to the first one occupies one of its few miss
/// buffers (24 on Zen 4, which at 95 ns each is 16 GB/s, half of what the memory gives).
/// </remarks>
internal static unsafe class Prefetch
{
    /// <summary>How many columns ahead; from 12 to 32 the time is the same. Lists of rows are longer than their columns by as many.</summary>
    public const int Distance = 16;

    /// <summary>Up to so many slices everything a force sweep reads stays in the caches, and asking ahead only costs instructions.</summary>
    public const int SmallestList = 1024;

    /// <summary>The rows of as many particles as there are lanes.</summary>
    /// <param name="source">The field of rows.</param>
    /// <param name="rows">Where the rows begin, <see cref="Distance"/> columns before the ones wanted.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Rows<T>(ref double source, ref int rows) where T : unmanaged, ILanes<T>
    {
        if (!Sse.IsSupported || T.Count == 1)
            return;
        double* field = (double*)Unsafe.AsPointer(ref source);
        int* ahead = (int*)Unsafe.AsPointer(ref rows) + Distance * SlicedList.SliceSize;
        Sse.Prefetch1(field + ahead[0]);
        Sse.Prefetch1(field + ahead[1]);
        Sse.Prefetch1(field + ahead[2]);
        Sse.Prefetch1(field + ahead[3]);
        if (T.Count == 4)
            return;
        Sse.Prefetch1(field + ahead[4]);
        Sse.Prefetch1(field + ahead[5]);
        Sse.Prefetch1(field + ahead[6]);
        Sse.Prefetch1(field + ahead[7]);
    }

    /// <summary>The components of one particle's vectors.</summary>
    /// <param name="source">The field.</param>
    /// <param name="first">Where the first component stands.</param>
    /// <param name="stride">Numbers from one component to the next.</param>
    /// <param name="components">From 2 to 4; a constant, folded by the compiler.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Components<T>(ref double source, nint first, int stride, int components) where T : unmanaged, ILanes<T>
    {
        if (!Sse.IsSupported || T.Count == 1)
            return;
        double* ahead = (double*)Unsafe.AsPointer(ref source) + first;
        Sse.Prefetch1(ahead);
        Sse.Prefetch1(ahead + stride);
        if (components > 2)
            Sse.Prefetch1(ahead + 2 * stride);
        if (components > 3)
            Sse.Prefetch1(ahead + 3 * stride);
    }

    /// <summary>One cache line.</summary>
    /// <param name="source">Where to count from.</param>
    /// <param name="offset">How many numbers further on it is.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Line<T>(ref double source, nint offset) where T : unmanaged, ILanes<T>
    {
        if (Sse.IsSupported && T.Count > 1)
            Sse.Prefetch1((double*)Unsafe.AsPointer(ref source) + offset);
    }

    /// <summary>The first cache lines of the stored column that is <see cref="Distance"/> further on.</summary>
    /// <param name="column">The column at hand.</param>
    /// <param name="stride">Numbers from one column to the next.</param>
    /// <param name="lines">How many lines, up to 6; a constant, folded by the compiler.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Column<T>(ref double column, int stride, int lines) where T : unmanaged, ILanes<T>
    {
        if (!Sse.IsSupported || T.Count == 1)
            return;
        double* ahead = (double*)Unsafe.AsPointer(ref column) + Distance * stride;
        Sse.Prefetch1(ahead);
        if (lines > 1)
            Sse.Prefetch1(ahead + 8);
        if (lines > 2)
            Sse.Prefetch1(ahead + 16);
        if (lines > 3)
            Sse.Prefetch1(ahead + 24);
        if (lines > 4)
            Sse.Prefetch1(ahead + 32);
        if (lines > 5)
            Sse.Prefetch1(ahead + 40);
    }
}
