using System.Diagnostics;
using System.Text.Json;

namespace FastNqe.Benchmarks.Studies;

/// <summary>The seconds of the lowest eigenpairs and of the quartic mode of one glass, as JSON: FastNqe's side of benchmarks/peers/scipy_modes.py.</summary>
internal static class ModeTimes
{
    private const int Repeats = 10;

    public static int Run(string path, double tolerance)
    {
        GlassModel model = GlassModel.Ipl3D;
        InherentState glass = InherentState.At(model.Complete(Configuration.Read(path)), model.Potential);
        var options = new MinimiserOptions { Tolerance = tolerance };
        double eigenpairSeconds = Best(() => glass.LowestEigenpairs(4), out Eigenpair[] pairs);
        double quarticSeconds = Best(() => QuarticMode.From(glass, pairs[0].Vector, options), out QuarticMode quartic);
        Console.WriteLine(JsonSerializer.Serialize(new Dictionary<string, double>
        {
            ["eigenpairSeconds"] = eigenpairSeconds,
            ["harmonicFrequency"] = pairs[0].Frequency,
            ["quarticSeconds"] = quarticSeconds,
            ["quarticFrequency"] = quartic.Frequency,
            ["quarticResidual"] = quartic.Residual,
        }));
        return 0;
    }

    // The first runs are compiled while they run; the best of the rest is what an ensemble sees.
    private static double Best<T>(Func<T> work, out T result)
    {
        result = work();
        double best = double.PositiveInfinity;
        for (int repeat = 0; repeat < Repeats; repeat++)
        {
            long start = Stopwatch.GetTimestamp();
            result = work();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        return best;
    }
}
