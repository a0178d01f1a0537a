using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FastNqe.Contractions;

/// <summary>
/// Keeps a list right while a few particles move and the others hardly do, as in a quench, where one place after another rearranges: whoever has left
/// its anchor gets a new one, and the pairs that it comes into there are appended.
/// </summary>
/// <remarks>
/// A particle's anchor is where it was when the list was made, or when it was last repaired. Whatever two anchors are nearer than their pair's cutoff plus
/// the skin is in the list or appended to it, and as no particle is farther than half of the skin from its anchor, no interacting pair is missed. Pairs
/// that have parted stay; sweeps mask them. Whether the list has a pair already is not looked up but known from where the particles were when it was made.
/// The same saves searches: a list that is made anew out of what an older search found lacks only pairs of the few particles that have come far since then.
/// </remarks>
/// <param name="search">The search whose cells hold the particles.</param>
/// <param name="order">The order of particles.</param>
/// <param name="skin">How far beyond its cutoff a pair is listed.</param>
internal sealed class ListRepair(NeighbourSearch search, ParticleOrder order, ListSkin skin)
{
    // Of so many particles one at most may need a new anchor at a time, and of so many pairs per particle the appendix may hold one: else a new list is cheaper.
    private const int ParticlesPerMover = 64;
    private const int ParticlesPerPair = 1;

    // Every mover looks at all of them.
    private const int MostStrays = 512;

    private readonly NeighbourSearch _search = search;
    private readonly ParticleOrder _order = order;
    private readonly ListSkin _skin = skin;

    // Those who need a new anchor, and those whose anchors are so far from their cells that who looks there may not find them.
    private readonly List<int> _movers = [], _strays = [];

    // What each thread finds.
    private readonly List<NewPairs> _found = [];

    /// <summary>Every particle's anchor.</summary>
    public RowField Anchors { get; } = order.NewField();

    /// <summary>What was appended.</summary>
    public PairAppendix Appended { get; } = new(order.RowWidth);

    /// <summary>The cells have been filled anew.</summary>
    public void ForgetStrays() => _strays.Clear();

    /// <summary>The list has been made anew.</summary>
    public void Restart(RowField positions)
    {
        Appended.Clear();
        FieldAlgebra.Copy(positions, Anchors);
    }

    /// <summary>Finds the particles whose pairs the list, or what it is pruned out of, no longer has.</summary>
    /// <param name="positions">Where all are now.</param>
    /// <param name="since">Where they were.</param>
    /// <param name="distance">How far they may have come from there.</param>
    /// <param name="searched">Where they were when the cells were filled.</param>
    /// <returns>Whether they are few, few of them far from their cells, and all of them somewhere; if not, everyone's pairs must be found anew.</returns>
    public bool TryFindMovers(RowField positions, RowField since, double distance, RowField searched)
    {
        _movers.Clear();
        var far = new FarKernel(positions, since, distance * distance, _order.SlotCount, _movers);
        KernelDispatch.Run(ref far, _order.Dimension, Simd.Width);
        if (_movers.Count > _order.ParticleCount / ParticlesPerMover)
            return false;
        double farthest = (_search.Margin - _skin.Width) * (_search.Margin - _skin.Width);
        foreach (int slot in _movers)
        {
            if (!_search.HasCell(Row(positions, slot)))
                return false;
            if (SquaredDistance(positions, searched, slot) > farthest && !_strays.Contains(slot))
                _strays.Add(slot);
        }
        return _strays.Count <= MostStrays;
    }

    /// <summary>Gives those found their new anchors and appends the pairs that they come into there.</summary>
    /// <param name="potential">The pair potential.</param>
    /// <param name="particles">The particles where they are now.</param>
    /// <param name="known">Where they were when every pair was found that was near then.</param>
    /// <param name="margin">How far beyond its cutoff a pair counted as near.</param>
    /// <param name="width">The vector width.</param>
    /// <returns>Whether the appendix is short; if not, a new list is cheaper.</returns>
    public bool TryAppend(PairPotential potential, Particles particles, RowField known, double margin, SimdWidth width)
    {
        foreach (int slot in _movers)
            Row(particles.Positions, slot).CopyTo(Row(Anchors, slot));
        int threads = _search.Threads;
        while (_found.Count < threads)
            _found.Add(new NewPairs());
        foreach (NewPairs found in _found)
            found.Pairs.Clear();
        var visitor = new Visitor(this, At(Anchors, particles), At(known, particles), margin, threads, width);
        potential.Accept(ref visitor);
        foreach (NewPairs found in _found)
            foreach ((int slot, int other) in found.Pairs)
                Appended.Add(slot, other);
        return Appended.Count <= _order.ParticleCount / ParticlesPerPair;
    }

