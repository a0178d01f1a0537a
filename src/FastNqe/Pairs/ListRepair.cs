using System.Runtime.InteropServices;

namespace FastNqe.Contractions;

/// <summary>
/// Keeps a list right while a few particles move and the others hardly do, as in a quench, where one place after another rearranges: whoever has left
/// its anchor gets a new one, and the pairs that it comes into there are appended.
/// </summary>
/// <remarks>
/// A particle's anchor is where it was when the list was made, or when it was last repaired. Whatever two anchors are nearer than their pair's cutoff plus
/// the skin is in the list or appended to it, and as no particle is farther than half of the skin from its anchor, no interacting pair is missed. Pairs
/// that have parted stay; sweeps mask them. The same saves searches: a list that is made anew out of what an older search found lacks only pairs of the few
/// particles that have come far since then.
/// </remarks>
/// <param name="search">The search whose cells hold the particles.</param>
/// <param name="list">The list.</param>
/// <param name="order">The order of particles.</param>
/// <param name="skin">How far beyond its cutoff a pair is listed.</param>
internal sealed class ListRepair(NeighbourSearch search, HalfList list, ParticleOrder order, double skin)
{
    // Of so many particles one at most may need a new anchor at a time, and of so many pairs per particle the appendix may hold one: else a new list is cheaper.
    private const int ParticlesPerMover = 64;
    private const int ParticlesPerPair = 1;

    // Every mover looks at all of them.
    private const int MostStrays = 512;

    private readonly NeighbourSearch _search = search;
    private readonly ParticleOrder _order = order;
    private readonly double _skin = skin;

    // Those who need a new anchor, and those whose anchors are so far from their cells that who looks there may not find them.
    private readonly List<int> _movers = [], _strays = [];
    private int[] _candidates = [], _rows = [], _near = [];

    /// <summary>What was appended.</summary>
    public PairAppendix Appended { get; } = new(order.RowWidth);

    /// <summary>Finds the particles whose pairs the list, or what it is pruned out of, no longer has.</summary>
    /// <param name="positions">Where all are now.</param>
    /// <param name="since">Where they were.</param>
    /// <param name="distance">How far they may have come from there.</param>
    /// <param name="searched">Where they were when the cells were filled.</param>
    /// <returns>Whether they are few; if not, everyone's pairs are cheaper to find anew.</returns>
    public bool TryFind(RowField positions, RowField since, double distance, RowField searched)
    {
        _movers.Clear();
        for (int slot = 0; slot < _order.ParticleCount; slot++)
            if (!(SquaredDistance(positions, since, slot) < distance * distance))
                _movers.Add(slot);
        if (_movers.Count > _order.ParticleCount / ParticlesPerMover)
            return false;
        double farthest = (_search.Margin - _skin) * (_search.Margin - _skin);
        foreach (int slot in _movers)
        {
            double square = SquaredDistance(positions, searched, slot);
            if (!double.IsFinite(square))
                return false;
            if (square > farthest && !_strays.Contains(slot))
                _strays.Add(slot);
        }
        return _strays.Count <= MostStrays;
    }

    /// <summary>Gives those found their new anchors and appends the pairs that they come into there.</summary>
    /// <param name="potential">The pair potential.</param>
    /// <param name="particles">The particles where they are now.</param>
    /// <param name="anchors">Where the anchors of all are; changed for those found.</param>
    /// <param name="width">The vector width.</param>
    /// <returns>Whether the appendix is short; if not, a new list is cheaper.</returns>
    public bool TryAppend(PairPotential potential, Particles particles, RowField anchors, SimdWidth width)
    {
        int w = _order.RowWidth;
        foreach (int slot in _movers)
            particles.Positions.Values.Slice(slot * w, w).CopyTo(anchors.Values[(slot * w)..]);
        Particles anchored = new(anchors, _order.Dimension == 3 ? anchors : particles.Sizes, particles.Cell);
        var visitor = new Visitor(this, anchored, width);
        potential.Accept(ref visitor);
        return Appended.Count <= _order.ParticleCount / ParticlesPerPair;
    }

    /// <summary>The cells have been filled anew.</summary>
    public void ForgetStrays() => _strays.Clear();

    // Those of the candidates who are near and whose pair stands nowhere.
    private void Append<TLaw, T, TDim>(TLaw law, Particles anchored, int slot, ReadOnlySpan<int> candidates)
        where TLaw : struct, IPairLaw
        where T : unmanaged, ILanes<T>
        where TDim : struct, IDimension
    {
        if (_near.Length < candidates.Length + SlicedList.SliceSize)
        {
            int length = 2 * candidates.Length + SlicedList.SliceSize;
            (_candidates, _rows, _near) = (new int[length], new int[length], new int[length]);
        }
        candidates.CopyTo(_candidates);
        // What is left behind them from before are rows of the field as well.
        for (int k = 0; k < candidates.Length; k++)
            _rows[k] = candidates[k] * TDim.RowWidth;
        int near = NearOne.Select<TLaw, T, TDim>(law, anchored, _skin, slot, ref _rows[0], ref _candidates[0], candidates.Length, ref _near[0]);
        foreach (int other in _near.AsSpan(0, near))
            if (other != slot && !list.Holds(slot, other))
                Appended.Add(slot, other);
    }

    private double SquaredDistance(RowField one, RowField other, int slot)
    {
        ReadOnlySpan<double> a = one.Values.Slice(slot * _order.RowWidth, _order.Dimension), b = other.Values.Slice(slot * _order.RowWidth, _order.Dimension);
        double square = 0;
        for (int axis = 0; axis < a.Length; axis++)
            square += (a[axis] - b[axis]) * (a[axis] - b[axis]);
        return square;
    }

    private readonly struct Visitor(ListRepair repair, Particles anchored, SimdWidth width) : IPairLawVisitor
    {
        public void Visit<TLaw>(in TLaw law) where TLaw : struct, IPairLaw
        {
            var kernel = new Kernel<TLaw>(law, repair, anchored);
            KernelDispatch.Run(ref kernel, repair._order.Dimension, width);
        }
    }

    private readonly struct Kernel<TLaw>(TLaw law, ListRepair repair, Particles anchored) : IKernel
        where TLaw : struct, IPairLaw
    {
        public void Run<T, TDim>()
            where T : unmanaged, ILanes<T>
            where TDim : struct, IDimension
        {
            foreach (int slot in repair._movers)
            {
                CellEntries candidates = repair._search.CandidatesAt(anchored.Positions.Values.Slice(slot * TDim.RowWidth, TDim.RowWidth));
                repair.Append<TLaw, T, TDim>(law, anchored, slot, candidates.AllSlots);
                repair.Append<TLaw, T, TDim>(law, anchored, slot, CollectionsMarshal.AsSpan(repair._strays));
            }
        }
    }
}
