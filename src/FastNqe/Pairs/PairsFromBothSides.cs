namespace FastNqe.Contractions;

/// <summary>The pairs of a list that holds those within a chunk only once, from both sides.</summary>
internal sealed class PairsFromBothSides : NeighbourLists
{
    /// <param name="lists">The list.</param>
    public PairsFromBothSides(NeighbourLists lists) : base(lists.First.Length)
    {
        for (int slot = 0; slot < Count.Length; slot++)
        {
            Count[slot] += lists.Count[slot];
            foreach (int other in lists.NeighboursOf(slot))
                Count[other] += HalfList.IsOneChunk(slot, other) ? 1 : 0;
        }
        int[] next = new int[Count.Length];
        for (int slot = 0; slot < Count.Length; slot++)
        {
            next[slot] = First[slot] = Total;
            Total += Count[slot];
        }
        Reserve(Total);
        for (int slot = 0; slot < Count.Length; slot++)
        {
            foreach (int other in lists.NeighboursOf(slot))
            {
                At(next[slot]++) = other;
                if (HalfList.IsOneChunk(slot, other))
                    At(next[other]++) = slot;
            }
        }
    }
}
