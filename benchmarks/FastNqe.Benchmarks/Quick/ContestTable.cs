using System.Globalization;
using FastNqe.Benchmarks.Contests;

namespace FastNqe.Benchmarks.Quick;

/// <summary>Contests as rows of a Markdown table: times per pair, their ratio, and the bytes that each must move.</summary>
internal static class ContestTable
{
    private const double Seconds = 0.5;

    public static void Header()
    {
        Console.WriteLine("| kernel | glass | pairs | FastNqe ns/pair | peer ns/pair | ratio | ratio of minima | FastNqe B/pair | GB/s | peer B/pair | GB/s |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|");
    }

    /// <summary>Checks what a contest computes, runs it, prints its row and disposes of it.</summary>
    public static void Row(Contest contest)
    {
        using (contest)
        {
            contest.Check();
            PairedTiming t = InterleavedTimer.Measure(contest.RunOurs, contest.RunPeer, Seconds);
            double ours = t.First.Minimum / contest.PairCount, peer = t.Second.Minimum / contest.PairCount;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {contest.Kernel} | {contest.Size} | {contest.Source} | {ours:F2} | {peer:F2} | {t.Ratio:F2} | {ours / peer:F2} | {contest.BytesPerPair:F0} | {contest.BytesPerPair / ours:F1} | {contest.PeerBytesPerPair:F0} | {contest.PeerBytesPerPair / peer:F1} |"));
        }
    }
}
