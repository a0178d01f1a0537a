using FastNqe.Benchmarks.Contests;

namespace FastNqe.Benchmarks.Questions;

/// <summary>How long do forces, energy and virial of a moving liquid take per interacting pair?</summary>
public class LiquidForces_VsPeer : ContestBenchmark
{
    internal override Contest Create() => new ForcesContest(Glass);
}
