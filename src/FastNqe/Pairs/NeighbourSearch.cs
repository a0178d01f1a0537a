using System.Numerics;
using System.Runtime.CompilerServices;

namespace FastNqe.Contractions;

/// <summary>
/// Finds, for every slot, the slots within the pair's own cutoff plus a margin: a cell grid, then eight candidates at a time.
/// </summary>
internal sealed class NeighbourSearch : NeighbourLists
{
    private readonly CellGrid _grid;
    // Each thread's.
    private readonly List<CellEntries> _candidates;

    /// <param name="box">The periodic cell.</param>
    /// <param name="largestCutoff">The largest cutoff of any pair.</param>
    /// <param name="margin">How far beyond its cutoff a pair is still listed.</param>
    /// <param name="slotCount">The number of slots, a multiple of eight.</param>
    /// <param name="particleCount">The number of particles; slots from there on stay empty.</param>
    /// <param name="chunkSlots">
    /// 0 lists every pair from both sides. Otherwise pairs within a chunk of so many slots are listed from one side only, as a <see cref="HalfList"/>
    /// wants them: that of the particle which comes first in the cell grid.
    /// </param>
    public NeighbourSearch(Box box, double largestCutoff, double margin, int slotCount, int particleCount, int chunkSlots = 0) : base(slotCount, chunkSlots)
    {
        (Box, Margin, ParticleCount) = (box, margin, particleCount);
        _grid = new CellGrid(box, largestCutoff + margin, particleCount);
        _candidates = [new CellEntries(box.Dimension, 0)];
    }

    public Box Box { get; }

    public double Margin { get; }

    public int ParticleCount { get; }

    /// <summary>How many threads share a search, or what is done with its lists.</summary>
    public int Threads => ParticleCount < SweepThreads.SmallestSystem ? 1 : SweepThreads.Count;

    /// <summary>Searches anew. Positions are rows in slot order; for d ≠ 3 the sizes have rows of their own.</summary>
    /// <exception cref="ArgumentException">Two particles are at the same place.</exception>
    /// <exception cref="ArithmeticException">A coordinate is not finite.</exception>
    public void Run(PairPotential potential, Particles particles, SimdWidth width)
    {
        _grid.Sort(particles, ParticleCount);
        var visitor = new Visitor(this, particles, width);
        potential.Accept(ref visitor);
    }

    /// <summary>Whether a place has a cell: its coordinates are finite and not absurdly far away.</summary>
    /// <param name="point">A row of a field.</param>
    public bool HasCell(ReadOnlySpan<double> point) => _grid.HasCell(point);

    /// <summary>The slots of all particles that were, when the search was run, nearer to a place than the largest cutoff plus the margin, and of some more.</summary>
    /// <inheritdoc cref="CellGrid.SlotsAround"/>
    public int SlotsAround(ReadOnlySpan<double> point, ref int[] slots) => _grid.SlotsAround(point, ref slots);

    private readonly struct Visitor(NeighbourSearch search, Particles particles, SimdWidth width) : IPairLawVisitor
    {
        public void Visit<TLaw>(in TLaw law) where TLaw : struct, IPairLaw
        {
            int threads = search.Threads;
            while (search._candidates.Count < threads)
                search._candidates.Add(new CellEntries(search.Box.Dimension, 0));
            var kernel = new Kernel<TLaw>(law, search, particles);
            search.Make(ref kernel, search._grid.HomeCount, threads, search.Box.Dimension, width);
        }
    }

