namespace FastNqe.Contractions;

/// <summary>Who is near whom: for every slot the slots of its neighbours.</summary>
/// <remarks>
/// Threads make them side by side, each in a part of its own. What a slot's list holds, and in which order, does not depend on how many they were.
/// </remarks>
/// <param name="slotCount">How many slots there are.</param>
/// <param name="chunkSlots">Pairs within a chunk of so many slots (a power of two) stand with one of their particles only; 0: no pair does.</param>
internal abstract class NeighbourLists(int slotCount, int chunkSlots = 0)
{
    private readonly List<NeighbourPart> _parts = [new NeighbourPart()];

    // In whose part a slot's list is (a byte: SweepThreads.Most), and where it begins there.
    private readonly byte[] _partOf = new byte[slotCount];
    private readonly int[] _firstInPart = new int[slotCount];

    /// <summary>How many neighbours each slot has.</summary>
    public int[] Count { get; } = new int[slotCount];

    /// <summary>Slots per chunk within which a pair stands once, or 0.</summary>
    public int ChunkSlots => chunkSlots;

    /// <summary>The number of neighbours of all slots.</summary>
    public int Total { get; private set; }

    /// <summary>The slots of one slot's neighbours.</summary>
    public ReadOnlySpan<int> NeighboursOf(int slot) => _parts[_partOf[slot]].Neighbours.Slice(_firstInPart[slot], Count[slot]);

    /// <summary>Where one slot's neighbours begin among those of all, part after part.</summary>
    public int FirstOf(int slot) => _parts[_partOf[slot]].First + _firstInPart[slot];

    /// <summary>Where the rows of all slots' neighbours begin in a field, in the order of <see cref="FirstOf"/>, and some zeros for whoever reads whole groups of lanes.</summary>
    /// <param name="rows">Receives them; made longer where it must be.</param>
    /// <param name="rowWidth">Numbers per row.</param>
    public void CopyRows(ref int[] rows, int rowWidth)
    {
        if (rows.Length < Total + SlicedList.SliceSize)
            rows = new int[Math.Min(Total + Total / 10L + SlicedList.SliceSize, Array.MaxLength)];
        int row = 0;
        foreach (NeighbourPart part in _parts)
            foreach (int neighbour in part.Neighbours)
                rows[row++] = neighbour * rowWidth;
        rows.AsSpan(row, SlicedList.SliceSize).Clear();
    }

    /// <summary>Whether the pair of two neighbours stands once: the number of a chunk is in the upper bits of its slots.</summary>
    public bool StandsOnce(int slot, int other) => (slot ^ other) < chunkSlots;

    /// <summary>Counts every slot's neighbours, also those with whom their pair stands.</summary>
    /// <param name="counts">Receives a number for every slot.</param>
    public void CountFromBothSides(Span<int> counts)
    {
        Count.CopyTo(counts);
        if (chunkSlots == 0)
            return;
        for (int slot = 0; slot < Count.Length; slot++)
            foreach (int other in NeighboursOf(slot))
                counts[other] += StandsOnce(slot, other) ? 1 : 0;
    }

    /// <summary>The length of an array for so many neighbours.</summary>
    /// <exception cref="ArgumentException">They are more than an array holds.</exception>
    public static int ArrayLength(long count) => count <= Array.MaxLength
        ? (int)count
        : throw new ArgumentException($"the particles have {count} neighbours or more; a list holds {Array.MaxLength}: expected fewer particles or a shorter cutoff");

    /// <summary>Makes all lists anew.</summary>
    /// <param name="kernel">Makes those of a run of chunks: each of its lists in the <see cref="Part"/> of its thread, and known by <see cref="Set"/>.</param>
    /// <param name="chunks">How many chunks there are.</param>
    /// <param name="threads">The largest number of threads.</param>
    /// <param name="dimension">d.</param>
    /// <param name="width">The vector width.</param>
    /// <exception cref="ArgumentException">The neighbours are more than an array holds.</exception>
    protected void Make<TKernel>(ref TKernel kernel, int chunks, int threads, int dimension, SimdWidth width) where TKernel : struct, IChunkedKernel
    {
        while (_parts.Count < threads)
            _parts.Add(new NeighbourPart());
        foreach (NeighbourPart part in _parts)
            part.Total = 0;
        SweepTeam.Run(ref kernel, chunks, threads, dimension, width);
        long total = 0;
        foreach (NeighbourPart part in _parts)
        {
            part.First = (int)total;
            total = ArrayLength(total + part.Total);
        }
        Total = (int)total;
    }

    /// <summary>The part of a thread.</summary>
    protected NeighbourPart Part(int thread) => _parts[thread];

    /// <summary>Says where a slot's list is.</summary>
    protected void Set(int slot, int thread, int first, int count) => (_partOf[slot], _firstInPart[slot], Count[slot]) = ((byte)thread, first, count);
}
