using System.Numerics;

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
        Found = new int[slotCount + 1];
    }

    public Box Box { get; }

    public double Margin { get; }

    public int ParticleCount { get; }

    /// <summary>Where each slot's neighbours stand in <see cref="Neighbours"/>.</summary>
    public int[] Found { get; }

    /// <summary>The neighbours' slots, each slot's in ascending order of the cell grid.</summary>
    public ReadOnlySpan<int> Neighbours => _neighbours.AsSpan(0, Found[^1]);

    /// <summary>Searches anew. Positions are rows in slot order; for d ≠ 3 the sizes have rows of their own.</summary>
    /// <exception cref="ArgumentException">Two particles are at the same place.</exception>
    public void Run(PairPotential potential, Particles particles, SimdWidth width)
    {
        int d = Box.Dimension, stride = d == 2 ? 2 : 4;
        if (d == 3)
            _grid.Sort(particles.Positions.Values, stride, particles.Positions.Values[3..], stride, ParticleCount);
        else
            _grid.Sort(particles.Positions.Values, stride, particles.Sizes.Values, stride, ParticleCount);
        var visitor = new Visitor(this, particles, width);
        potential.Accept(ref visitor);
    }

    private void Reserve(int count)
    {
        if (_neighbours.Length < count)
            Array.Resize(ref _neighbours, Math.Max(count, 2 * _neighbours.Length));
    }

    private readonly struct Visitor(NeighbourSearch search, Particles particles, SimdWidth width) : IPairLawVisitor
    {
        public void Visit<TLaw>(in TLaw law) where TLaw : struct, IPairLaw
        {
            var kernel = new Kernel<TLaw>(law, search, particles);
            KernelDispatch.Run(ref kernel, search.Box.Dimension, width);
        }
    }

    private readonly struct Kernel<TLaw>(TLaw law, NeighbourSearch search, Particles particles) : IKernel
        where TLaw : struct, IPairLaw
    {
        public void Run<T, TDim>()
            where T : unmanaged, ILanes<T>
            where TDim : struct, IDimension
        {
            CellGrid grid = search._grid;
            var cell = new PeriodicCell(search.Box);
            Span<(int First, int End)> runs = stackalloc (int, int)[CellGrid.LargestRunCount(TDim.Value)];
            Span<double> point = stackalloc double[TDim.Value];
            int[] found = search.Found;
            int total = 0;
            T margin = T.Splat(search.Margin);
            for (int slot = 0; slot < search.ParticleCount; slot++)
            {
                found[slot] = total;
                ReadOnlySpan<double> row = particles.Positions.Values.Slice(slot * TDim.RowWidth, TDim.RowWidth);
                row[..TDim.Value].CopyTo(point);
                T size = T.Splat(TDim.Value == 3 ? row[3] : particles.Sizes.Values[slot * TDim.RowWidth]);
                PairVector<T, TDim> own = default;
                own.X = T.Splat(point[0]);
                own.Y = T.Splat(point[1]);
                if (TDim.Value > 2)
                    own.Z = T.Splat(point[2]);
                if (TDim.Value > 3)
                    own.W = T.Splat(point[3]);

                int runCount = grid.Runs(point, runs);
                foreach ((int first, int end) in runs[..runCount])
                {
                    search.Reserve(total + end - first);
                    for (int k = first; k < end; k += T.Count)
                    {
                        // The grid's fields are padded by eight numbers, so the last load may pass the end of the run.
                        PairVector<T, TDim> x = default;
                        x.X = T.Load(ref grid.Coordinates[0].Origin, k);
                        x.Y = T.Load(ref grid.Coordinates[1].Origin, k);
                        if (TDim.Value > 2)
                            x.Z = T.Load(ref grid.Coordinates[2].Origin, k);
                        if (TDim.Value > 3)
                            x.W = T.Load(ref grid.Coordinates[3].Origin, k);
                        x -= own;
                        cell.MinimumImage(ref x);
                        T reach = law.Cutoff(size, T.Load(ref grid.Sizes.Origin, k)) + margin;
                        T square = PairVector<T, TDim>.Dot(x, x);
                        uint near = T.LessMask(square, reach * reach), same = T.LessMask(square, T.Splat(double.Epsilon));
                        if (k + T.Count > end)
                            near &= (1u << (end - k)) - 1;
                        for (; near != 0; near &= near - 1)
                        {
                            int lane = BitOperations.TrailingZeroCount(near), other = grid.Particle[k + lane];
                            if (other == slot)
                                continue;
                            // The kernels take a separation of zero for a filled-up place: such a pair would be left out silently.
                            if ((same >> lane & 1) != 0)
                                throw new ArgumentException($"two particles are at the same place ({string.Join(", ", point.ToArray())})");
                            search._neighbours[total++] = other;
                        }
                    }
                }
            }
            found.AsSpan(search.ParticleCount).Fill(total);
        }
    }
}
