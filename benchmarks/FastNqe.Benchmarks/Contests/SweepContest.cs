using FastNqe.Benchmarks.Glasses;
using FastNqe.Benchmarks.Peer;
using FastNqe.Contractions;

namespace FastNqe.Benchmarks.Contests;

/// <summary>A sweep over a glass's pair table along one random direction.</summary>
internal abstract unsafe class SweepContest<TContraction> : Contest
    where TContraction : struct, IContraction
{
    private readonly Configuration _glass;
    private readonly PairTable _pairs;
    private readonly RowField _z;

    protected SweepContest(GlassSize size, PairStorage? storage = null)
    {
        _glass = BenchmarkGlass.Load(size);
        var potential = (PairPotential<InversePowerLaw>)BenchmarkGlass.Model(size.Dimension).Potential;
        _pairs = new PairTable(_glass, potential, storage);
        Native = new PeerGlass(_glass, potential.Law);
        if (Native.PairCount != _pairs.PairCount)
            throw new InvalidOperationException($"{size}: FastNqe finds {_pairs.PairCount} pairs and the peer {Native.PairCount}");

        int length = _glass.ParticleCount * _glass.Dimension;
        Z = PinnedField.Random(length, seed: 7);
        (PeerV0, PeerV1) = (new PinnedField(length), new PinnedField(length));
        _z = _pairs.Order.NewField();
        (V0, V1) = (_pairs.Order.NewField(), _pairs.Order.NewField());
        _pairs.Order.Scatter(Z.Values, _z);
    }

    public override GlassSize Size => new(_glass.Dimension, _glass.ParticleCount);

    public override string Source => _pairs.Storage.ToString().ToLowerInvariant();

    public override long PairCount => _pairs.PairCount;

    // Per column of eight: eight indices, and the stored separations and coefficients that this order reads; per particle and field, one row.
    public override double BytesPerPair
    {
        get
        {
            int d = _glass.Dimension;
            int numbers = _pairs.Storage switch
            {
                PairStorage.Columns => d + TContraction.Order,
                PairStorage.Reduced => d + 2,
                PairStorage.Coefficients => TContraction.Order,
                PairStorage.HessianCoefficients when TContraction.Order == 2 => 2,
                _ => 0,
            };
            int positions = _pairs.Storage is PairStorage.Columns or PairStorage.Reduced ? 0 : numbers == 0 && d != 3 ? 2 : 1;
            int fields = TContraction.Directions + TContraction.Vectors + positions;
            double table = 8.0 * _pairs.List.ColumnCount * (sizeof(int) + numbers * sizeof(double));
            return (table + (double)fields * _z.Length * sizeof(double)) / PairCount;
        }
    }

    // The vectors are cleared, then read and written.
    public override double PeerBytesPerPair =>
        Native.BytesPerPair + (1.0 + 3 * TContraction.Vectors) * _glass.ParticleCount * _glass.Dimension * sizeof(double) / PairCount;

    protected PeerGlass Native { get; }

    /// <summary>The direction, in the caller's order.</summary>
    protected PinnedField Z { get; }

    protected RowField V0 { get; }

    protected RowField V1 { get; }

    protected PinnedField PeerV0 { get; }

    protected PinnedField PeerV1 { get; }

    protected double[] Scalars { get; } = new double[4];

    protected double[] PeerScalars { get; } = new double[4];

    public override void RunOurs() => _pairs.Sweep<TContraction>(
        new SweepFields(_z, V0: TContraction.Vectors > 0 ? V0 : null, V1: TContraction.Vectors > 1 ? V1 : null), Scalars);

    public override void Dispose() => Native.Dispose();

    /// <summary>What a scalar is compared on: a sum whose terms cancel is bounded by |vector| |z|.</summary>
    protected virtual double Scale(int scalar) => Norm(Z.Values) * Norm((scalar == 0 ? PeerV0 : PeerV1).Values);

    protected override void Compare()
    {
        double[] vector = new double[_glass.ParticleCount * _glass.Dimension];
        for (int k = 0; k < TContraction.Scalars; k++)
            CompareScalars($"scalar {k}", Scalars[k], PeerScalars[k], Scale(k));
        if (TContraction.Vectors > 0)
        {
            _pairs.Order.Gather(V0, vector);
            CompareFields("M.z", vector, PeerV0.Values);
        }
        if (TContraction.Vectors > 1)
        {
            _pairs.Order.Gather(V1, vector);
            CompareFields("the second vector", vector, PeerV1.Values);
        }
    }
}
