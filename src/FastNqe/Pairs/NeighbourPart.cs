namespace FastNqe.Contractions;

/// <summary>Lists that one thread makes, one slot's after another's.</summary>
internal sealed class NeighbourPart
{
    private int[] _neighbours = new int[1024];

    /// <summary>How many neighbours of other parts stand before these.</summary>
    public int First { get; set; }

    /// <summary>How many neighbours there are.</summary>
    public int Total { get; set; }

    /// <summary>Their slots.</summary>
    public ReadOnlySpan<int> Neighbours => _neighbours.AsSpan(0, Total);

    /// <summary>The place of a neighbour, reserved before.</summary>
    public ref int At(int neighbour) => ref _neighbours[neighbour];

    /// <summary>Makes room for so many neighbours and probably more; what was written stays.</summary>
    /// <param name="count">How many are needed now.</param>
    /// <param name="done">The share of this part's lists that are done, whose <see cref="Total"/> tells how many there will be.</param>
    /// <exception cref="ArgumentException">They are more than an array holds.</exception>
    public void Reserve(long count, double done)
    {
        // Grown step by step, lists of a large system would leave several times their size behind for the collector.
        if (_neighbours.Length < count)
            Array.Resize(ref _neighbours, (int)Math.Min(Math.Max(1.25 * NeighbourLists.ArrayLength(count), done > 0 ? 1.05 * Total / done : 0), Array.MaxLength));
    }
}
