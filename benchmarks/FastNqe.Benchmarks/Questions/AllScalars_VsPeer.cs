using FastNqe.Benchmarks.Contests;

namespace FastNqe.Benchmarks.Questions;

/// <summary>How long do the four scalars K, T, Q, Σ b² of a direction take per pair, when no vector is wanted?</summary>
public class AllScalars_VsPeer : ContestBenchmark
{
    internal override Contest Create() => new ScalarsContest(Glass);
}
