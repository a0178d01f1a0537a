using FastNqe.Benchmarks.Contests;

namespace FastNqe.Benchmarks.Questions;

/// <summary>How long does the fused cubic sweep (K, T, M·z, U(3):zz) take per pair?</summary>
public class CubicSweep_VsPeer : ContestBenchmark
{
    internal override Contest Create() => new CubicContest(Glass);
}
