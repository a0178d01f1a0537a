using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FastNqe.Contractions;

/// <summary>The fields a sweep reads and writes; what a contraction does not use stays null.</summary>
internal readonly record struct SweepFields(
    RowField Z, RowField? Y = null, RowField? W = null,
    RowField? V0 = null, RowField? V1 = null, RowField? V2 = null, RowField? V3 = null);

/// <summary>
/// One pass over all pairs: the loop that every contraction shares, for a run of chunks. A chunk's scalars are summed lane by lane in a
/// fixed order, so that nothing depends on the width or on which thread took the chunk.
/// </summary>
internal readonly struct PairSweep<TSource, TContraction>(TSource source, SlicedList list, SweepFields fields, RowField partialSums, int firstChunk, int endChunk) : IKernel
    where TSource : struct, IPairSource
    where TContraction : struct, IContraction
{
    /// <summary>Slices per chunk: the unit of work of a thread.</summary>
    public const int ChunkSize = 32;

    /// <summary>Doubles of partial sums per chunk: four scalars of eight lanes.</summary>
    public const int PartialSize = 4 * SlicedList.SliceSize;

    public void Run<T, TDim>()
        where T : unmanaged, ILanes<T>
        where TDim : struct, IDimension
    {
        // Bounds: Rows holds 8 entries for each of the columns below FirstColumn[SliceCount]; every entry is the beginning of a row
        // below the fields' length (SlicedList is only made by SlicedListBuilder, which sees to both), and fields hold
        // 8·SliceCount rows. Loads of T.Count rows from lane on stay within those 8.
        ref int rows = ref MemoryMarshal.GetArrayDataReference(list.Rows);
        ref double z = ref fields.Z.Origin;
        ref double y = ref TContraction.Directions > 1 ? ref fields.Y!.Origin : ref Unsafe.NullRef<double>();
        ref double w = ref TContraction.Directions > 2 ? ref fields.W!.Origin : ref Unsafe.NullRef<double>();
        int[] firstColumn = list.FirstColumn;
        TSource pairs = source;

        for (int chunk = firstChunk; chunk < endChunk; chunk++)
        {
            ref double partial = ref Unsafe.Add(ref partialSums.Origin, chunk * PartialSize);
            MemoryMarshal.CreateSpan(ref partial, PartialSize).Clear();
            int endSlice = Math.Min((chunk + 1) * ChunkSize, list.SliceCount);
            for (int slice = chunk * ChunkSize; slice < endSlice; slice++)
            {
                nint begin = firstColumn[slice], end = firstColumn[slice + 1];
                for (int lane = 0; lane < SlicedList.SliceSize; lane += T.Count)
                {
                    int slot = slice * SlicedList.SliceSize + lane;
                    OwnParticles<T, TDim> own = pairs.Own<T, TDim>(slot);
                    PairDirections<T, TDim> ownDirections = default, along = default;
                    ownDirections.Z = OwnRow<T, TDim>(ref z, slot);
                    if (TContraction.Directions > 1)
                        ownDirections.Y = OwnRow<T, TDim>(ref y, slot);
                    if (TContraction.Directions > 2)
                        ownDirections.W = OwnRow<T, TDim>(ref w, slot);

                    PairSums<T, TDim> sums = default;
                    for (nint column = begin; column < end; column++)
                    {
                        ref int neighbours = ref Unsafe.Add(ref rows, column * SlicedList.SliceSize + lane);
                        pairs.Pairs(TContraction.Order, column, lane, ref neighbours, own, out PairVector<T, TDim> x, out PairCoefficients<T> f);
                        along.Z = PairVector<T, TDim>.Rows(ref z, ref neighbours) - ownDirections.Z;
                        if (TContraction.Directions > 1)
                            along.Y = PairVector<T, TDim>.Rows(ref y, ref neighbours) - ownDirections.Y;
                        if (TContraction.Directions > 2)
                            along.W = PairVector<T, TDim>.Rows(ref w, ref neighbours) - ownDirections.W;
                        TContraction.Add(x, f, along, ref sums);
                    }

                    Finish(sums, slot * TDim.RowWidth, ref Unsafe.Add(ref partial, lane));
                }
            }
        }
    }

    // A pair's vector is added to j and subtracted from i; here every particle is an i.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Finish<T, TDim>(in PairSums<T, TDim> sums, nint row, ref double partial)
        where T : unmanaged, ILanes<T>
        where TDim : struct, IDimension
    {
        if (TContraction.Vectors > 0)
            sums.V0.Negated().StoreRows(ref fields.V0!.Origin, row);
        if (TContraction.Vectors > 1)
            sums.V1.Negated().StoreRows(ref fields.V1!.Origin, row);
        if (TContraction.Vectors > 2)
            sums.V2.Negated().StoreRows(ref fields.V2!.Origin, row);
        if (TContraction.Vectors > 3)
            sums.V3.Negated().StoreRows(ref fields.V3!.Origin, row);
        if (TContraction.Scalars > 0)
            T.Store(T.Load(ref partial, 0) + sums.S0, ref partial, 0);
        if (TContraction.Scalars > 1)
            T.Store(T.Load(ref partial, 8) + sums.S1, ref partial, 8);
        if (TContraction.Scalars > 2)
            T.Store(T.Load(ref partial, 16) + sums.S2, ref partial, 16);
        if (TContraction.Scalars > 3)
            T.Store(T.Load(ref partial, 24) + sums.S3, ref partial, 24);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static PairVector<T, TDim> OwnRow<T, TDim>(ref double field, int slot)
        where T : unmanaged, ILanes<T>
        where TDim : struct, IDimension =>
        PairVector<T, TDim>.Rows(ref Unsafe.Add(ref field, slot * TDim.RowWidth), ref OwnRows.Of(TDim.RowWidth));
}
