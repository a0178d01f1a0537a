using BenchmarkDotNet.Attributes;
using FastNqe.Benchmarks.Glasses;
using FastNqe.Benchmarks.Peer;
using FastNqe.Contractions;

namespace FastNqe.Benchmarks.Questions;

/// <summary>What does it cost that callers have their own order and layout: copying in and out around a Hessian product?</summary>
[MemoryDiagnoser(displayGenColumns: false)]
public class HessianProduct_FromCallersMemory
{
    private readonly double[] _scalar = new double[1];
    private InherentState _glass = null!;
    private PinnedField _z = null!;
    private RowField _rows = null!, _product = null!;
    private double[] _result = [];

    [Params(2048, 8192, 131072)]
    public int ParticleCount { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _glass = InherentState.At(BenchmarkGlass.Load(new GlassSize(3, ParticleCount)), BenchmarkGlass.Model(3).Potential);
        _z = PinnedField.Random(3 * ParticleCount, seed: 7);
        _result = new double[3 * ParticleCount];
        (_rows, _product) = (_glass.Pairs.Order.NewField(), _glass.Pairs.Order.NewField());
        _glass.Pairs.Order.Scatter(_z.Values, _rows);
    }

    [Benchmark(Baseline = true)]
    public void SweepAlone() => _glass.Pairs.Sweep<Quadratic>(new SweepFields(_rows, V0: _product), _scalar);

    [Benchmark]
    public double FromCallersMemory() => _glass.HessianProduct(_z.Values, _result);
}
