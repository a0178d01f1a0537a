using System.Diagnostics;
using System.Globalization;
using FastNqe.Benchmarks.Contests;
using FastNqe.Benchmarks.Glasses;
using FastNqe.Benchmarks.Quick;

namespace FastNqe.Benchmarks.Studies;

/// <summary>What do more threads gain within one sweep, and what does memory let them gain? By the clock on the wall, so on a machine at rest.</summary>
internal static class ThreadStudy
{
    private const double Seconds = 2;

    /// <summary>Prints a Markdown table over glasses of the three-dimensional binary mixture, for 2, 4, 8, ... threads as far as there are processors.</summary>
    /// <param name="sizes">Their numbers of particles.</param>
    public static int Run(IEnumerable<int> sizes)
    {
        foreach (string line in Machine.Describe())
            Console.WriteLine(line);
        Console.WriteLine();
        Console.WriteLine("| sweep | glass | threads | one thread, us | these, us | speed-up | of minima | GB/s |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        int[] counts = [.. Enumerable.Range(1, 8).Select(power => 1 << power).Where(count => count <= Environment.ProcessorCount)];
        foreach (int count in counts)
            Memory(count);
        foreach (GlassSize size in sizes.Select(n => new GlassSize(3, n)))
        {
            foreach (int count in counts)
            {
                Row(new HessianContest(size), count);
                Row(new QuarticContest(size), count);
            }
        }
        return 0;
    }

    private static void Row(Contest contest, int threads)
    {
        using (contest)
        {
            contest.Check();
            void Sweep(int count)
            {
                SweepThreads.Count = count;
                contest.RunOurs();
            }
            Print(contest.Kernel, contest.Size.ToString(), threads, InterleavedTimer.Measure(() => Sweep(1), () => Sweep(threads), Seconds, Wall), contest.BytesPerPair * contest.PairCount);
        }
    }

    // Every thread a triad of its own: what the threads have to share is memory alone.
    private static void Memory(int threads)
    {
        Triad[] triads = [.. Enumerable.Range(0, threads).Select(_ => new Triad())];
        Action all = () => Parallel.ForEach(triads, triad => triad.Run());
        PairedTiming t = InterleavedTimer.Measure(() => Array.ForEach(triads, triad => triad.Run()), all, Seconds, Wall);
        Print("triad", "", threads, t, Triad.Bytes * threads);
    }

    private static void Print(string sweep, string glass, int threads, PairedTiming t, double bytes) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"| {sweep} | {glass} | {threads} | {t.First.Minimum / 1e3:F0} | {t.Second.Minimum / 1e3:F0} | {t.Ratio:F2} | {t.First.Minimum / t.Second.Minimum:F2} | {bytes / t.Second.Minimum:F1} |"));

    private static double Wall() => Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency;
}
