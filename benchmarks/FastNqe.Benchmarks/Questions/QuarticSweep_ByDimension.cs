using FastNqe.Benchmarks.Contests;
using FastNqe.Benchmarks.Glasses;

namespace FastNqe.Benchmarks.Questions;

/// <summary>Does the quartic sweep keep its lead in two and four dimensions?</summary>
public class QuarticSweep_ByDimension : ContestBenchmark
{
    public override IEnumerable<GlassSize> Glasses => [new(2, 2048), new(3, 2048), new(4, 2048)];

    internal override Contest Create() => new QuarticContest(Glass);
}
