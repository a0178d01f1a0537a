using FastNqe.Contractions;

namespace FastNqe.Benchmarks.Studies.Layouts;

/// <summary>
/// Every pair once, with whichever of its two particles has fewer: nearly all lists are then of two lengths, and slices well filled. With the
/// first of the two in some order, lengths would differ by as much as the lists are long.
/// </summary>
internal sealed class HalfLists : NeighbourLists
{
    public HalfLists(NeighbourLists full) : base(full.First.Length)
    {
        var pairs = new (int Holder, int Other)[full.Total / 2];
        int count = 0;
        for (int slot = 0; slot < full.First.Length; slot++)
            foreach (int other in full.Neighbours.Slice(full.First[slot], full.Count[slot]))
                if (slot < other)
                {
                    pairs[count++] = (slot, other);
                    Count[slot]++;
                }
        // Each turn of a pair lessens the sum of squares of the counts, so this ends.
        bool isBalanced;
        do
        {
            isBalanced = true;
            foreach (ref (int Holder, int Other) pair in pairs.AsSpan())
                if (Count[pair.Holder] > Count[pair.Other] + 1)
                {
                    Count[pair.Holder]--;
                    Count[pair.Other]++;
                    pair = (pair.Other, pair.Holder);
                    isBalanced = false;
                }
        }
        while (!isBalanced);

        Reserve(count, 0);
        for (int slot = 0; slot < Count.Length; slot++)
        {
            First[slot] = Total;
            Total += Count[slot];
        }
        int[] next = [.. First];
        foreach ((int holder, int other) in pairs)
            At(next[holder]++) = other;
    }
}
