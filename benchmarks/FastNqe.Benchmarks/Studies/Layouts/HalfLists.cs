using FastNqe.Contractions;

namespace FastNqe.Benchmarks.Studies.Layouts;

/// <summary>
/// Every pair once, with whichever of its two particles has fewer so far: the lists of a slice are then of nearly one length. With the
/// first of the two, lengths would differ by as much as the lists are long.
/// </summary>
internal sealed class HalfLists : NeighbourLists
{
    public HalfLists(NeighbourLists full) : base(full.First.Length)
    {
        int slots = full.First.Length;
        var own = new List<int>[slots];
        for (int slot = 0; slot < slots; slot++)
            own[slot] = [];
        for (int slot = 0; slot < slots; slot++)
            foreach (int other in full.Neighbours.Slice(full.First[slot], full.Count[slot]))
                if (slot < other)
                {
                    bool isFirst = own[slot].Count <= own[other].Count;
                    own[isFirst ? slot : other].Add(isFirst ? other : slot);
                }
        Reserve(full.Total / 2);
        for (int slot = 0; slot < slots; slot++)
        {
            (First[slot], Count[slot]) = (Total, own[slot].Count);
            foreach (int other in own[slot])
                At(Total++) = other;
        }
    }
}
