using FastNqe.Contractions;

namespace FastNqe;

/// <summary>
/// Forces and energy of a configuration that moves: a neighbour list with skin that is renewed by itself when a particle has moved
/// half of the skin. Fields are rows in the kernels' order, which stays the same for the life of this object.
/// </summary>
internal sealed class PairForces
{
    private readonly PairPotential _potential;
    private readonly SimdWidth _width;
    private readonly NeighbourSearch _search;
    private readonly RowField _listedPositions;
    private readonly ForceSum _sum;
    private readonly double _skin;
    private SlicedList? _list;
    private bool _isListValid;

    /// <param name="configuration">Fixes the box, the sizes and the order of particles; its positions are the first ones.</param>
    /// <param name="potential">The pair potential.</param>
    /// <param name="skin">How far beyond its cutoff a pair is listed [length].</param>
    /// <param name="width">The vector width; by default that of <see cref="Simd"/>.</param>
    /// <param name="given">The order of particles, or null for one that suits the configuration.</param>
    /// <exception cref="ArgumentException">The box is too small, or the configuration has no diameters.</exception>
    public PairForces(Configuration configuration, PairPotential potential, double skin, SimdWidth? width = null, ParticleOrder? given = null)
    {
        _width = width ?? Simd.Width;
        _potential = potential;
        Box = configuration.Box;
        double largestCutoff = BoxCheck.LargestCutoff(configuration, potential);
        // In a tilted box the image that rounding finds is the nearest one only below half of the smallest height.
        if (Box.IsTilted)
            skin = Math.Min(skin, Box.SmallestHeight / 2 - largestCutoff);
        ParticleOrder order = given ?? ParticleOrder.AlongCurve(configuration, largestCutoff / 2);
        _search = new NeighbourSearch(Box, largestCutoff, skin, order.SlotCount, order.ParticleCount);
        if (given is null)
        {
            _search.Run(potential, OrderedParticles.From(configuration, order), _width);
            order = order.ByNeighbourCount(_search.Count);
        }
        Order = order;
        Particles = OrderedParticles.From(configuration, Order);
        _listedPositions = Order.NewField();
        _sum = new ForceSum(potential, Order.SlotCount, Order.Dimension, _width);
        _skin = skin;
    }

    public Box Box { get; }

    public ParticleOrder Order { get; }

    /// <summary>The particles; whoever moves them writes to their positions' rows (leaving the fourth number of a row in 3D alone).</summary>
    public Particles Particles { get; }

    /// <summary>How often the list was made.</summary>
    public int ListCount { get; private set; }

    /// <summary>How often forces were computed.</summary>
    public int SweepCount { get; private set; }

    /// <summary>The list in use.</summary>
    public SlicedList List => _list ?? throw new InvalidOperationException("there is no list before the first force computation");

    /// <summary>Gives the particles other sizes out of the same set; the list is made anew at the next computation.</summary>
    /// <param name="sizes">N sizes in the caller's order.</param>
    public void Resize(ReadOnlySpan<double> sizes)
    {
        int width = Order.RowWidth, column = Order.Dimension == 3 ? 3 : 0;
        Span<double> rows = Particles.Sizes.Values;
        for (int slot = 0; slot < Order.ParticleCount; slot++)
            rows[slot * width + column] = sizes[Order.ParticleOf[slot]];
        _isListValid = false;
    }

    /// <summary>Where the particles were when the list was made; together with the order it determines the list to the bit.</summary>
    public ReadOnlySpan<double> ListedPositions => _listedPositions.Values;

    /// <summary>Makes the list as it was made when the particles were elsewhere; they stay where they are.</summary>
    /// <param name="listedPositions">What <see cref="ListedPositions"/> was.</param>
    public void RenewListAt(ReadOnlySpan<double> listedPositions)
    {
        double[] now = Particles.Positions.Values.ToArray();
        listedPositions.CopyTo(Particles.Positions.Values);
        MakeList();
        now.CopyTo(Particles.Positions.Values);
    }

    /// <summary>Computes forces only.</summary>
    /// <param name="forces">Receives the force on every particle.</param>
    public void Compute(RowField forces)
    {
        RenewList();
        _sum.Compute(Particles, List, forces);
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
        return _sum.Compute(Particles, List, forces, out virial);
    }

    /// <summary>The configuration as it is now, in the caller's order.</summary>
    public Configuration ToConfiguration(Configuration template)
    {
        double[] positions = new double[Order.ParticleCount * Order.Dimension];
        Order.Gather(Particles.Positions, positions);
        return template.WithPositions(positions);
    }

    private void RenewList()
    {
        // Two particles that approach each other by half of the skin each may begin to interact. NaN counts as too far: the search sees it.
        if (!_isListValid || !FieldAlgebra.AreWithin(_skin / 2, Particles.Positions, _listedPositions, Order.Dimension, _width))
            MakeList();
    }

    private void MakeList()
    {
        _search.Run(_potential, Particles, _width);
        _list = SlicedList.From(_search, Order.RowWidth, _list);
        FieldAlgebra.Copy(Particles.Positions, _listedPositions);
        _isListValid = true;
        ListCount++;
    }
}
