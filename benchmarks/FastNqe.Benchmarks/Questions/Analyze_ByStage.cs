using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using FastNqe.Benchmarks.Glasses;

namespace FastNqe.Benchmarks.Questions;

/// <summary>Where does the time of a whole analysis go: quench, pair table, lowest eigenpair, quartic mode, cubic mode?</summary>
[SimpleJob(RunStrategy.Monitoring, warmupCount: 1, iterationCount: 5)]
[MemoryDiagnoser(displayGenColumns: false)]
public class Analyze_ByStage
{
    private Configuration _liquid = null!;
    private PairPotential _potential = null!;
    private InherentState _glass = null!;
    private double[] _harmonic = [], _quartic = [];

    [Params(2048, 8192)]
    public int ParticleCount { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var size = new GlassSize(3, ParticleCount);
        _liquid = BenchmarkGlass.LoadLiquid(size);
        _potential = BenchmarkGlass.Model(3).Potential;
        _glass = PairTable();
        _harmonic = Eigenpair()[0].Vector;
        _quartic = QuarticMode().Direction;
    }

    [Benchmark]
    public InherentState Quench() => global::FastNqe.Quench.Run(_liquid, _potential);

    [Benchmark]
    public InherentState PairTable() => InherentState.At(BenchmarkGlass.Load(new GlassSize(3, ParticleCount)), _potential);

    [Benchmark]
    public Eigenpair[] Eigenpair() => _glass.LowestEigenpairs(1);

    [Benchmark]
    public QuarticMode QuarticMode() => global::FastNqe.QuarticMode.From(_glass, _harmonic);

    [Benchmark]
    public CubicMode CubicMode() => global::FastNqe.CubicMode.From(_glass, _quartic);
}
