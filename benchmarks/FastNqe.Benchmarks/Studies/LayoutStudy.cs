using System.Globalization;
using FastNqe.Benchmarks.Glasses;
using FastNqe.Benchmarks.Peer;
using FastNqe.Benchmarks.Quick;
using FastNqe.Benchmarks.Studies.Layouts;
using FastNqe.Contractions;

namespace FastNqe.Benchmarks.Studies;

/// <summary>Which layout of pairs, which order of particles, which way to read rows and which indices make the fastest sweep?</summary>
internal static class LayoutStudy
{
    private const double Seconds = 0.5;

    /// <summary>Prints a Markdown table per number of particles: every layout beside the native peer, burst by burst in turn, on one thread.</summary>
    public static int Run(params IEnumerable<int> sizes)
    {
        if (Simd.Width == SimdWidth.Scalar)
        {
            Console.WriteLine("skipped: layouts are compared at the widths of AVX2 and AVX-512, and this processor has neither");
            return 0;
        }
        SweepThreads.Count = 1;
        foreach (string line in Machine.Describe().Append($"* {Simd.Width.ToString().ToLowerInvariant()}, one thread"))
            Console.WriteLine(line);
        foreach (int n in sizes)
            Table(new GlassSize(D3.Value, n));
        return 0;
    }

    private static void Table(GlassSize size)
    {
        Configuration configuration = BenchmarkGlass.Load(size);
        var potential = (PairPotential<InversePowerLaw>)BenchmarkGlass.Model(size.Dimension).Potential;
        PinnedField z = PinnedField.Random(configuration.Positions.Length, seed: 7);
        using var glass = new PeerGlass(configuration, potential.Law);
        var peer = new PeerSweeps(glass, z);
        var quartic = new LibrarySweep<Quartic>(configuration, potential, z.Values);
        var hessian = new LibrarySweep<Quadratic>(configuration, potential, z.Values);
        Console.WriteLine();
        Console.WriteLine($"## {size}");
        Console.WriteLine();
        Console.WriteLine("| | quartic sweep, B/pair | ns/pair | ratio | Hessian product, B/pair | ns/pair | ratio |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        var orders = new Orderings(configuration, potential, z.Values.ToArray());
        foreach (((string name, Func<Layout<Quartic>> sweep), (_, Func<Layout<Quadratic>> product)) in Catalogue<Quartic>(orders).Zip(Catalogue<Quadratic>(orders)))
            Console.WriteLine($"| {name} | {Cells(name, sweep, quartic, peer, glass.PairCount)} | {Cells(name, product, hessian, peer, glass.PairCount)} |");
    }

    private static string Cells<TContraction>(string name, Func<Layout<TContraction>> make, LibrarySweep<TContraction> library, PeerSweeps peer, long pairs)
        where TContraction : struct, IContraction
    {
        Layout<TContraction> layout = make();
        library.Check(name, layout);
        PairedTiming t = InterleavedTimer.Measure(layout.Run, peer.Of<TContraction>(), Seconds);
        return string.Create(CultureInfo.InvariantCulture, $"{(double)layout.Bytes / pairs:F0} | {t.First.Minimum / pairs:F2} | {t.Ratio:F2}");
    }

    private static IEnumerable<(string Name, Func<Layout<TContraction>> Make)> Catalogue<TContraction>(Orderings orders) where TContraction : struct, IContraction
    {
        yield return ("**full list, columns**", () => new FullList<TContraction, WholeColumns>(orders.Curve));
        yield return ("**full list, coefficients**", () => new FullList<TContraction, CoefficientColumns>(orders.Curve));
        yield return ("full list, nothing stored", () => new FullList<TContraction, WholeColumns>(orders.Curve, isStored: false));
        yield return ("full list, columns, orders together", () => new TogetherList<TContraction, WholeColumns>(orders.Curve));
        yield return ("full list, coefficients, orders together", () => new TogetherList<TContraction, CoefficientColumns>(orders.Curve));
        yield return ("half list, columns, orders together", () => new HalfList<TContraction, WholeColumns, Together>(orders.Curve));
        yield return ("half list, coefficients, orders together", () => new HalfList<TContraction, CoefficientColumns, Together>(orders.Curve));
        yield return ("half list, columns", () => new HalfList<TContraction, WholeColumns, Apart>(orders.Curve));
        yield return ("half list, coefficients", () => new HalfList<TContraction, CoefficientColumns, Apart>(orders.Curve));
        yield return ("columns, gathers from rows", () => GatherList<TContraction, WholeColumns>.FromRows(orders.Curve));
        yield return ("coefficients, gathers from rows", () => GatherList<TContraction, CoefficientColumns>.FromRows(orders.Curve));
        yield return ("columns, gathers from components", () => GatherList<TContraction, WholeColumns>.FromComponents(orders.Curve));
        yield return ("coefficients, gathers from components", () => GatherList<TContraction, CoefficientColumns>.FromComponents(orders.Curve));
        yield return ("columns, 16-bit indices", () => new CompressedList<TContraction, WholeColumns>(orders.Curve));
        yield return ("coefficients, 16-bit indices", () => new CompressedList<TContraction, CoefficientColumns>(orders.Curve));
        yield return ("columns, random order", () => new FullList<TContraction, WholeColumns>(orders.Shuffled));
        yield return ("coefficients, random order", () => new FullList<TContraction, CoefficientColumns>(orders.Shuffled));
        yield return ("columns, order of cells", () => new FullList<TContraction, WholeColumns>(orders.ByCells));
        yield return ("coefficients, order of cells", () => new FullList<TContraction, CoefficientColumns>(orders.ByCells));
        yield return ("columns, reverse Cuthill-McKee", () => new FullList<TContraction, WholeColumns>(orders.ByCuthillMcKee));
        yield return ("coefficients, reverse Cuthill-McKee", () => new FullList<TContraction, CoefficientColumns>(orders.ByCuthillMcKee));
    }
}
