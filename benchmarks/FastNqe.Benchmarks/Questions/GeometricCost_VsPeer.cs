using FastNqe.Benchmarks.Contests;

namespace FastNqe.Benchmarks.Questions;

/// <summary>How long do the geometric cost function and its gradient take per pair?</summary>
public class GeometricCost_VsPeer : ContestBenchmark
{
    internal override Contest Create() => new GeometricContest(Glass);
}
