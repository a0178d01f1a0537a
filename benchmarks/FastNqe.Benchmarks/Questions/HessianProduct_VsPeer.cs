using FastNqe.Benchmarks.Contests;

namespace FastNqe.Benchmarks.Questions;

/// <summary>How long does a Hessian product (K, M·z) take per pair?</summary>
public class HessianProduct_VsPeer : ContestBenchmark
{
    internal override Contest Create() => new HessianContest(Glass);
}
