using System.Globalization;
using FastNqe.Benchmarks.Glasses;
using FastNqe.Benchmarks.Peer;
using FastNqe.Contractions;

namespace FastNqe.Benchmarks.Quick;

/// <summary>M times eight vectors at once, against eight single products of this library; both in turn.</summary>
internal static class BlockTable
{
    private const double Seconds = 0.5;

    /// <summary>Prints a Markdown table over glasses of the three-dimensional binary mixture.</summary>
    public static void Print(IEnumerable<int> sizes)
    {
        Console.WriteLine("| M times eight vectors | ns/pair per vector | one by one | ratio | ratio of minima |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (int n in sizes)
            Row(new GlassSize(3, n));
        Console.WriteLine();
    }

    private static void Row(GlassSize size)
    {
        var pairs = new PairTable(BenchmarkGlass.Load(size), BenchmarkGlass.Model(size.Dimension).Potential);
        ParticleOrder order = pairs.Order;
        int length = order.ParticleCount * order.Dimension;
        double[] vectors = PinnedField.Random(BlockSweep.Size * length, seed: 7).Values.ToArray(), together = new double[vectors.Length], apart = new double[vectors.Length];
        RowField block = order.NewBlock(), products = order.NewBlock();
        RowField[] z = [.. vectors.Chunk(length).Select(vector => Rows(order, vector))], product = [.. z.Select(_ => order.NewField())];
        double[] curvature = new double[1];
        order.ScatterBlock(vectors, block);

        void Together() => pairs.Sweep(block, products);
        void Apart()
        {
            for (int k = 0; k < z.Length; k++)
                pairs.Sweep<Quadratic>(new SweepFields(z[k], V0: product[k]), curvature);
        }
        Together();
        Apart();
        order.GatherBlock(products, together);
        for (int k = 0; k < z.Length; k++)
            order.Gather(product[k], apart.AsSpan(k * length, length));
        if (!together.AsSpan().SequenceEqual(apart))
            throw new InvalidOperationException($"{size}: a block's products are not those of its vectors");

        PairedTiming t = InterleavedTimer.Measure(Together, Apart, Seconds);
        double of = (double)BlockSweep.Size * pairs.PairCount;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {size} | {t.First.Minimum / of:F2} | {t.Second.Minimum / of:F2} | {t.Ratio:F2} | {t.First.Minimum / t.Second.Minimum:F2} |"));
    }

    private static RowField Rows(ParticleOrder order, double[] vector)
    {
        RowField row = order.NewField();
        order.Scatter(vector, row);
        return row;
    }
}
