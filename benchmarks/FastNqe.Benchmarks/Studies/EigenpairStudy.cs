using System.Diagnostics;
using System.Globalization;

namespace FastNqe.Benchmarks.Studies;

/// <summary>
/// What do the lowest eigenpairs cost by each method: products with the Hessian, Lanczos steps, processor time, memory?
/// </summary>
internal static class EigenpairStudy
{
    /// <summary>The verb by which this program is started for one row.</summary>
    public const string RowVerb = "eigenpairs-row";

    // Above, a factor takes gigabytes.
    private const int LargestFactorised = 10_000;
    private static readonly EigenpairMethod[] Methods = [EigenpairMethod.Plain, EigenpairMethod.ChebyshevFilter, EigenpairMethod.ShiftInvert];

    /// <summary>
    /// Prints a Markdown table for one glass of a preset. Each row has a process of its own, so that its peak of memory is its own; time is the
    /// processor's, so that other work on the machine enters little.
    /// </summary>
    /// <param name="model">A preset's name.</param>
    /// <param name="path">An inherent state.</param>
    /// <param name="counts">The numbers of pairs.</param>
    public static int Run(string model, string path, params IEnumerable<int> counts)
    {
        InherentState glass = Load(model, path);
        Console.WriteLine($"{model}, N = {glass.ParticleCount}, {glass.PairCount} pairs");
        Console.WriteLine();
        Console.WriteLine("| pairs | method | products | Lanczos steps | restarts | degree | largest residual | processor s | peak MB |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
        foreach (int count in counts)
            foreach (EigenpairMethod method in Methods)
                if (!(method == EigenpairMethod.ShiftInvert && glass.ParticleCount > LargestFactorised) && !RunRowElsewhere(model, path, count, method))
                    return 1;
        return 0;
    }

    /// <summary>Prints one row, measured in this process.</summary>
    public static int RunRow(string model, string path, int count, EigenpairMethod method)
    {
        InherentState glass = Load(model, path);
        HessianOperator hessian = new(glass);
        double best = double.PositiveInfinity, spent = 0;
        EigenpairSet set;
        int repeat = 0;
        do
        {
            double before = ProcessorSeconds();
            set = Eigensolver.Lowest(hessian, count, new EigenpairOptions { Method = method });
            double seconds = ProcessorSeconds() - before;
            best = Math.Min(best, seconds);
            spent += seconds;
        }
        while (++repeat < 10 && spent < 5);
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {count} | {method} | {set.Applications} | {set.LanczosSteps} | {set.Restarts} | {set.FilterDegree} | {set.Pairs.Max(pair => pair.Residual):E0} | {best:G3} | {process.PeakWorkingSet64 >> 20} |"));
        return set.Converged ? 0 : 1;
    }

    private static InherentState Load(string model, string path)
    {
        GlassModel preset = GlassModel.Named(model);
        return InherentState.At(preset.Complete(Configuration.Read(path)), preset.Potential);
    }

    private static double ProcessorSeconds()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime.TotalSeconds;
    }

    private static bool RunRowElsewhere(string model, string path, int count, EigenpairMethod method)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!);
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
            start.ArgumentList.Add(typeof(EigenpairStudy).Assembly.Location);
        foreach (string argument in (string[])[RowVerb, model, path, count.ToString(CultureInfo.InvariantCulture), method.ToString()])
            start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
