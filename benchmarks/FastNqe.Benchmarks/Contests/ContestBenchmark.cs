using BenchmarkDotNet.Attributes;
using FastNqe.Benchmarks.Glasses;
using FastNqe.Benchmarks.Reporting;

namespace FastNqe.Benchmarks.Contests;

/// <summary>A contest as BenchmarkDotNet runs it: the native peer is the baseline, and both results are compared before anything is timed.</summary>
[EveryWidth]
[PairColumns]
[MemoryDiagnoser(displayGenColumns: false)]
[HideColumns("Error", "StdDev", "RatioSD", "Alloc Ratio", "EnvironmentVariables")]
public abstract class ContestBenchmark
{
    private Contest? _contest;

    /// <summary>The glass.</summary>
    [ParamsSource(nameof(Glasses))]
    public GlassSize Glass { get; set; }

    /// <summary>In three dimensions: both caches, their edge, and memory.</summary>
    public virtual IEnumerable<GlassSize> Glasses => [new(3, 2048), new(3, 8192), new(3, 32768), new(3, 131072)];

    /// <summary>Sets up and compares.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _contest = Create();
        _contest.Check();
    }

    /// <summary>Frees the peer's memory.</summary>
    [GlobalCleanup]
    public void Cleanup() => _contest!.Dispose();

    /// <summary>Plain C++.</summary>
    [Benchmark(Baseline = true)]
    public void Peer() => _contest!.RunPeer();

    /// <summary>FastNqe.</summary>
    [Benchmark]
    public void FastNqe() => _contest!.RunOurs();

    internal abstract Contest Create();
}
