namespace FastNqe.Contractions;

/// <summary>Who is near whom: for every slot the slots of its neighbours, so that a pair is listed from both sides.</summary>
internal abstract class NeighbourLists(int slotCount)
{
    private int[] _neighbours = new int[1024];

    /// <summary>Where each slot's neighbours begin in <see cref="Neighbours"/>.</summary>
    public int[] First { get; } = new int[slotCount];

    /// <summary>How many neighbours each slot has.</summary>
    public int[] Count { get; } = new int[slotCount];

    /// <summary>The number of listed pairs, each counted from both sides.</summary>
    public int Total { get; protected set; }

    /// <summary>The neighbours' slots, one slot's after another's.</summary>
    public ReadOnlySpan<int> Neighbours => _neighbours.AsSpan(0, Total);

    /// <summary>Makes room for so many neighbours in all; what was written stays.</summary>
    protected void Reserve(int count)
    {
        if (_neighbours.Length < count)
            Array.Resize(ref _neighbours, Math.Max(count, 2 * _neighbours.Length));
    }

    /// <summary>The place of a neighbour, reserved before.</summary>
    protected ref int At(int neighbour) => ref _neighbours[neighbour];
}
