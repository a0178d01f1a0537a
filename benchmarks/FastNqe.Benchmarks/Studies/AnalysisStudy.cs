using System.Diagnostics;
using System.Globalization;
using FastNqe.Benchmarks.Glasses;

namespace FastNqe.Benchmarks.Studies;

/// <summary>What does a whole analysis of a large glass take, stage by stage, in time and memory, from the liquid to what lies around its modes?</summary>
internal static class AnalysisStudy
{
    private const int HarmonicModes = 4;

    /// <summary>Prints a Markdown table for one glass of the binary mixture.</summary>
    /// <param name="size">Dimension and number of particles.</param>
    /// <param name="threads">The number of threads that share a sweep.</param>
    public static int Run(GlassSize size, int threads)
    {
        SweepThreads.Count = threads;
        Configuration liquid = BenchmarkGlass.LoadLiquid(size);
        PairPotential potential = BenchmarkGlass.Model(size.Dimension).Potential;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{size}, {threads} thread{(threads == 1 ? "" : "s")}, liquid and program loaded: {PeakMegabytes()} MB"));
        Console.WriteLine();
        Console.WriteLine("| stage | processor s | seconds | peak MB | what it took, what it found |");
        Console.WriteLine("|---|---|---|---|---|");
        double sum = 0;
        T Stage<T>(string name, Func<T> work, Func<T, FormattableString> describe)
        {
            ForgetPeak();
            long start = Stopwatch.GetTimestamp();
            double before = ProcessorSeconds();
            T result = work();
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds, processor = ProcessorSeconds() - before;
            sum += processor;
            Console.WriteLine(FormattableString.Invariant($"| {name} | {processor:F2} | {seconds:F2} | {PeakMegabytes()} | {FormattableString.Invariant(describe(result))} |"));
            return result;
        }

        InherentState glass = Stage("quench", () => Quench.Run(liquid, potential), g => $"largest net force {g.MaxForce:E0}, {g.PairCount} pairs");
        Eigenpair[] harmonic = Stage($"lowest {HarmonicModes} eigenpairs", () => glass.LowestEigenpairs(HarmonicModes), p => $"omega_2 = {p[0].Frequency:G4}, largest residual {p.Max(pair => pair.Residual):E0}");
        QuarticMode quartic = Stage("quartic mode", () => QuarticMode.From(glass, harmonic[0].Vector), Describe);
        CubicMode cubic = Stage("cubic mode", () => CubicMode.From(glass, quartic.Direction), Describe);
        Stage("pseudo-harmonic mode", () => PseudoHarmonicMode.From(glass, harmonic[0].Vector), Describe);
        Stage("eq. 17", () => ModeDifference.Of(glass, harmonic[0], quartic), d => $"{d.Solve.Sweeps} products, cosine {d.Cosine:G4}");
        Elasticity elasticity = Stage("moduli, non-affine velocities", () => Elasticity.Of(glass), e => $"{Products(e)} products, G = {e.ShearModulus:G4}, K = {e.BulkModulus:G4}");
        Stage("cubic modes from all starts", () => SevenStarts.From(glass, quartic, elasticity), s => $"{s.All.Sum(start => start.Mode.Sweeps)} sweeps, softest from {s.Lowest.Start}, omega_3 = {s.Lowest.Mode.Frequency:G4}");
        Stage("couplings to all shears", () => ShearCoupling.ToEveryShear(glass, cubic), c => $"strain to instability {c.Min(shear => Math.Abs(shear.InstabilityStrain)):G3}");
        Stage("minimum beyond the saddle", () => ModeEnergy.NeighbourBeyondSaddle(glass, cubic), n => n is null ? $"none" : (FormattableString)$"at a distance of {n.Distance:G3}, {n.EnergyDifference:G3} in energy");
        Stage("parting the normal modes", () => harmonic.Select(pair => Dehybridisation.Of(glass, pair.Vector)).ToArray(), parts => $"{string.Join(", ", parts.Select(part => part.Count))} soft spots");
        Stage("place and decay", () => SpatialDecay.Of(glass.Configuration, quartic.Direction), d => $"{d.Count} shells");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| sum | {sum:F1} | | | |"));
        return 0;
    }

    private static FormattableString Describe(NonlinearMode mode) => $"{mode.Sweeps} sweeps, omega = {mode.Frequency:G4}, residual {mode.Residual:E0}";

    private static int Products(Elasticity elasticity) =>
        elasticity.SimpleShears.Concat(elasticity.PureShears).Append(elasticity.Dilation).Sum(response => response.Solve.Sweeps);

    // Linux keeps the peak of resident memory of a process until it is told to begin anew; elsewhere the peak is that of all stages so far.
    private static void ForgetPeak()
    {
        const string Forget = "/proc/self/clear_refs";
        if (File.Exists(Forget))
            File.WriteAllText(Forget, "5");
    }

    private static double ProcessorSeconds()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime.TotalSeconds;
    }

    private static long PeakMegabytes()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 >> 20;
    }
}
