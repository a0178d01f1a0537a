using System.Diagnostics;
using System.Globalization;
using FastNqe.Benchmarks.Glasses;

namespace FastNqe.Benchmarks.Quick;

/// <summary>The time of each stage of a whole analysis, from the liquid to the cubic mode, as Markdown.</summary>
internal static class StageTable
{
    private static readonly int[] Sizes = [2048, 8192];

    public static IEnumerable<string> Lines()
    {
        yield return "## a whole analysis, by stage";
        yield return "";
        yield return "| glass | quench | pair table | lowest eigenpair | quartic mode | cubic mode | sum |";
        yield return "|---|---|---|---|---|---|---|";
        foreach (int n in Sizes)
        {
            // The second of two runs: the first also compiles.
            _ = Times(new GlassSize(3, n));
            double[] seconds = Times(new GlassSize(3, n));
            yield return string.Create(CultureInfo.InvariantCulture, $"| 3D {n} | {string.Join(" | ", seconds.Append(seconds.Sum()).Select(s => s.ToString("F3", CultureInfo.InvariantCulture) + " s"))} |");
        }
        yield return "";
    }

    private static double[] Times(GlassSize size)
    {
        Configuration liquid = BenchmarkGlass.LoadLiquid(size);
        PairPotential potential = BenchmarkGlass.Model(size.Dimension).Potential;
        long start = Stopwatch.GetTimestamp();
        double Lap()
        {
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            start = Stopwatch.GetTimestamp();
            return seconds;
        }
        InherentState quenched = Quench.Run(liquid, potential);
        double quench = Lap();
        InherentState glass = InherentState.At(quenched.Configuration, potential);
        double table = Lap();
        Eigenpair soft = glass.LowestEigenpairs(1)[0];
        double eigenpair = Lap();
        QuarticMode quartic = QuarticMode.From(glass, soft.Vector);
        double fourth = Lap();
        _ = CubicMode.From(glass, quartic.Direction);
        return [quench, table, eigenpair, fourth, Lap()];
    }
}
