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

    private readonly int _rowWidth;

    // Every slot's number of neighbours, then where its next one goes.
    private readonly int[] _next;

    /// <summary>Slices lists of neighbours.</summary>
    /// <param name="lists">The lists; slots are a multiple of eight.</param>
    /// <param name="rowWidth">Numbers per row of a field.</param>
    public SlicedList(NeighbourLists lists, int rowWidth)
    {
        _rowWidth = rowWidth;
        _next = new int[lists.Count.Length];
        FirstColumn = new int[_next.Length / SliceSize + 1];
        Fill(lists);
    }

    /// <summary>Where each slice's columns begin, in columns; one more entry at the end.</summary>
    public int[] FirstColumn { get; }

    /// <summary>Eight numbers per column: where the neighbour's row begins in a field. Longer than the columns: sweeps look ahead.</summary>
    public int[] Rows { get; private set; } = [];

    /// <summary>The number of pairs, each counted once.</summary>
    public int PairCount { get; private set; }

    public int SliceCount => FirstColumn.Length - 1;

    public int ColumnCount => FirstColumn[^1];

    /// <summary>The number of columns of the longest slice.</summary>
    public int LongestSlice { get; private set; }

    /// <summary>Slices other lists of the same slots, in the same memory where it is large enough.</summary>
    public void Fill(NeighbourLists lists)
    {
        lists.CountFromBothSides(_next);
        long neighbours = 0;
        LongestSlice = 0;
        for (int slice = 0; slice < SliceCount; slice++)
        {
            int longest = 0;
            foreach (int count in _next.AsSpan(slice * SliceSize, SliceSize))
            {
                longest = Math.Max(longest, count);
                neighbours += count;
            }
            FirstColumn[slice + 1] = FirstColumn[slice] + longest;
            LongestSlice = Math.Max(LongestSlice, longest);
        }
        PairCount = (int)(neighbours / 2);
        Reserve();
        for (int slot = 0; slot < _next.Length; slot++)
            _next[slot] = FirstColumn[slot / SliceSize] * SliceSize + slot % SliceSize;
        for (int slot = 0; slot < _next.Length; slot++)
        {
            foreach (int other in lists.NeighboursOf(slot))
            {
                Place(slot, other);
                if (lists.StandsOnce(slot, other))
                    Place(other, slot);
            }
        }
        for (int slot = 0; slot < _next.Length; slot++)
            for (int end = FirstColumn[slot / SliceSize + 1] * SliceSize; _next[slot] < end;)
                Place(slot, slot);
    }

    private void Place(int slot, int neighbour)
    {
        Rows[_next[slot]] = neighbour * _rowWidth;
        _next[slot] += SliceSize;
    }

    private void Reserve()
    {
        // Sweeps look some columns ahead: there is something to read, also after the last one.
        const int Beyond = Prefetch.Distance * SliceSize;
        int length = NeighbourLists.ArrayLength((long)ColumnCount * SliceSize + Beyond);
        // What had to grow once may have to again: then a twentieth more than needed.
        if (Rows.Length < length)
            Rows = GC.AllocateUninitializedArray<int>(Rows.Length == 0 ? length : (int)Math.Min(1.05 * length, Array.MaxLength), pinned: true);
        Rows.AsSpan(length - Beyond, Beyond).Clear();
    }
}
