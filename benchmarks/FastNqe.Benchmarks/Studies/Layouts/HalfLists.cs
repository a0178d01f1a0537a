using FastNqe.Contractions;

namespace FastNqe.Benchmarks.Studies.Layouts;

/// <summary>
/// Every pair once, with whichever of its two particles has fewer: nearly all lists are then of two lengths, and slices well filled. With the
/// first of the two in some order, lengths would differ by as much as the lists are long.
/// </summary>
internal sealed class HalfLists : NeighbourLists
{
    public HalfLists(NeighbourLists full) : base(full.Count.Length)
    {
        var pairs = new (int Holder, int Other)[full.Total / 2];
        int count = 0;
        for (int slot = 0; slot < full.Count.Length; slot++)
            foreach (int other in full.NeighboursOf(slot))
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

        var copy = new Copy(this, pairs);
        Make(ref copy, 1, 1, 3, Simd.Width);
    }

    private readonly struct Copy(HalfLists lists, (int Holder, int Other)[] pairs) : IChunkedKernel
    {
        public void Run<T, TDim>(int firstChunk, int endChunk, int thread)
            where T : unmanaged, ILanes<T>
            where TDim : struct, IDimension
        {
            NeighbourPart part = lists.Part(thread);
            part.Reserve(pairs.Length, 0);
            part.Total = pairs.Length;
            int[] next = new int[lists.Count.Length];
            for (int slot = 0, first = 0; slot < next.Length; first += lists.Count[slot++])
            {
                next[slot] = first;
                lists.Set(slot, thread, first, lists.Count[slot]);
            }
            foreach ((int holder, int other) in pairs)
                part.At(next[holder]++) = other;
        }
    }
}
