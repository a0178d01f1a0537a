using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FastNqe.Contractions;

/// <summary>
/// M applied to eight vectors at once: lanes are vectors, and a pair's separation and coefficients are read once for all of them. Each
/// vector's sums are taken in the order of <see cref="PairSweep{TContraction, TFormat}"/>, so the products have the same bits.
/// </summary>
/// <remarks>Fields of eight vectors: for every particle d groups of eight numbers, one group per component.</remarks>
/// <param name="list">Who neighbours whom.</param>
/// <param name="stored">The columns of all slices, or null; reduced ones are not read here, only asked for ahead of <paramref name="fill"/>.</param>
/// <param name="fill">Computes the low lines of a slice's columns where they are not stored.</param>
/// <param name="scratch">Per thread, as in <see cref="PairSweep{TContraction, TFormat}"/>.</param>
/// <param name="ahead">Whether memory is asked for ahead of its use.</param>
/// <param name="z">Eight vectors.</param>
/// <param name="products">Receives M times each.</param>
internal readonly struct BlockSweep(SlicedList list, PairColumns? stored, ColumnFill fill, PairColumns[] scratch, bool ahead, RowField z, RowField products) : IChunkedKernel
{
    /// <summary>Vectors per block.</summary>
    public const int Size = 8;

    // Bounds: as in PairSweep, with 8·d numbers per slot in z and products.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<T, TDim>(int firstChunk, int endChunk, int thread)
        where T : unmanaged, ILanes<T>
        where TDim : struct, IDimension
    {
        ref int rows = ref MemoryMarshal.GetArrayDataReference(list.Rows);
        int endSlice = Math.Min(endChunk * SweepChunks.Size, list.SliceCount);
        for (int slice = firstChunk * SweepChunks.Size; slice < endSlice; slice++)
        {
            int begin = list.FirstColumn[slice], count = list.FirstColumn[slice + 1] - begin;
            bool isWhole = stored is { IsReduced: false };
            PairColumns columns = isWhole ? stored! : scratch[thread];
            if (!isWhole)
                fill.Fill(slice, columns);
            ref double column = ref columns.LowAt(isWhole ? begin : 0);
            for (int lane = 0; lane < SlicedList.SliceSize; lane++)
            {
                nint own = (nint)(slice * SlicedList.SliceSize + lane) * Size * TDim.Value;
                // The first lanes ask for a line each of the next slice's stored columns: the first one to read them would wait for all of them.
                nint next = ahead && stored is not null && lane < PairColumn.LowStride(TDim.Value) / SlicedList.SliceSize
                    ? Unsafe.ByteOffset(ref column, ref stored.LowAt(begin + count)) / sizeof(double) + lane * (SlicedList.SliceSize - 1)
                    : 0;
                for (int vector = 0; vector < Size; vector += T.Count)
                {
                    SumColumns<T, TDim>(
                        ref Unsafe.Add(ref z.Origin, vector), own, ref Unsafe.Add(ref rows, (nint)begin * SlicedList.SliceSize + lane), ref Unsafe.Add(ref column, lane), count, ahead, next,
                        ref Unsafe.Add(ref products.Origin, own + vector));
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void SumColumns<T, TDim>(ref double z, nint own, ref int neighbour, ref double column, int count, bool ahead, nint next, ref double product)
        where T : unmanaged, ILanes<T>
        where TDim : struct, IDimension
    {
        PairVector<T, TDim> ownZ = PairVector<T, TDim>.Components(ref Unsafe.Add(ref z, own), Size), sum = default;
        for (; count > 0; count--)
        {
            if (ahead)
            {
                Prefetch.Line<T>(ref column, next);
                Prefetch.Components<T>(ref z, Unsafe.Add(ref neighbour, Prefetch.Distance * SlicedList.SliceSize) * (Size * TDim.Value / TDim.RowWidth), Size, TDim.Value);
            }
            // Where the neighbour's eight vectors begin, from where its row begins in an ordinary field.
            nint other = (nint)neighbour * (Size * TDim.Value / TDim.RowWidth);
            PairVector<T, TDim> along = PairVector<T, TDim>.Components(ref Unsafe.Add(ref z, other), Size) - ownZ;
            PairVector<T, TDim> x = PairVector<T, TDim>.Splat(ref column, SlicedList.SliceSize);
            ref double coefficients = ref Unsafe.Add(ref column, SlicedList.SliceSize * TDim.Value);
            T a = PairVector<T, TDim>.Dot(x, along);
            sum.Add(T.Splat(Unsafe.Add(ref coefficients, 8)) * a, x, T.Splat(coefficients), along);
            neighbour = ref Unsafe.Add(ref neighbour, SlicedList.SliceSize);
            column = ref Unsafe.Add(ref column, PairColumn.LowStride(TDim.Value));
        }
        (-sum).StoreColumn(ref product, 0);
    }
}
