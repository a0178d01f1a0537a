using System.Numerics;
using System.Runtime.CompilerServices;

namespace FastNqe.Contractions;

/// <summary>
/// Finds, for every slot, the slots within the pair's own cutoff plus a margin: a cell grid, then eight candidates at a time.
/// </summary>
internal sealed class NeighbourSearch
{
    private readonly CellGrid _grid;
    private int[] _neighbours = new int[1024];

    /// <param name="box">The periodic cell.</param>
    /// <param name="largestCutoff">The largest cutoff of any pair.</param>
    /// <param name="margin">How far beyond its cutoff a pair is still listed.</param>
    /// <param name="slotCount">The number of slots, a multiple of eight.</param>
    /// <param name="particleCount">The number of particles; slots from there on stay empty.</param>
    public NeighbourSearch(Box box, double largestCutoff, double margin, int slotCount, int particleCount)
    {
        (Box, Margin, ParticleCount) = (box, margin, particleCount);
        _grid = new CellGrid(box, largestCutoff + margin, particleCount);
        First = new int[slotCount];
        Count = new int[slotCount];
    }

    public Box Box { get; }

    public double Margin { get; }

    public int ParticleCount { get; }

    /// <summary>Where each slot's neighbours begin in <see cref="Neighbours"/>.</summary>
    public int[] First { get; }

    /// <summary>How many neighbours each slot has.</summary>
    public int[] Count { get; }

    /// <summary>The number of listed pairs, each counted from both sides.</summary>
    public int Total { get; private set; }

    /// <summary>The neighbours' slots, in the order of the cell grid.</summary>
    public ReadOnlySpan<int> Neighbours => _neighbours.AsSpan(0, Total);

    /// <summary>Searches anew. Positions are rows in slot order; for d ≠ 3 the sizes have rows of their own.</summary>
    /// <exception cref="ArgumentException">Two particles are at the same place.</exception>
    public void Run(PairPotential potential, Particles particles, SimdWidth width)
    {
        int d = Box.Dimension, stride = d == 2 ? 2 : 4;
        if (d == 3)
            _grid.Sort(particles.Positions.Values, stride, particles.Positions.Values[3..], stride, ParticleCount);
        else
            _grid.Sort(particles.Positions.Values, stride, particles.Sizes.Values, stride, ParticleCount);
        var visitor = new Visitor(this, width);
        potential.Accept(ref visitor);
    }

    private void Reserve(int count)
    {
        if (_neighbours.Length < count)
            Array.Resize(ref _neighbours, Math.Max(count, 2 * _neighbours.Length));
    }

    private readonly struct Visitor(NeighbourSearch search, SimdWidth width) : IPairLawVisitor
    {
        public void Visit<TLaw>(in TLaw law) where TLaw : struct, IPairLaw
        {
            var kernel = new Kernel<TLaw>(law, search);
            KernelDispatch.Run(ref kernel, search.Box.Dimension, width);
        }
    }

    private readonly struct Kernel<TLaw>(TLaw law, NeighbourSearch search) : IKernel
        where TLaw : struct, IPairLaw
    {
        public void Run<T, TDim>()
            where T : unmanaged, ILanes<T>
            where TDim : struct, IDimension
        {
            CellGrid grid = search._grid;
            var cell = new PeriodicCell(search.Box);
            TLaw pairLaw = law;
            Span<(int First, int End)> runs = stackalloc (int, int)[CellGrid.LargestRunCount(TDim.Value)];
            T margin = T.Splat(search.Margin);
            int[] particle = grid.Particle;
            int total = 0;
            for (int c = 0; c < grid.CellCount; c++)
            {
                if (grid.First[c] == grid.First[c + 1])
                    continue;
                int runCount = grid.Runs(c, runs), candidates = 0;
                foreach ((int first, int end) in runs[..runCount])
                    candidates += end - first + T.Count;
                for (int entry = grid.First[c]; entry < grid.First[c + 1]; entry++)
                {
                    search.Reserve(total + candidates);
                    ref int found = ref search._neighbours[0];
                    int slot = particle[entry], before = total;
                    PairVector<T, TDim> own = grid.Splat<T, TDim>(entry);
                    T size = T.Splat(grid.Sizes.Values[entry]);
                    int coincident = 0;
                    foreach ((int first, int end) in runs[..runCount])
                    {
                        for (int k = first; k < end; k += T.Count)
                        {
                            // The grid's fields are padded by a block, so the last load may pass the end of the run.
                            PairVector<T, TDim> x = grid.Load<T, TDim>(k) - own;
                            cell.MinimumImage(ref x);
                            T reach = pairLaw.Cutoff(size, T.Load(ref grid.Sizes.Origin, k)) + margin;
                            T square = PairVector<T, TDim>.Dot(x, x);
                            int left = Math.Min(T.Count, end - k);
                            uint near = T.LessMask(square, reach * reach) & ((1u << left) - 1);
                            coincident += BitOperations.PopCount(near & T.LessMask(square, T.Splat(double.Epsilon)));
                            // Every candidate is written, and kept by stepping on only if it is near: no branch to guess.
                            for (int lane = 0; lane < left; lane++)
                            {
                                int other = particle[k + lane];
                                Unsafe.Add(ref found, total) = other;
                                total += (int)(near >> lane & 1) & (other == slot ? 0 : 1);
                            }
                        }
                    }
                    // The kernels take a separation of zero for a filled-up place: such a pair would be left out silently.
                    if (coincident > 1)
                        throw new ArgumentException($"two particles are at the same place ({string.Join(", ", grid.Coordinates.Select(axis => axis.Values[entry]))})");
                    search.First[slot] = before;
                    search.Count[slot] = total - before;
                }
            }
            search.Total = total;
        }
    }
}
