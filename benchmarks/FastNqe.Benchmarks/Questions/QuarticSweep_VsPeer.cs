using FastNqe.Benchmarks.Contests;

namespace FastNqe.Benchmarks.Questions;

/// <summary>How long does the fused quartic sweep (K, Q, M·z, U(4):.zzz) take per pair, in and out of cache?</summary>
public class QuarticSweep_VsPeer : ContestBenchmark
{
    internal override Contest Create() => new QuarticContest(Glass);
}
