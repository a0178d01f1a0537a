using System.Runtime.InteropServices;

namespace FastNqe.Contractions;

/// <summary>
/// Of the neighbours that a search with a wide margin found some time ago, those within a narrow margin now: a list that is short, and
/// cheap enough to be made anew every few steps (dynamic pruning: Páll et al., J. Chem. Phys. 153, 134110 (2020)).
/// </summary>
/// <param name="search">The search, which has been run.</param>
/// <param name="rowWidth">Numbers per row of a field.</param>
internal sealed class NeighbourPruning(NeighbourSearch search, int rowWidth) : NeighbourLists(search.First.Length, search.ChunkSlots)
{
    // The rows of the search's neighbours, and some more for whoever reads whole groups of lanes.
    private const int Padding = 8;

    private readonly NeighbourSearch _search = search;
    private int[] _rows = new int[Padding];

    /// <summary>Takes over what the search found.</summary>
    public void Renew()
    {
        ReadOnlySpan<int> neighbours = _search.Neighbours;
        if (_rows.Length < neighbours.Length + Padding)
            _rows = new int[neighbours.Length + neighbours.Length / 10 + Padding];
        for (int k = 0; k < neighbours.Length; k++)
            _rows[k] = neighbours[k] * rowWidth;
        _rows.AsSpan(neighbours.Length, Padding).Clear();
    }

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
            KernelDispatch.Run(ref kernel, pruning._search.Box.Dimension, width);
        }
    }

    private readonly struct Kernel<TLaw>(TLaw law, NeighbourPruning pruning, Particles particles, double margin) : IKernel
        where TLaw : struct, IPairLaw
    {
        public void Run<T, TDim>()
            where T : unmanaged, ILanes<T>
            where TDim : struct, IDimension
        {
            NeighbourSearch search = pruning._search;
            pruning.Total = 0;
            for (int slot = 0; slot < search.ParticleCount; slot++)
            {
                int first = search.First[slot], before = pruning.Total;
                // Bounds: Select writes whole groups of lanes, fewer than one beyond what it keeps.
                pruning.Reserve((long)before + search.Count[slot] + Padding, slot / (double)search.ParticleCount);
                pruning.Total += NearOne.Select<TLaw, T, TDim>(
                    law, particles, margin, slot, ref pruning._rows[first], ref MemoryMarshal.GetReference(search.Neighbours[first..]), search.Count[slot], ref pruning.At(before));
                pruning.First[slot] = before;
                pruning.Count[slot] = pruning.Total - before;
            }
        }
    }
}
