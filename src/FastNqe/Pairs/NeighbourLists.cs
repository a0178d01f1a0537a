namespace FastNqe.Contractions;

/// <summary>Who is near whom: for every slot the slots of its neighbours.</summary>
/// <param name="slotCount">How many slots there are.</param>
/// <param name="chunkSlots">Pairs within a chunk of so many slots (a power of two) stand with one of their particles only; 0: no pair does.</param>
internal abstract class NeighbourLists(int slotCount, int chunkSlots = 0)
{
    private int[] _neighbours = new int[1024];

    /// <summary>Where each slot's neighbours begin in <see cref="Neighbours"/>.</summary>
    public int[] First { get; } = new int[slotCount];

    /// <summary>How many neighbours each slot has.</summary>
    public int[] Count { get; } = new int[slotCount];

    /// <summary>Slots per chunk within which a pair stands once, or 0.</summary>
    public int ChunkSlots => chunkSlots;

    /// <summary>The number of neighbours of all slots.</summary>
    public int Total { get; protected set; }

    /// <summary>The neighbours' slots, one slot's after another's.</summary>
    public ReadOnlySpan<int> Neighbours => _neighbours.AsSpan(0, Total);

    /// <summary>The slots of one slot's neighbours.</summary>
    public ReadOnlySpan<int> NeighboursOf(int slot) => _neighbours.AsSpan(First[slot], Count[slot]);

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

    /// <summary>Makes room for so many neighbours and probably more; what was written stays.</summary>
    /// <param name="count">How many are needed now.</param>
    /// <param name="done">The share of all slots that are done, whose <see cref="Total"/> tells how many there will be.</param>
    /// <exception cref="ArgumentException">They are more than an array holds.</exception>
    protected void Reserve(long count, double done)
    {
        // Grown step by step, lists of a large system would leave several times their size behind for the collector.
        if (_neighbours.Length < count)
            Array.Resize(ref _neighbours, (int)Math.Min(Math.Max(1.25 * ArrayLength(count), done > 0 ? 1.05 * Total / done : 0), Array.MaxLength));
    }

    /// <summary>The length of an array for so many neighbours.</summary>
    /// <exception cref="ArgumentException">They are more than an array holds.</exception>
    public static int ArrayLength(long count) => count <= Array.MaxLength
        ? (int)count
        : throw new ArgumentException($"the particles have {count} neighbours or more; a list holds {Array.MaxLength}: expected fewer particles or a shorter cutoff");

    /// <summary>The place of a neighbour, reserved before.</summary>
    protected ref int At(int neighbour) => ref _neighbours[neighbour];
}
