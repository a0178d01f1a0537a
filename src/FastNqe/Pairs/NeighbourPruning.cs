using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FastNqe.Contractions;

/// <summary>
/// Of the neighbours that a search with a wide margin found some time ago, those within a narrow margin now: a list that is short, and
/// cheap enough to be made anew every few steps (dynamic pruning: Páll et al., J. Chem. Phys. 153, 134110 (2020)).
/// </summary>
/// <param name="search">The search, which has been run.</param>
/// <param name="rowWidth">Numbers per row of a field.</param>
internal sealed class NeighbourPruning(NeighbourSearch search, int rowWidth) : NeighbourLists(search.Count.Length, search.ChunkSlots)
{
    private readonly NeighbourSearch _search = search;
    private int[] _rows = [];

    /// <summary>Takes over what the search found.</summary>
    public void Renew() => _search.CopyRows(ref _rows, rowWidth);

    /// <summary>Prunes for where the particles are now.</summary>
    /// <param name="potential">The pair potential.</param>
    /// <param name="particles">The particles.</param>
    /// <param name="margin">How far beyond its cutoff a pair is still listed.</param>
    /// <param name="width">The vector width.</param>
    public void Run(PairPotential potential, Particles particles, double margin, SimdWidth width)
    {
        var visitor = new Visitor(this, particles, margin, width);
        potential.Accept(ref visitor);
    }

    private readonly struct Visitor(NeighbourPruning pruning, Particles particles, double margin, SimdWidth width) : IPairLawVisitor
    {
        public void Visit<TLaw>(in TLaw law) where TLaw : struct, IPairLaw
        {
            var kernel = new Kernel<TLaw>(law, pruning, particles, margin);
            NeighbourSearch search = pruning._search;
            pruning.Make(ref kernel, search.ParticleCount, search.Threads, search.Box.Dimension, width);
        }
    }

    // Every slot is a chunk.
    private readonly struct Kernel<TLaw>(TLaw law, NeighbourPruning pruning, Particles particles, double margin) : IChunkedKernel
        where TLaw : struct, IPairLaw
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<T, TDim>(int firstSlot, int endSlot, int thread)
            where T : unmanaged, ILanes<T>
            where TDim : struct, IDimension
        {
            NeighbourSearch search = pruning._search;
            NeighbourPart part = pruning.Part(thread);
            for (int slot = firstSlot; slot < endSlot; slot++)
            {
                int before = part.Total;
                ReadOnlySpan<int> outer = search.NeighboursOf(slot);
                // Bounds: Select writes whole groups of lanes, one at most beyond what it keeps.
                part.Reserve((long)before + outer.Length + SlicedList.SliceSize, (slot - firstSlot) / (double)(endSlot - firstSlot));
                int near = NearOne.Select<TLaw, T, TDim>(
                    law, particles, margin, isNear: true, slot, ref pruning._rows[search.FirstOf(slot)], ref MemoryMarshal.GetReference(outer), outer.Length, ref part.At(before));
                part.Total += near;
                pruning.Set(slot, thread, before, near);
            }
        }
    }
}
