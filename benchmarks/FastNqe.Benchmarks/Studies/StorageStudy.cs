using FastNqe.Benchmarks.Contests;
using FastNqe.Benchmarks.Glasses;
using FastNqe.Benchmarks.Quick;
using FastNqe.Contractions;

namespace FastNqe.Benchmarks.Studies;

/// <summary>What should be kept of every pair, at which size and for which order? Every way is run against the peer.</summary>
internal static class StorageStudy
{
    /// <summary>Prints a Markdown table over glasses of the three-dimensional binary mixture.</summary>
    /// <param name="sizes">Their numbers of particles.</param>
    public static int Run(IEnumerable<int> sizes)
    {
        ContestTable.Header();
        foreach (GlassSize size in sizes.Select(n => new GlassSize(3, n)))
        {
            foreach (PairStorage storage in Enum.GetValues<PairStorage>())
            {
                ContestTable.Row(new HessianContest(size, storage));
                ContestTable.Row(new CubicContest(size, storage));
                ContestTable.Row(new QuarticContest(size, storage));
            }
        }
        return 0;
    }
}
