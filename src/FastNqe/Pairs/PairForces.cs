using FastNqe.Contractions;

namespace FastNqe;

/// <summary>
/// Forces and energy of a configuration that moves. Fields are rows in the kernels' order, which stays the same for the life of this object.
/// </summary>
/// <remarks>
/// Two lists follow the particles. The inner one, which forces are summed over, has a narrow skin and is made anew when a particle has moved half
/// of it; but it is only pruned out of the outer one, which has a wide skin and lasts several times as long, so that the cell grid is
/// searched seldom. A pair is missed by neither: as long as no particle is farther than half of the difference of the skins
/// from where the outer list was made, every pair within the narrow skin is in it. In a quench few particles come far at a time: both lists are then
/// repaired for these (<see cref="ListRepair"/>), and the inner skin follows how long lists last (<see cref="ListSkin"/>).
/// </remarks>
internal sealed class PairForces
{
    /// <summary>The outer skin is so many times the inner one.</summary>
    public const double OuterSkin = 5;

    // In a larger system the outer list takes too much memory, half a kilobyte per particle, and is kept narrower.
    private const int LargestWide = 1 << 18;
    private const double NarrowOuterSkin = 3;

    private readonly NeighbourSearch _search;
    private readonly NeighbourPruning _pruning;
    private readonly RowField _searchedPositions, _listedPositions;
    private readonly ForceSum _sum;
    private readonly ListRepair? _repair;
    private readonly ListSkin _skin;
    private int _listedAt;
    private bool _isSearchValid, _isListValid;

    /// <param name="configuration">Fixes the box, the sizes and the order of particles; its positions are the first ones.</param>
    /// <param name="potential">The pair potential.</param>
    /// <param name="skin">How far beyond its cutoff a pair is listed [length].</param>
    /// <param name="width">The vector width; by default that of <see cref="Simd"/>.</param>
    /// <param name="given">The order of particles, or null for one that suits the configuration.</param>
    /// <param name="repairs">
    /// Whether the list is repaired while few particles move, as in a quench. The last bits of a sum then depend on how particles came to where they are, not
    /// only on <see cref="ListedPositions"/>.
    /// </param>
    /// <exception cref="ArgumentException">The box is too small, or the configuration has no diameters.</exception>
    public PairForces(Configuration configuration, PairPotential potential, double skin, SimdWidth? width = null, ParticleOrder? given = null, bool repairs = false)
    {
        Width = width ?? Simd.Width;
        Potential = potential;
        Box = configuration.Box;
        BoxCheck.RefuseFarAway(configuration);
        double largestCutoff = BoxCheck.LargestCutoff(configuration, potential), outer = (configuration.ParticleCount > LargestWide ? NarrowOuterSkin : OuterSkin) * skin;
        // In a tilted box the image that rounding finds is the nearest one only below half of the smallest height.
        if (Box.IsTilted)
            (skin, outer) = (Math.Min(skin, Box.SmallestHeight / 2 - largestCutoff), Math.Min(outer, Box.SmallestHeight / 2 - largestCutoff));
        _skin = new ListSkin(skin);
        ParticleOrder order = given ?? ParticleOrder.AlongCurve(configuration, largestCutoff / 2);
        _search = new NeighbourSearch(Box, largestCutoff, outer, order.SlotCount, order.ParticleCount, HalfList.ChunkSlots);
        _pruning = new NeighbourPruning(_search, order.RowWidth);
        Order = given ?? ByInteractions(configuration, order);
        List = new HalfList(Order);
        Particles = OrderedParticles.From(configuration, Order);
        (_searchedPositions, _listedPositions) = (Order.NewField(), Order.NewField());
        _sum = new ForceSum(potential, Order.SlotCount, Order.Dimension, Width);
        _repair = repairs ? new ListRepair(_search, Order, _skin) : null;
    }

    public Box Box { get; }

    public PairPotential Potential { get; }

    /// <summary>The vector width of the sweeps.</summary>
    public SimdWidth Width { get; }

    public ParticleOrder Order { get; }

    /// <summary>The particles; whoever moves them writes to their positions' rows (leaving the fourth number of a row in 3D alone).</summary>
    public Particles Particles { get; }

    /// <summary>How often the cell grid was searched.</summary>
    public int SearchCount { get; private set; }

    /// <summary>How often the list in use was made.</summary>
    public int ListCount { get; private set; }

    /// <summary>How often forces were computed.</summary>
    public int SweepCount { get; private set; }

    /// <summary>The list in use; empty before the first force computation.</summary>
    public HalfList List { get; }

    /// <summary>Gives the particles other sizes out of the same set; the list is made anew at the next computation.</summary>
    /// <param name="sizes">N sizes in the caller's order.</param>
    public void Resize(ReadOnlySpan<double> sizes)
    {
        int width = Order.RowWidth, column = Order.Dimension == 3 ? 3 : 0;
        Span<double> rows = Particles.Sizes.Values;
        for (int slot = 0; slot < Order.ParticleCount; slot++)
            rows[slot * width + column] = sizes[Order.ParticleOf[slot]];
        _isSearchValid = _isListValid = false;
    }

    /// <summary>Puts the particles elsewhere; lists are made as if that was where they had always been.</summary>
    /// <param name="positions">N·d numbers in the caller's order.</param>
    public void MoveTo(ReadOnlySpan<double> positions)
    {
        Order.Scatter(positions, Particles.Positions);
        _skin.Restart();
        _listedAt = SweepCount;
        _isSearchValid = _isListValid = false;
    }

