using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FastNqe.Contractions;

/// <summary>The fields a sweep reads and writes; what a contraction does not use stays null.</summary>
internal readonly record struct SweepFields(
    RowField Z, RowField? Y = null, RowField? W = null,
    RowField? V0 = null, RowField? V1 = null, RowField? V2 = null, RowField? V3 = null)
{
    /// <summary>What becomes of V0 instead of the contraction's first vector itself: a step of a recurrence, without a pass over fields of its own.</summary>
    public ThreeTerms? Recurrence { get; init; }
}

/// <summary>V0 = Sum·(the contraction's first vector) + Own·Z + Before·(V0 as it was).</summary>
internal readonly record struct ThreeTerms(double Sum, double Own, double Before);

/// <summary>
/// One pass over all pairs: the loop that every contraction shares, for a run of chunks. A chunk's scalars are summed lane by lane in a
/// fixed order, so that nothing depends on the width or on which thread took the chunk.
/// </summary>
/// <param name="list">Who neighbours whom.</param>
/// <param name="particles">Where everyone is.</param>
/// <param name="stored">The columns of all slices, or null; then the format is that of <paramref name="scratch"/>, whole columns.</param>
/// <param name="fill">Computes a slice's columns where they are not stored.</param>
/// <param name="scratch">Per thread, holds the columns of one slice where they are not stored; it stays in the first-level cache.</param>
/// <param name="ahead">Whether memory is asked for ahead of its use: it pays out of cache and costs up to a fifth in cache.</param>
/// <param name="fields">What is read and written.</param>
/// <param name="partialSums">Receives the chunks' scalars.</param>
/// <param name="format">What stands in the columns.</param>
internal readonly struct PairSweep<TContraction, TFormat>(
    SlicedList list, Particles particles, PairColumns? stored, ColumnFill fill, PairColumns[] scratch, bool ahead, SweepFields fields, RowField partialSums, TFormat format) : IChunkedKernel
    where TContraction : struct, IContraction
    where TFormat : struct, IColumnFormat
{
    // Bounds: Rows holds 8 entries for each of the columns below FirstColumn[SliceCount]; every entry is the beginning of a row
    // below the fields' length (SlicedList sees to both), and fields hold 8·SliceCount rows. Loads of T.Count rows from lane on
    // stay within those 8. Columns are as many as rows.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<T, TDim>(int firstChunk, int endChunk, int thread)
        where T : unmanaged, ILanes<T>
        where TDim : struct, IDimension
    {
        ref int rows = ref MemoryMarshal.GetArrayDataReference(list.Rows);
        ref double z = ref fields.Z.Origin;
        ref double y = ref TContraction.Directions > 1 ? ref fields.Y!.Origin : ref Unsafe.NullRef<double>();
        ref double w = ref TContraction.Directions > 2 ? ref fields.W!.Origin : ref Unsafe.NullRef<double>();
        int[] firstColumn = list.FirstColumn;
        PairDirections<T, TDim> own = default;
        PairSums<T, TDim> sums = default;
        TFormat columnFormat = format;

        for (int chunk = firstChunk; chunk < endChunk; chunk++)
        {
            ref double partial = ref Unsafe.Add(ref partialSums.Origin, chunk * SweepChunks.PartialSize);
            MemoryMarshal.CreateSpan(ref partial, SweepChunks.PartialSize).Clear();
            int endSlice = Math.Min((chunk + 1) * SweepChunks.Size, list.SliceCount);
            for (int slice = chunk * SweepChunks.Size; slice < endSlice; slice++)
            {
                int begin = firstColumn[slice], count = firstColumn[slice + 1] - begin;
                PairColumns columns = stored ?? scratch[thread];
                int first = stored is null ? 0 : begin;
                if (stored is null)
                    fill.Fill(slice, columns);
                for (int lane = 0; lane < SlicedList.SliceSize; lane += T.Count)
                {
                    nint row = (slice * SlicedList.SliceSize + lane) * TDim.RowWidth;
                    own.Z = PairVector<T, TDim>.Consecutive(ref Unsafe.Add(ref z, row));
                    if (TContraction.Directions > 1)
                        own.Y = PairVector<T, TDim>.Consecutive(ref Unsafe.Add(ref y, row));
                    if (TContraction.Directions > 2)
                        own.W = PairVector<T, TDim>.Consecutive(ref Unsafe.Add(ref w, row));
                    SumColumns(
                        ref z, ref y, ref w, ref Unsafe.Add(ref rows, (nint)begin * SlicedList.SliceSize + lane), count,
                        ref Unsafe.Add(ref columns.LowAt(first), lane), ref Unsafe.Add(ref columns.HighAt(first), lane), ahead, own, row, particles, columnFormat, ref sums);
                    Finish(sums, own.Z, row, ref Unsafe.Add(ref partial, lane));
                }
            }
        }
    }

    // The innermost loop has a method to itself because the compiler inlines only so much into one method; what it no longer inlines
    // becomes calls inside of the loop and several times the time.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void SumColumns<T, TDim>(
        ref double z, ref double y, ref double w, ref int neighbours, int count, ref double low, ref double high, bool ahead,
        in PairDirections<T, TDim> own, nint ownRow, in Particles particles, in TFormat format, ref PairSums<T, TDim> result)
        where T : unmanaged, ILanes<T>
        where TDim : struct, IDimension
    {
        PairDirections<T, TDim> along = default;
        ref double positions = ref TFormat.HasSeparations ? ref Unsafe.NullRef<double>() : ref particles.Positions.Origin;
        PeriodicCell cell = TFormat.HasSeparations ? default : particles.Cell;
        PairVector<T, TDim> ownPosition = default;
        if (!TFormat.HasSeparations)
            ownPosition = PairVector<T, TDim>.Consecutive(ref Unsafe.Add(ref positions, ownRow));
        PairSums<T, TDim> sums = default;
        for (; count > 0; count--)
        {
            if (ahead)
            {
                Prefetch.Column<T>(ref low, LowStride<TDim>(), LowStride<TDim>() / SlicedList.SliceSize);
                if (TContraction.Order > 2 && !TFormat.IsReduced)
                    Prefetch.Column<T>(ref high, PairColumn.HighStride, TContraction.Order - 2);
                if (!TFormat.HasSeparations)
                    Prefetch.Rows<T>(ref positions, ref neighbours);
                Prefetch.Rows<T>(ref z, ref neighbours);
                if (TContraction.Directions > 1)
                    Prefetch.Rows<T>(ref y, ref neighbours);
                if (TContraction.Directions > 2)
                    Prefetch.Rows<T>(ref w, ref neighbours);
            }
            // Computed coefficients come before the rows, to leave registers free; stored ones after, because what is loaded early only waits in registers.
            PairVector<T, TDim> x = default;
            PairCoefficients<T> f = default;
            if (TFormat.IsReduced)
            {
                x = PairVector<T, TDim>.Column(ref low, 0);
                f = format.Coefficients(TContraction.Order, x, ref Unsafe.Add(ref low, LowStride<TDim>() - PairColumn.LowStride(0)), ref high);
            }
            along.Z = PairVector<T, TDim>.Rows(ref z, ref neighbours) - own.Z;
            if (TContraction.Directions > 1)
                along.Y = PairVector<T, TDim>.Rows(ref y, ref neighbours) - own.Y;
            if (TContraction.Directions > 2)
                along.W = PairVector<T, TDim>.Rows(ref w, ref neighbours) - own.W;
            if (!TFormat.IsReduced)
            {
                if (TFormat.HasSeparations)
                {
                    x = PairVector<T, TDim>.Column(ref low, 0);
                }
                else
                {
                    x = PairVector<T, TDim>.Rows(ref positions, ref neighbours) - ownPosition;
                    cell.MinimumImage(ref x);
                }
                f = format.Coefficients(TContraction.Order, x, ref Unsafe.Add(ref low, LowStride<TDim>() - PairColumn.LowStride(0)), ref high);
            }
            TContraction.Add(x, f, along, ref sums);
            neighbours = ref Unsafe.Add(ref neighbours, SlicedList.SliceSize);
            low = ref Unsafe.Add(ref low, LowStride<TDim>());
            if (TContraction.Order > 2 && !TFormat.IsReduced)
                high = ref Unsafe.Add(ref high, PairColumn.HighStride);
        }
        // Component by component: a copy of the whole would keep the sums in memory throughout the loop.
        if (TContraction.Vectors > 0)
            sums.V0.CopyTo(ref result.V0);
        if (TContraction.Vectors > 1)
            sums.V1.CopyTo(ref result.V1);
        if (TContraction.Vectors > 2)
            sums.V2.CopyTo(ref result.V2);
        if (TContraction.Vectors > 3)
            sums.V3.CopyTo(ref result.V3);
        if (TContraction.Scalars > 0)
            result.S0 = sums.S0;
        if (TContraction.Scalars > 1)
            result.S1 = sums.S1;
        if (TContraction.Scalars > 2)
            result.S2 = sums.S2;
        if (TContraction.Scalars > 3)
            result.S3 = sums.S3;
    }

    // A pair's vector is added to j and subtracted from i; here every particle is an i.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Finish<T, TDim>(in PairSums<T, TDim> sums, in PairVector<T, TDim> ownZ, nint row, ref double partial)
        where T : unmanaged, ILanes<T>
        where TDim : struct, IDimension
    {
        if (TContraction.Vectors > 0)
        {
            ref double to = ref Unsafe.Add(ref fields.V0!.Origin, row);
            PairVector<T, TDim> v0 = -sums.V0;
            if (fields.Recurrence is { } terms)
            {
                v0 = T.Splat(terms.Sum) * v0;
                v0.Add(T.Splat(terms.Own), ownZ);
                // Whatever is left there from before is not even multiplied by zero.
                if (terms.Before != 0)
                    v0.Add(T.Splat(terms.Before), PairVector<T, TDim>.Consecutive(ref to));
            }
            v0.StoreRows(ref to);
        }
        if (TContraction.Vectors > 1)
            (-sums.V1).StoreRows(ref Unsafe.Add(ref fields.V1!.Origin, row));
        if (TContraction.Vectors > 2)
            (-sums.V2).StoreRows(ref Unsafe.Add(ref fields.V2!.Origin, row));
        if (TContraction.Vectors > 3)
            (-sums.V3).StoreRows(ref Unsafe.Add(ref fields.V3!.Origin, row));
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
    private static int LowStride<TDim>() where TDim : struct, IDimension => PairColumn.LowStride(TFormat.HasSeparations ? TDim.Value : 0);
}