    private Particles At(RowField positions, Particles particles) => new(positions, _order.Dimension == 3 ? positions : particles.Sizes, particles.Cell);

    private Span<double> Row(RowField field, int slot) => field.Values.Slice(slot * _order.RowWidth, _order.RowWidth);

    private double SquaredDistance(RowField one, RowField other, int slot)
    {
        ReadOnlySpan<double> a = Row(one, slot), b = Row(other, slot);
        double square = 0;
        for (int axis = 0; axis < _order.Dimension; axis++)
            square += (a[axis] - b[axis]) * (a[axis] - b[axis]);
        return square;
    }

    // Whoever is not within a distance of where it was.
    private readonly struct FarKernel(RowField positions, RowField since, double square, int slotCount, List<int> far) : IKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<T, TDim>()
            where T : unmanaged, ILanes<T>
            where TDim : struct, IDimension
        {
            // Bounds: fields hold slotCount rows, and slots are whole slices; empty ones do not move.
            ref double here = ref positions.Origin;
            ref double there = ref since.Origin;
            T limit = T.Splat(square);
            for (int slot = 0; slot < slotCount; slot += T.Count)
            {
                nint row = (nint)slot * TDim.RowWidth;
                PairVector<T, TDim> step = PairVector<T, TDim>.Consecutive(ref Unsafe.Add(ref here, row)) - PairVector<T, TDim>.Consecutive(ref Unsafe.Add(ref there, row));
                uint near = T.LessMask(PairVector<T, TDim>.Dot(step, step), limit);
                for (uint left = ~near & ((1u << T.Count) - 1); left != 0; left &= left - 1)
                    far.Add(slot + BitOperations.TrailingZeroCount(left));
            }
        }
    }

    private readonly struct Visitor(ListRepair repair, Particles anchored, Particles known, double margin, int threads, SimdWidth width) : IPairLawVisitor
    {
        public void Visit<TLaw>(in TLaw law) where TLaw : struct, IPairLaw
        {
            var kernel = new Kernel<TLaw>(law, repair, anchored, known, margin);
            SweepTeam.Run(ref kernel, repair._movers.Count, threads, repair._order.Dimension, width);
        }
    }

    // Every mover is a chunk.
    private readonly struct Kernel<TLaw>(TLaw law, ListRepair repair, Particles anchored, Particles known, double margin) : IChunkedKernel
        where TLaw : struct, IPairLaw
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<T, TDim>(int firstMover, int endMover, int thread)
            where T : unmanaged, ILanes<T>
            where TDim : struct, IDimension
        {
            NewPairs found = repair._found[thread];
            foreach (int slot in CollectionsMarshal.AsSpan(repair._movers)[firstMover..endMover])
            {
                int count = found.Collect(repair, slot);
                count = Select<T, TDim>(anchored, repair._skin.Width, isNear: true, slot, found, count);
                count = Select<T, TDim>(known, margin, isNear: false, slot, found, count);
                foreach (int other in found.Slots.AsSpan(0, count))
                    found.Pairs.Add((slot, other));
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private int Select<T, TDim>(Particles particles, double reach, bool isNear, int slot, NewPairs found, int count)
            where T : unmanaged, ILanes<T>
            where TDim : struct, IDimension
        {
            // What is left behind them from before are rows of the field as well.
            for (int k = 0; k < count; k++)
                found.Rows[k] = found.Slots[k] * TDim.RowWidth;
            return NearOne.Select<TLaw, T, TDim>(law, particles, reach, isNear, slot, ref found.Rows[0], ref found.Slots[0], count, ref found.Slots[0]);
        }
    }

    // One thread's pairs, and those whom it looks at for them.
    private sealed class NewPairs
    {
        public List<(int Slot, int Other)> Pairs { get; } = [];

        public int[] Slots = new int[SlicedList.SliceSize], Rows = new int[SlicedList.SliceSize];

        // Whoever may be near a mover.
        public int Collect(ListRepair repair, int slot)
        {
            ReadOnlySpan<int> strays = CollectionsMarshal.AsSpan(repair._strays);
            int count = repair._search.SlotsAround(repair.Row(repair.Anchors, slot), ref Slots), all = count + strays.Length;
            if (Slots.Length < all + SlicedList.SliceSize)
                Array.Resize(ref Slots, 2 * all + SlicedList.SliceSize);
            strays.CopyTo(Slots.AsSpan(count));
            if (Rows.Length < Slots.Length)
                Rows = new int[Slots.Length];
            return all;
        }
    }
}