    /// <summary>Where the particles were when the cell grid was searched, and when the list in use was made; with the order these determine the list to the bit, unless it is repaired.</summary>
    public (RowField Searched, RowField Listed) ListedPositions => (_searchedPositions, _listedPositions);

    /// <summary>Makes the list as it was made when the particles were elsewhere, for lists that are not repaired; the particles stay where they are.</summary>
    /// <param name="searched">Where the particles were when the cell grid was searched.</param>
    /// <param name="listed">Where they were when the list was made.</param>
    public void RenewListAt(ReadOnlySpan<double> searched, ReadOnlySpan<double> listed)
    {
        double[] now = Particles.Positions.Values.ToArray();
        searched.CopyTo(Particles.Positions.Values);
        MakeSearch();
        listed.CopyTo(Particles.Positions.Values);
        MakeList();
        _isListValid = true;
        now.CopyTo(Particles.Positions.Values);
    }

    /// <summary>Computes forces only.</summary>
    /// <param name="forces">Receives the force on every particle.</param>
    public void Compute(RowField forces)
    {
        RenewList();
        _sum.Compute(Particles, List, _repair?.Appended, forces);
        SweepCount++;
    }

    /// <summary>Computes forces, energy and virial.</summary>
    /// <param name="forces">Receives the force on every particle.</param>
    /// <param name="virial">Receives Σ_pairs phi' r [energy]; the pressure without its kinetic part is -virial/(d V).</param>
    /// <returns>The energy U.</returns>
    public double Compute(RowField forces, out double virial)
    {
        RenewList();
        SweepCount++;
        return _sum.Compute(Particles, List, _repair?.Appended, forces, out virial);
    }

    /// <summary>The pairs that interact where the particles are now, until forces are computed again; not before forces were computed there.</summary>
    public NeighbourLists Interacting()
    {
        // A list that is repaired outlasts what the cells were searched for.
        if (HasMoved(_search.Margin / 2, _searchedPositions))
            MakeSearch();
        return Interacting(Particles);
    }

    /// <summary>The configuration as it is now, in the caller's order.</summary>
    public Configuration ToConfiguration(Configuration template)
    {
        double[] positions = new double[Order.ParticleCount * Order.Dimension];
        Order.Gather(Particles.Positions, positions);
        return template.WithPositions(positions);
    }

    // NaN counts as too far: the search sees it.
    private bool HasMoved(double distance, RowField since) => !FieldAlgebra.AreWithin(distance, Particles.Positions, since, Order.Dimension, Width);

    private void RenewList()
    {
        int age = SweepCount - _listedAt;
        bool isOfUse = _isListValid && !(_repair is not null && _skin.TryNarrow(age));
        // Two particles that approach each other by half of the skin each may begin to interact.
        if (isOfUse && !HasMoved(_skin.Width / 2, _repair?.Anchors ?? _listedPositions))
            return;
        // What ends with an error leaves nothing behind that could be used.
        _isListValid = false;
        if (!(isOfUse && TryRepairList()))
        {
            _skin.Renew(age);
            if (!TryPruneList())
            {
                MakeSearch();
                MakeList();
            }
        }
        _isListValid = true;
    }

    // The list that is there, with new anchors for the few that have left theirs.
    private bool TryRepairList() => TryFindMovers(_skin.Width / 2, _repair?.Anchors) && TryRepair(_listedPositions, _skin.Width);

    // A list out of what was searched before, which lacks pairs of those only that have come far since.
    private bool TryPruneList()
    {
        if (!_isSearchValid)
            return false;
        // Not quite half, so that what rounding does to a distance does not matter.
        double far = 0.4999 * (_search.Margin - _skin.Width);
        bool areAllNear = !HasMoved(far, _searchedPositions);
        if (!areAllNear && !TryFindMovers(far, _searchedPositions))
            return false;
        MakeList();
        return areAllNear || TryRepair(_searchedPositions, _search.Margin);
    }

    private bool TryFindMovers(double distance, RowField? since) =>
        _isSearchValid && _repair is not null && _repair.TryFindMovers(Particles.Positions, since!, distance, _searchedPositions);

    private bool TryRepair(RowField known, double margin) => _repair!.TryAppend(Potential, Particles, known, margin, Width);

    private void MakeSearch()
    {
        // A search that ends with an error leaves nothing behind that could be used.
        _isSearchValid = false;
        _search.Run(Potential, Particles, Width);
        _pruning.Renew();
        FieldAlgebra.Copy(Particles.Positions, _searchedPositions);
        _repair?.ForgetStrays();
        _isSearchValid = true;
        SearchCount++;
    }

    private void MakeList()
    {
        _pruning.Run(Potential, Particles, _skin.Width, Width);
        List.Fill(_pruning);
        FieldAlgebra.Copy(Particles.Positions, _listedPositions);
        _repair?.Restart(_listedPositions);
        ListCount++;
        _listedAt = SweepCount;
    }

    private ParticleOrder ByInteractions(Configuration configuration, ParticleOrder along)
    {
        Particles unsorted = OrderedParticles.From(configuration, along);
        _search.Run(Potential, unsorted, Width);
        _pruning.Renew();
        int[] counts = new int[along.SlotCount];
        Interacting(unsorted).CountFromBothSides(counts);
        return along.ByNeighbourCount(counts);
    }

    // The list in use has copied what the pruning found before.
    private NeighbourPruning Interacting(Particles particles)
    {
        _pruning.Run(Potential, particles, 0, Width);
        return _pruning;
    }
}
