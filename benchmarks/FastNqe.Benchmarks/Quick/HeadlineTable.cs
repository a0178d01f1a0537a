using System.Diagnostics;
using System.Globalization;
using FastNqe.Benchmarks.Contests;
using FastNqe.Benchmarks.Glasses;

namespace FastNqe.Benchmarks.Quick;

/// <summary>
/// The headline tables, as Markdown: every kernel against the native peer, both in one process and in turn. A width is fixed when a process
/// starts, so each has a process of its own.
/// </summary>
internal static class HeadlineTable
{
    private static readonly int[] AllSizes = [2048, 8192, 32768, 131072];
    private static readonly int[] InCache = [2048, 8192];

    /// <summary>Measures all widths that this processor has, prints the tables as they grow and keeps them with the results.</summary>
    public static int Run()
    {
        List<string> lines = ["# Headline", "", .. Machine.Describe(), ""];
        var triad = new Triad();
        double bandwidth = Triad.Bytes / InterleavedTimer.Measure(triad.Run, 1).Minimum;
        lines.Add(string.Create(CultureInfo.InvariantCulture, $"* triad on one core: {bandwidth:F1} GB/s"));
        lines.Add("");
        lines.ForEach(Console.WriteLine);
        foreach (SimdWidth width in new[] { SimdWidth.Avx512, SimdWidth.Avx2, SimdWidth.Scalar })
            if (Simd.IsSupported(width) && !Append(width, lines))
                return 1;
        foreach (string line in StageTable.Lines())
        {
            lines.Add(line);
            Console.WriteLine(line);
        }
        Directory.CreateDirectory(Machine.Results);
        string file = Path.Combine(Machine.Results, "headline.md");
        File.WriteAllLines(file, lines);
        Console.Error.WriteLine($"written to {Path.GetRelativePath(Directory.GetCurrentDirectory(), file)}");
        return 0;
    }

    /// <summary>Measures the width of this process.</summary>
    public static int RunOneWidth()
    {
        Console.WriteLine($"## {Simd.Width.ToString().ToLowerInvariant()}");
        Console.WriteLine();
        ContestTable.Header();
        bool widest = Simd.Width == Simd.Choose(null).Width;
        int[] sizes = widest ? AllSizes : InCache;
        foreach (int n in sizes)
            ContestTable.Row(new QuarticContest(new GlassSize(3, n)));
        ContestTable.Row(new QuarticContest(new GlassSize(2, 2048)));
        ContestTable.Row(new QuarticContest(new GlassSize(4, 2048)));
        foreach (int n in sizes)
            ContestTable.Row(new ForcesContest(new GlassSize(3, n)));
        foreach (int n in sizes)
            ContestTable.Row(new HessianContest(new GlassSize(3, n)));
        if (widest)
        {
            foreach (int n in sizes)
                ContestTable.Row(new CubicContest(new GlassSize(3, n)));
            foreach (int n in sizes)
                ContestTable.Row(new ScalarsContest(new GlassSize(3, n)));
            foreach (int n in sizes)
                ContestTable.Row(new GeometricContest(new GlassSize(3, n)));
        }
        Console.WriteLine();
        BlockTable.Print(sizes);
        return 0;
    }

    /// <summary>Measures forces only: 3D at the given sizes, and the other dimensions at 2,048.</summary>
    public static int RunForces(IEnumerable<int> sizes)
    {
        ContestTable.Header();
        foreach (int n in sizes)
            ContestTable.Row(new ForcesContest(new GlassSize(3, n)));
        ContestTable.Row(new ForcesContest(new GlassSize(2, 2048)));
        ContestTable.Row(new ForcesContest(new GlassSize(4, 2048)));
        return 0;
    }

    private static bool Append(SimdWidth width, List<string> lines)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
            start.ArgumentList.Add(typeof(HeadlineTable).Assembly.Location);
        start.ArgumentList.Add("quick-width");
        start.Environment[Simd.Variable] = width.ToString();
        using Process process = Process.Start(start)!;
        while (process.StandardOutput.ReadLine() is { } line)
        {
            lines.Add(line);
            Console.WriteLine(line);
        }
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
