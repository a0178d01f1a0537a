using BenchmarkDotNet.Attributes;
using FastNqe.Benchmarks.Contests;

namespace FastNqe.Benchmarks.Questions;

/// <summary>What does the memory give one core? 402,653,184 bytes per run, as STREAM counts them.</summary>
public class Triad_Bandwidth
{
    private readonly Triad _triad = new();

    [Benchmark]
    public void Triad() => _triad.Run();
}
