using FastNqe.Benchmarks.Glasses;
using FastNqe.Benchmarks.Peer;
using FastNqe.Contractions;

namespace FastNqe.Benchmarks.Contests;

/// <summary>
/// Forces, energy and virial of a moving liquid with its neighbour list: both hands follow the same trajectory, step by step, round and round. Lists
/// are renewed along it when they must be; making them, and the checks whether they must, are not timed, on either side.
/// </summary>
/// <remarks>
/// One configuration over and over is another question: a processor learns by heart which pairs of 2,048 particles interact, and the peer's
/// cutoff branch, which costs it half of its time, is free.
/// </remarks>
internal sealed unsafe class ForcesContest : Contest
{
    private const double Skin = 0.3;

    // Steps for 131,072 rows of positions in all: several lists' life of a small liquid, and for a large one more branches than can be learnt.
    private const int RowsInAll = 1 << 17, FewestSteps = 2;

    private readonly List<Step> _steps;
    private readonly ParticleOrder _order;
    private readonly Particles _particles;
    private readonly ForceSum _sum;
    private readonly RowField _forces;
    private readonly PinnedField _peerPositions, _peerForces;
    private int _next, _peerNext;
    private double _energy, _virial, _peerEnergy, _peerVirial;

    public ForcesContest(GlassSize size)
    {
        Size = size;
        Configuration liquid = BenchmarkGlass.LoadLiquid(size);
        var potential = (PairPotential<InversePowerLaw>)BenchmarkGlass.Model(size.Dimension).Potential;
        _order = new PairForces(liquid, potential, Skin).Order;
        _particles = OrderedParticles.From(liquid, _order);
        _sum = new ForceSum(potential, _order.SlotCount, size.Dimension);
        _forces = _order.NewField();
        _peerPositions = new PinnedField(liquid.Positions.Length);
        _peerForces = new PinnedField(liquid.Positions.Length);
        _steps = Follow(liquid, potential, _order, Math.Max(FewestSteps, RowsInAll / size.ParticleCount));
        PairCount = _steps.Sum(step => (long)step.PairCount) / _steps.Count;
    }

    public override string Kernel => "forces, energy, virial";

    public override GlassSize Size { get; }

    public override string Source => "skin 0.3";

    /// <summary>Interacting pairs of a step, on average.</summary>
    public override long PairCount { get; }

    // Indices of every listed pair, twice; rows of positions (and sizes where they do not fit in) and forces.
    public override double BytesPerPair =>
        (_steps.Average(step => step.List.ColumnCount) * SlicedList.SliceSize * sizeof(int) + (Size.Dimension == 3 ? 2.0 : 3.0) * _forces.Length * sizeof(double)) / PairCount;

    // Indices of every listed pair; positions, sizes, and forces cleared, read and written.
    public override double PeerBytesPerPair =>
        (_steps.Average(step => step.PeerList.PairCount) * sizeof(int) + Size.ParticleCount * (4.0 * Size.Dimension + 1) * sizeof(double)) / PairCount;

    // Positions are copied to where an integrator would have left them.
    public override void RunOurs()
    {
        Step step = _steps[_next];
        FieldAlgebra.Copy(step.Positions, _particles.Positions);
        _energy = _sum.Compute(_particles, step.List, null, _forces, out _virial);
        _next = (_next + 1) % _steps.Count;
    }

    public override void RunPeer()
    {
        Step step = _steps[_peerNext];
        step.PeerPositions.CopyTo(_peerPositions.Values);
        double energy, virial;
        NativePeer.LiquidForces(step.PeerList.Handle, _peerPositions.Address, _peerForces.Address, &energy, &virial);
        (_peerEnergy, _peerVirial) = (energy, virial);
        _peerNext = (_peerNext + 1) % _steps.Count;
    }

    public override void Dispose()
    {
        foreach (Step step in _steps)
            step.PeerList.Dispose();
    }

    // Every step, after whichever the last sweeps were.
    protected override void Compare()
    {
        double[] forces = new double[_peerForces.Values.Length];
        (_next, _peerNext) = (0, 0);
        for (int k = 0; k < _steps.Count; k++)
        {
            RunOurs();
            RunPeer();
            _order.Gather(_forces, forces);
            CompareFields("the force field", forces, _peerForces.Values);
            CompareScalars("the energy", _energy, _peerEnergy, Math.Abs(_peerEnergy));
            // FastNqe's virial is sum phi' r; the peer's has the sign of force times separation.
            CompareScalars("the virial", -_virial, _peerVirial, Math.Abs(_peerVirial));
        }
    }

    private static List<Step> Follow(Configuration liquid, PairPotential<InversePowerLaw> potential, ParticleOrder order, int count)
    {
        var dynamics = new MolecularDynamics(liquid, potential, BenchmarkGlass.Temperature, new RandomSequence(2, 0, RandomPurpose.Liquid));
        List<Step> steps = [];
        Configuration listed = liquid;
        (HalfList List, PeerLiquid Peer) lists = Lists(liquid);
        for (Configuration now = liquid; steps.Count < count; now = dynamics.Snapshot())
        {
            if (LargestStep(listed, now) >= Skin / 2)
                (listed, lists) = (now, Lists(now));
            steps.Add(new Step(
                OrderedParticles.From(now, order).Positions, lists.List, now.Positions.ToArray(), lists.Peer, new PairTable(now, potential, PairStorage.List).PairCount));
            dynamics.Run(1);
        }
        return steps;

        (HalfList, PeerLiquid) Lists(Configuration at)
        {
            var pairs = new PairForces(at, potential, Skin, given: order);
            pairs.Compute(order.NewField());
            return (pairs.List, new PeerLiquid(at, potential.Law, Skin));
        }
    }

    private static double LargestStep(Configuration from, Configuration to)
    {
        double[] step = new double[from.Dimension];
        double largest = 0;
        for (int i = 0; i < from.ParticleCount; i++)
        {
            for (int axis = 0; axis < step.Length; axis++)
                step[axis] = to.Positions[i * step.Length + axis] - from.Positions[i * step.Length + axis];
            from.Box.MinimumImage(step);
            largest = Math.Max(largest, step.Sum(x => x * x));
        }
        return Math.Sqrt(largest);
    }

    private sealed record Step(RowField Positions, HalfList List, double[] PeerPositions, PeerLiquid PeerList, int PairCount);
}
