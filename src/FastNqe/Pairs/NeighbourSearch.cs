using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FastNqe.Contractions;

/// <summary>
/// Finds, for every slot, the slots within the pair's own cutoff plus a margin: a cell grid, then eight candidates at a time.
/// </summary>
internal sealed class NeighbourSearch
{
    private readonly CellGrid _grid;
    private readonly RowField[] _candidates;
    private int[] _candidateParticles;
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
        // Candidates' coordinates, then sizes.
        _candidates = new RowField[box.Dimension + 1];
        _candidateParticles = [];
        GrowCandidates(256);
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

    // Copies the candidates of a cell side by side: its particles then share one unbroken run.
    private int Collect(ReadOnlySpan<(int First, int End)> runs)
    {
        int count = 0;
        foreach ((int first, int end) in runs)
            count += end - first;
        if (count + SlicedList.SliceSize > _candidateParticles.Length)
            GrowCandidates(2 * count);
        for (int field = 0; field < _candidates.Length; field++)
        {
            ref double from = ref (field < _candidates.Length - 1 ? _grid.Coordinates[field] : _grid.Sizes).Origin;
            ref double to = ref _candidates[field].Origin;
            foreach ((int first, int end) in runs)
            {
                // Whole blocks: what is written beyond a run is overwritten by the next one.
                for (int k = 0; k < end - first; k += Vector256<double>.Count)
                    Vector256.LoadUnsafe(ref Unsafe.Add(ref from, first + k)).StoreUnsafe(ref Unsafe.Add(ref to, k));
                to = ref Unsafe.Add(ref to, end - first);
            }
        }
        ref int fromParticle = ref MemoryMarshal.GetArrayDataReference(_grid.Particle);
        ref int toParticle = ref MemoryMarshal.GetArrayDataReference(_candidateParticles);
        foreach ((int first, int end) in runs)
        {
            for (int k = 0; k < end - first; k += Vector128<int>.Count)
                Vector128.LoadUnsafe(ref Unsafe.Add(ref fromParticle, first + k)).StoreUnsafe(ref Unsafe.Add(ref toParticle, k));
            toParticle = ref Unsafe.Add(ref toParticle, end - first);
        }
        return count;
    }

    private void GrowCandidates(int count)
    {
        for (int field = 0; field < _candidates.Length; field++)
            _candidates[field] = new RowField(count + SlicedList.SliceSize);
        _candidateParticles = new int[count + SlicedList.SliceSize];
    }

    private ref int Reserve(int count)
    {
        if (_neighbours.Length < count)
            Array.Resize(ref _neighbours, Math.Max(count, 2 * _neighbours.Length));
        return ref MemoryMarshal.GetArrayDataReference(_neighbours);
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
            T zero = T.Splat(0);
            ref int particle = ref MemoryMarshal.GetArrayDataReference(grid.Particle);
            int total = 0;
            for (int c = 0; c < grid.CellCount; c++)
            {
                if (grid.First[c] == grid.First[c + 1])
                    continue;
                int candidates = search.Collect(runs[..grid.Runs(c, runs)]);
                // Pinned memory: references into it stay what they are until the next cell.
                ref double nearX = ref search._candidates[0].Origin;
                ref double nearY = ref search._candidates[1].Origin;
                ref double nearZ = ref search._candidates[TDim.Value > 2 ? 2 : 0].Origin;
                ref double nearW = ref search._candidates[TDim.Value > 3 ? 3 : 0].Origin;
                ref double nearSizes = ref search._candidates[^1].Origin;
                ref int nearParticle = ref MemoryMarshal.GetArrayDataReference(search._candidateParticles);
                for (int entry = grid.First[c]; entry < grid.First[c + 1]; entry++)
                {
                    ref int found = ref search.Reserve(total + candidates + Compaction.Overrun);
                    int slot = Unsafe.Add(ref particle, entry), before = total;
                    PairVector<T, TDim> own = grid.Splat<T, TDim>(entry);
                    T size = T.Splat(grid.Sizes.Values[entry]);
                    int coincident = 0;
                    for (int k = 0; k < candidates; k += T.Count)
                    {
                        // The collected fields are padded by a block, so the last load may pass the end.
                        PairVector<T, TDim> x = default;
                        x.X = T.Load(ref nearX, k);
                        x.Y = T.Load(ref nearY, k);
                        if (TDim.Value > 2)
                            x.Z = T.Load(ref nearZ, k);
                        if (TDim.Value > 3)
                            x.W = T.Load(ref nearW, k);
                        x -= own;
                        cell.MinimumImage(ref x);
                        T reach = pairLaw.Cutoff(size, T.Load(ref nearSizes, k)) + margin;
                        T square = PairVector<T, TDim>.Dot(x, x);
                        uint near = T.LessMask(square, reach * reach);
                        if (k + T.Count > candidates)
                            near &= (1u << (candidates - k)) - 1;
                        // The particle itself is at distance zero, and nobody else may be.
                        uint others = near & T.LessMask(zero, square);
                        coincident += BitOperations.PopCount(near ^ others);
                        total += T.Count == 1
                            ? Compaction.WriteOne(Unsafe.Add(ref nearParticle, k), others, ref Unsafe.Add(ref found, total))
                            : Compaction.Write(ref Unsafe.Add(ref nearParticle, k), others, ref Unsafe.Add(ref found, total));
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
