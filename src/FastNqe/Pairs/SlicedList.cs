namespace FastNqe.Contractions;

/// <summary>
/// The neighbours of every particle, in slices of eight particles: column k of a slice holds the k-th neighbour of each of its eight.
/// </summary>
/// <remarks>
/// Every pair stands twice, once with each of its particles. So a lane sums one particle's neighbours by itself, in a fixed order:
/// no scatter, no conflict between threads, and the same bits for every width and number of threads. A slice is as long as the
/// longest of its eight lists; shorter ones are filled up with the particle itself, whose separation and coefficients are zero.
/// </remarks>
internal sealed class SlicedList
{
    /// <summary>Particles per slice, and lanes of the widest register.</summary>
    public const int SliceSize = 8;

    private SlicedList(int[] firstColumn, int[] rows) => (FirstColumn, Rows) = (firstColumn, rows);

    /// <summary>Where each slice's columns begin, in columns; one more entry at the end.</summary>
    public int[] FirstColumn { get; }

    /// <summary>Eight numbers per column: where the neighbour's row begins in a field. Longer than the columns: sweeps look ahead.</summary>
    public int[] Rows { get; }

    public int SliceCount => FirstColumn.Length - 1;

    public int ColumnCount => FirstColumn[^1];

    /// <summary>The number of columns of the longest slice.</summary>
    public int LongestSlice
    {
        get
        {
            int longest = 0;
            for (int slice = 0; slice < SliceCount; slice++)
                longest = Math.Max(longest, FirstColumn[slice + 1] - FirstColumn[slice]);
            return longest;
        }
    }

    /// <summary>Slices lists of neighbours.</summary>
    /// <param name="lists">The lists; slots are a multiple of eight.</param>
    /// <param name="rowWidth">Numbers per row of a field.</param>
    public static SlicedList From(NeighbourLists lists, int rowWidth)
    {
        int[] counts = lists.Count;
        ReadOnlySpan<int> neighbours = lists.Neighbours;
        int slices = counts.Length / SliceSize;
        int[] firstColumn = new int[slices + 1];
        for (int slice = 0; slice < slices; slice++)
        {
            int longest = 0;
            for (int slot = slice * SliceSize; slot < (slice + 1) * SliceSize; slot++)
                longest = Math.Max(longest, counts[slot]);
            firstColumn[slice + 1] = firstColumn[slice] + longest;
        }

        // Sweeps look some columns ahead: there is something to read, also after the last one.
        const int Beyond = Prefetch.Distance * SliceSize;
        int length = firstColumn[slices] * SliceSize + Beyond;
        int[] rows = GC.AllocateUninitializedArray<int>(length, pinned: true);
        rows.AsSpan(length - Beyond, Beyond).Clear();
        for (int slice = 0; slice < slices; slice++)
        {
            int columns = firstColumn[slice + 1] - firstColumn[slice];
            for (int lane = 0; lane < SliceSize; lane++)
            {
                int slot = slice * SliceSize + lane, count = counts[slot];
                ReadOnlySpan<int> own = neighbours.Slice(lists.First[slot], count);
                int place = firstColumn[slice] * SliceSize + lane;
                for (int k = 0; k < own.Length; k++, place += SliceSize)
                    rows[place] = own[k] * rowWidth;
                for (int k = count; k < columns; k++, place += SliceSize)
                    rows[place] = slot * rowWidth;
            }
        }
        return new SlicedList(firstColumn, rows);
    }
}
