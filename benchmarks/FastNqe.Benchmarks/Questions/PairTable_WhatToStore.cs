using BenchmarkDotNet.Attributes;
using FastNqe.Benchmarks.Contests;
using FastNqe.Benchmarks.Glasses;
using FastNqe.Contractions;

namespace FastNqe.Benchmarks.Questions;

/// <summary>What should be kept of every pair at which size: separations and coefficients, coefficients alone, or nothing?</summary>
public class PairTable_WhatToStore : IDisposable
{
    private QuarticContest? _columns, _coefficients, _list;

    [Params(2048, 8192, 16384, 32768, 131072)]
    public int ParticleCount { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var size = new GlassSize(3, ParticleCount);
        _columns = new QuarticContest(size, PairStorage.Columns);
        _coefficients = new QuarticContest(size, PairStorage.Coefficients);
        _list = new QuarticContest(size, PairStorage.List);
        foreach (QuarticContest contest in new[] { _columns, _coefficients, _list })
            contest.Check();
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _columns?.Dispose();
        _coefficients?.Dispose();
        _list?.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true)]
    public void Columns() => _columns!.RunOurs();

    [Benchmark]
    public void Coefficients() => _coefficients!.RunOurs();

    [Benchmark]
    public void List() => _list!.RunOurs();
}
