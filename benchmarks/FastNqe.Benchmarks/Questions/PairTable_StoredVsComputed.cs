using BenchmarkDotNet.Attributes;
using FastNqe.Benchmarks.Contests;
using FastNqe.Benchmarks.Glasses;

namespace FastNqe.Benchmarks.Questions;

/// <summary>From which size on is computing a pair's coefficients anew faster than reading them from memory?</summary>
public class PairTable_StoredVsComputed
{
    private QuarticContest? _stored, _computed;

    [Params(2048, 8192, 16384, 32768, 131072)]
    public int ParticleCount { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var size = new GlassSize(3, ParticleCount);
        (_stored, _computed) = (new QuarticContest(size, stored: true), new QuarticContest(size, stored: false));
        _stored.Check();
        _computed.Check();
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _stored!.Dispose();
        _computed!.Dispose();
    }

    [Benchmark(Baseline = true)]
    public void Stored() => _stored!.RunOurs();

    [Benchmark]
    public void Computed() => _computed!.RunOurs();
}
