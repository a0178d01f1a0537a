namespace FastNqe.Contractions;

/// <summary>Who is near whom: for every slot the slots of its neighbours.</summary>
internal abstract class NeighbourLists(int slotCount)
{
    private int[] _neighbours = new int[1024];

    /// <summary>Where each slot's neighbours begin in <see cref="Neighbours"/>.</summary>
    public int[] First { get; } = new int[slotCount];

    /// <summary>How many neighbours each slot has.</summary>
    public int[] Count { get; } = new int[slotCount];

    /// <summary>The number of neighbours of all slots.</summary>
    public int Total { get; protected set; }

    /// <summary>The neighbours' slots, one slot's after another's.</summary>
    public ReadOnlySpan<int> Neighbours => _neighbours.AsSpan(0, Total);

    /// <summary>The slots of one slot's neighbours.</summary>
    public ReadOnlySpan<int> NeighboursOf(int slot) => _neighbours.AsSpan(First[slot], Count[slot]);

    /// <summary>Makes room for exactly so many neighbours in all.</summary>
    protected void Reserve(int count)
    {
        if (_neighbours.Length < count)
            _neighbours = new int[count];
    }

    /// <summary>Makes room for so many neighbours and probably more; what was written stays.</summary>
    /// <param name="count">How many are needed now.</param>
    /// <param name="done">The share of all slots that are done, whose <see cref="Total"/> tells how many there will be.</param>
    protected void Reserve(int count, double done)
    {
        // Grown step by step, lists of a large system would leave several times their size behind for the collector.
        if (_neighbours.Length < count)
            Array.Resize(ref _neighbours, (int)Math.Min(Math.Max(1.25 * count, done > 0 ? 1.05 * Total / done : 0), Array.MaxLength));
    }

    /// <summary>The place of a neighbour, reserved before.</summary>
    protected ref int At(int neighbour) => ref _neighbours[neighbour];
}
