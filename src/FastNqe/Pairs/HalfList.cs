namespace FastNqe.Contractions;

/// <summary>
/// The list that forces are summed over, in slices of eight particles: first the columns of pairs that stand here only, then those that stand with
/// both of their particles.
/// </summary>
/// <remarks>
/// A pair within a chunk of a sweep stands once, a pair of two chunks twice: whoever sweeps over a chunk writes to its particles only, so there is nothing to
/// lock, and as chunks do not depend on the number of threads neither does any bit. The eight of a slice are chosen anew with every list, so
/// that they have about equally many pairs; places that stay empty are filled up with the particle itself, at no distance.
/// </remarks>
internal sealed class HalfList(ParticleOrder order)
{
    /// <summary>Slices per chunk: 8192 particles, most of whose pairs are within the chunk.</summary>
    public const int ChunkSize = 1024;

    /// <summary>Slots per chunk.</summary>
    public const int ChunkSlots = ChunkSize * SlicedList.SliceSize;

    // Slots among which the slices are evened out: as many as stay in the second-level cache. None of these windows lies in two chunks.
    private const int Window = 2048;

    // Sweeps look some columns ahead: there is something to read, also after the last one.
    private const int Beyond = Prefetch.Distance * SlicedList.SliceSize;

    private readonly int[] _slots = new int[order.SlotCount], _sorted = new int[Window], _within = new int[order.SlotCount], _across = new int[order.SlotCount];

    /// <summary>Where each slice's columns begin, in columns; one more entry at the end.</summary>
    public int[] FirstColumn { get; } = new int[order.SlotCount / SlicedList.SliceSize + 1];

    /// <summary>How many of each slice's columns hold pairs that stand here only.</summary>
    public int[] SharedColumns { get; } = new int[order.SlotCount / SlicedList.SliceSize];

    /// <summary>Eight numbers per slice: where its particles' rows begin in a field.</summary>
    public int[] OwnRows { get; } = new int[order.SlotCount];

    /// <summary>Eight numbers per column: where the neighbour's row begins. It may be longer than the columns in use.</summary>
    public int[] Rows { get; private set; } = [];

    public int SliceCount => SharedColumns.Length;

    public int ColumnCount => FirstColumn[^1];

    /// <summary>Makes the list anew.</summary>
    /// <param name="lists">Pairs within a chunk each with one of its particles, pairs of two chunks each with both.</param>
    public void Fill(NeighbourLists lists)
    {
        CountPairs(lists);
        ChooseSlices();
        for (int slice = 0; slice < SliceCount; slice++)
        {
            ReadOnlySpan<int> slots = Slots(slice);
            SharedColumns[slice] = Longest(_within, slots);
            FirstColumn[slice + 1] = FirstColumn[slice] + SharedColumns[slice] + Longest(_across, slots);
        }
        int length = NeighbourLists.ArrayLength((long)ColumnCount * SlicedList.SliceSize + Beyond);
        // A tenth more than needed, so that a list seldom has to grow.
        if (Rows.Length < length)
            Rows = GC.AllocateUninitializedArray<int>((int)Math.Min(1.1 * length, Array.MaxLength), pinned: true);
        Rows.AsSpan(length - Beyond, Beyond).Clear();
        for (int slice = 0; slice < SliceCount; slice++)
        {
            ReadOnlySpan<int> slots = Slots(slice);
            for (int lane = 0; lane < slots.Length; lane++)
                Place(lists, slots[lane], slice, lane);
        }
    }

    private ReadOnlySpan<int> Slots(int slice) => _slots.AsSpan(slice * SlicedList.SliceSize, SlicedList.SliceSize);

    private void CountPairs(NeighbourLists lists)
    {
        // In a single chunk there is nothing to tell apart.
        if (order.SlotCount <= ChunkSlots)
        {
            lists.Count.CopyTo(_within, 0);
            return;
        }
        for (int slot = 0; slot < _slots.Length; slot++)
        {
            int within = 0;
            foreach (int other in lists.NeighboursOf(slot))
                within += lists.StandsOnce(slot, other) ? 1 : 0;
            (_within[slot], _across[slot]) = (within, lists.Count[slot] - within);
        }
    }

    // Window by window those with many pairs first, of two chunks before all.
    private void ChooseSlices()
    {
        for (int slot = 0; slot < _slots.Length; slot++)
            _slots[slot] = slot;
        for (int first = 0; first < _slots.Length; first += Window)
        {
            Span<int> window = _slots.AsSpan(first, Math.Min(Window, _slots.Length - first));
            SortDescending(window, _within);
            SortDescending(window, _across);
        }
    }

    // By counting, which keeps the order of equals.
    private void SortDescending(Span<int> slots, ReadOnlySpan<int> counts)
    {
        int most = Longest(counts, slots);
        if (most == 0)
            return;
        Span<int> places = most < 256 ? stackalloc int[256] : new int[most + 1];
        places.Clear();
        foreach (int slot in slots)
            places[counts[slot]]++;
        int place = 0;
        for (int count = most; count >= 0; count--)
            (places[count], place) = (place, place + places[count]);
        foreach (int slot in slots)
            _sorted[places[counts[slot]]++] = slot;
        _sorted.AsSpan(0, slots.Length).CopyTo(slots);
    }

    private static int Longest(ReadOnlySpan<int> counts, ReadOnlySpan<int> slots)
    {
        int longest = 0;
        foreach (int slot in slots)
            longest = Math.Max(longest, counts[slot]);
        return longest;
    }

    // The neighbours of one of a slice's particles, filled up with the particle itself.
    private void Place(NeighbourLists lists, int slot, int slice, int lane)
    {
        int own = slot * order.RowWidth;
        OwnRows[slice * SlicedList.SliceSize + lane] = own;
        int within = FirstColumn[slice] * SlicedList.SliceSize + lane, across = within + SharedColumns[slice] * SlicedList.SliceSize;
        int endWithin = across, endAcross = FirstColumn[slice + 1] * SlicedList.SliceSize + lane;
        foreach (int neighbour in lists.NeighboursOf(slot))
        {
            ref int place = ref lists.StandsOnce(slot, neighbour) ? ref within : ref across;
            Rows[place] = neighbour * order.RowWidth;
            place += SlicedList.SliceSize;
        }
        for (; within < endWithin; within += SlicedList.SliceSize)
            Rows[within] = own;
        for (; across < endAcross; across += SlicedList.SliceSize)
            Rows[across] = own;
    }
}