    // Every home is a chunk.
    private readonly struct Kernel<TLaw>(TLaw law, NeighbourSearch search, Particles particles) : IChunkedKernel
        where TLaw : struct, IPairLaw
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<T, TDim>(int firstHome, int endHome, int thread)
            where T : unmanaged, ILanes<T>
            where TDim : struct, IDimension
        {
            CellGrid grid = search._grid;
            CellEntries candidates = search._candidates[thread];
            NeighbourPart part = search.Part(thread);
            var cell = new PeriodicCell(search.Box);
            for (int home = firstHome; home < endHome; home++)
            {
                (int first, int end) = grid.Home(home);
                if (first == end)
                    continue;
                // Where there is but one chunk nobody looks back.
                grid.Collect(home, search.ParticleCount <= search.ChunkSlots ? first : 0, candidates);
                // Bounds: entries are followed by padding, and Compress writes at most T.Count integers past the last neighbour.
                part.Reserve(part.Total + (end - first) * (long)(candidates.Count + T.Count), (home - firstHome) / (double)(endHome - firstHome));
                int total = part.Total;
                for (int entry = first; entry < end; entry++)
                {
                    int slot = Unsafe.Add(ref grid.Entries.Slots, entry);
                    PairVector<T, TDim> own = PairVector<T, TDim>.Splat(ref Unsafe.Add(ref grid.Entries.Numbers, entry), grid.Entries.Stride);
                    T size = T.Splat(Unsafe.Add(ref grid.Entries.Numbers, entry + TDim.Value * (nint)grid.Entries.Stride));
                    // Of its own chunk a particle lists those that come later in the grid; chunks of no slots have ended before the first.
                    int chunk = search.ChunkSlots == 0 ? 0 : slot / search.ChunkSlots;
                    int near = Near(
                        candidates, own, size, cell, T.Splat(chunk * search.ChunkSlots), T.Splat((chunk + 1) * search.ChunkSlots - 1), T.Splat(entry), ref part.At(total), out int coincident);
                    // The kernels take a separation of zero for a filled-up place: such a pair would be left out silently.
                    if (coincident > 1)
                        throw Coincident(slot);
                    search.Set(slot, thread, total, near);
                    total += near;
                }
                part.Total = total;
            }
        }

        // The slots of the candidates near a particle. A method of its own, so that what it holds in registers stays there.
        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
        private int Near<T, TDim>(CellEntries candidates, PairVector<T, TDim> own, T size, in PeriodicCell box, T chunk, T endOfChunk, T later, ref int found, out int coincident)
            where T : unmanaged, ILanes<T>
            where TDim : struct, IDimension
        {
            TLaw pairLaw = law;
            PeriodicCell cell = box;
            T margin = T.Splat(search.Margin), smallest = T.Splat(double.Epsilon);
            ref double numbers = ref candidates.Numbers;
            ref int slots = ref candidates.Slots;
            nint stride = candidates.Stride, count = candidates.Count;
            int total = 0;
            coincident = 0;
            for (nint k = 0; k < count; k += T.Count)
            {
                PairVector<T, TDim> x = PairVector<T, TDim>.Components(ref Unsafe.Add(ref numbers, k), stride) - own;
                cell.MinimumImage(ref x);
                T reach = pairLaw.Cutoff(size, T.Load(ref numbers, k + TDim.Value * stride)) + margin;
                T square = PairVector<T, TDim>.Dot(x, x);
                // The particle itself is a candidate too, at no distance.
                uint zero = T.LessMask(square, smallest), near = T.LessMask(square, reach * reach) ^ zero;
                T slot = T.Load(ref numbers, k + (TDim.Value + 1) * stride), entry = T.Load(ref numbers, k + (TDim.Value + 2) * stride);
                near &= T.LessMask(slot, chunk) | T.LessMask(endOfChunk, slot) | T.LessMask(later, entry);
                coincident += BitOperations.PopCount(zero);
                T.Compress(near, ref Unsafe.Add(ref slots, k), ref Unsafe.Add(ref found, total));
                total += BitOperations.PopCount(near);
            }
            return total;
        }

        private ArgumentException Coincident(int slot)
        {
            int d = search.Box.Dimension;
            return new ArgumentException($"two particles are at the same place, {Place.Of(particles.Positions.Values.Slice(slot * (d == 2 ? 2 : 4), d))}");
        }
    }
}
