using FastNqe.Benchmarks.Glasses;
using FastNqe.Benchmarks.Peer;
using FastNqe.Contractions;

namespace FastNqe.Benchmarks.Contests;

/// <summary>
/// Forces, energy and virial of a moving configuration from a neighbour list with skin: a liquid whose particles have moved by up to a
/// sixth of the skin since the list was made. The checks for a new list are not timed, on either side.
/// </summary>
internal sealed unsafe class ForcesContest : Contest
{
    private const double Skin = 0.3;

    private readonly Configuration _moved;
    private readonly PairForces _pairs;
    private readonly ForceSum _sum;
    private readonly RowField _forces;
    private readonly PeerLiquid _peer;
    private readonly PinnedField _peerPositions, _peerForces;
    private double _energy, _virial, _peerEnergy, _peerVirial;

    public ForcesContest(GlassSize size)
    {
        Configuration liquid = BenchmarkGlass.LoadLiquid(size);
        var potential = (PairPotential<InversePowerLaw>)BenchmarkGlass.Model(size.Dimension).Potential;
        double[] positions = liquid.Positions.ToArray();
        var random = new Random(3);
        foreach (ref double x in positions.AsSpan())
            x += Skin / 6 * (2 * random.NextDouble() - 1);
        _moved = liquid.WithPositions(positions);
        PairCount = new PairTable(_moved, potential).PairCount;

        _pairs = new PairForces(liquid, potential, Skin);
        _forces = _pairs.Order.NewField();
        _pairs.Compute(_forces);
        _pairs.Order.Scatter(positions, _pairs.Particles.Positions);
        _sum = new ForceSum(potential, _pairs.Order.SlotCount, size.Dimension);
        _peer = new PeerLiquid(liquid, potential.Law, Skin);
        _peerPositions = PinnedField.Of(positions);
        _peerForces = new PinnedField(positions.Length);
    }

    public override string Kernel => "forces, energy, virial";

    public override GlassSize Size => new(_moved.Dimension, _moved.ParticleCount);

    public override string Source => "skin 0.3";

    public override long PairCount { get; }

    // Indices of every listed pair, twice; rows of positions (and sizes where they do not fit in) and forces.
    public override double BytesPerPair =>
        ((double)_pairs.List.ColumnCount * SlicedList.SliceSize * sizeof(int) + (Size.Dimension == 3 ? 2.0 : 3.0) * _forces.Length * sizeof(double)) / PairCount;

    // Indices of every listed pair; positions, sizes, and forces cleared, read and written.
    public override double PeerBytesPerPair =>
        ((double)_peer.PairCount * sizeof(int) + _moved.ParticleCount * (4.0 * Size.Dimension + 1) * sizeof(double)) / PairCount;

    public override void RunOurs() => _energy = _sum.Compute(_pairs.Particles, _pairs.List, _forces, out _virial);

    public override void RunPeer()
    {
        double energy, virial;
        NativePeer.LiquidForces(_peer.Handle, _peerPositions.Address, _peerForces.Address, &energy, &virial);
        (_peerEnergy, _peerVirial) = (energy, virial);
    }

    public override void Dispose() => _peer.Dispose();

    protected override void Compare()
    {
        double[] forces = new double[_peerForces.Values.Length];
        _pairs.Order.Gather(_forces, forces);
        CompareFields("the force field", forces, _peerForces.Values);
        CompareScalars("the energy", _energy, _peerEnergy, Math.Abs(_peerEnergy));
        // FastNqe's virial is sum phi' r; the peer's has the sign of force times separation.
        CompareScalars("the virial", -_virial, _peerVirial, Math.Abs(_peerVirial));
    }
}
