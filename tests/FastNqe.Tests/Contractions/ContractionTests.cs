using FastNqe.Contractions;

namespace FastNqe.Tests;

/// <summary>Every contraction in every dimension and width, stored and recomputed, against the naive double loop.</summary>
public sealed class ContractionTests
{
    private const double Tolerance = 2e-12;

    private static IEnumerable<TestCaseData> Cases =>
        from name in TestGlasses.Names
        from contraction in new[] { "Quadratic", "Cubic", "Quartic", "AllScalars", "Geometric", "CubicMixed", "QuarticMixed", "QuarticLine", "CubicLine", "GeometricLine" }
        select new TestCaseData(name, contraction);

    [TestCaseSource(nameof(Cases))]
    public void A_contraction_is_what_the_double_loop_gives_and_the_same_bits_however_it_is_computed(string name, string contraction)
    {
        (Configuration configuration, PairPotential potential) = TestGlasses.Named(name);
        double[] z = TestGlasses.Field(configuration, 11), y = TestGlasses.Field(configuration, 12), w = TestGlasses.Field(configuration, 13);
        var naive = new NaiveGlass(configuration, potential);
        Sweep expected = Expected(naive, contraction, z, y, w);

        Sweep? first = null;
        foreach (SimdWidth width in Widths.Supported)
        {
            foreach (PairStorage storage in Enum.GetValues<PairStorage>())
            {
                var table = new PairTable(configuration, potential, storage, width);
                Sweep measured = Measure(table, contraction, z, y, w);
                AssertClose(measured, expected, $"{width}, {storage}");
                (first ??= measured).AssertSameBits(measured, $"{width}, {storage}, against the first");
            }
        }
    }

    [TestCaseSource(typeof(TestGlasses), nameof(TestGlasses.Names))]
    public void Eight_vectors_at_once_have_the_bits_of_eight_single_products(string name)
    {
        (Configuration configuration, PairPotential potential) = TestGlasses.Named(name);
        double[][] vectors = [.. Enumerable.Range(1, BlockSweep.Size).Select(seed => TestGlasses.Field(configuration, seed))];
        foreach (SimdWidth width in Widths.Supported)
        {
            foreach (PairStorage storage in Enum.GetValues<PairStorage>())
            {
                var table = new PairTable(configuration, potential, storage, width);
                RowField block = table.Order.NewBlock(), products = table.Order.NewBlock();
                table.Order.ScatterBlock([.. vectors.SelectMany(v => v)], block);
                table.Sweep(block, products);
                double[] measured = new double[BlockSweep.Size * vectors[0].Length];
                table.Order.GatherBlock(products, measured);
                Assert.That(measured, Is.EqualTo(vectors.SelectMany(z => Sweep.Run<Quadratic>(table, z).Vectors[0])), $"{width}, {storage}");
            }
        }
    }

    [TestCaseSource(typeof(TestGlasses), nameof(TestGlasses.Names))]
    public void A_translation_is_annihilated(string name)
    {
        (Configuration configuration, PairPotential potential) = TestGlasses.Named(name);
        double[] z = TestGlasses.Field(configuration, 1), moved = new double[z.Length];
        // Powers of two: the differences z_j - z_i are then the same to the bit.
        for (int k = 0; k < z.Length; k++)
            (z[k], moved[k]) = (Math.Round(z[k] * 1024) / 1024, Math.Round(z[k] * 1024) / 1024 + 0.5 + k % configuration.Dimension);
        var table = new PairTable(configuration, potential);

        Measure(table, "Quartic", z, z, z).AssertSameBits(Measure(table, "Quartic", moved, moved, moved), "translated");
        double[] uniform = [.. z.Select((_, k) => 0.5 + k % configuration.Dimension)];
        Sweep still = Measure(table, "Cubic", uniform, uniform, uniform);
        Assert.That(still.Vectors.SelectMany(v => v).Concat(still.Scalars), Is.All.EqualTo(0.0));
    }

    [TestCaseSource(typeof(TestGlasses), nameof(TestGlasses.Names))]
    public void A_vector_dotted_with_its_direction_is_its_scalar(string name)
    {
        (Configuration configuration, PairPotential potential) = TestGlasses.Named(name);
        double[] z = TestGlasses.Field(configuration, 1), y = TestGlasses.Field(configuration, 2), w = TestGlasses.Field(configuration, 3);
        var table = new PairTable(configuration, potential);
        foreach (string contraction in new[] { "Quadratic", "Cubic", "Quartic", "Geometric" })
        {
            Sweep sweep = Measure(table, contraction, z, y, w);
            for (int k = 0; k < sweep.Vectors.Length; k++)
                AssertEuler(sweep.Scalars[k], sweep.Vectors[k], z, contraction);
        }
        Sweep cubic = Measure(table, "CubicMixed", z, y, w), quartic = Measure(table, "QuarticMixed", z, y, w);
        AssertEuler(cubic.Scalars[0], cubic.Vectors[0], z, "U3:.zzy");
        AssertEuler(cubic.Scalars[1], cubic.Vectors[0], y, "U3:.zyy");
        AssertEuler(quartic.Scalars[0], quartic.Vectors[0], z, "U4:.zyw z");
        AssertEuler(quartic.Scalars[1], quartic.Vectors[0], y, "U4:.zyw y");
        AssertEuler(quartic.Scalars[2], quartic.Vectors[0], w, "U4:.zyw w");
    }

    [TestCase("2D")]
    [TestCase("3D tilted")]
    [TestCase("4D")]
    [TestCase("3D polydisperse")]
    public void Each_order_is_the_derivative_of_the_one_below(string name)
    {
        (Configuration configuration, PairPotential potential) = TestGlasses.Named(name);
        double[] z = TestGlasses.Field(configuration, 1);
        const double Step = 1e-4;
        double[][] Along(double s)
        {
            var table = new PairTable(configuration.WithPositions(NaiveGlass.Combine(1, configuration.Positions.ToArray(), s, z)), potential);
            Sweep cubic = Measure(table, "Cubic", z, z, z);
            return [cubic.Vectors[0], cubic.Vectors[1], Measure(table, "Quartic", z, z, z).Vectors[1]];
        }
        double[][] here = Along(0), before = Along(-Step), after = Along(Step);
        for (int order = 0; order < 2; order++)
        {
            double[] slope = NaiveGlass.Combine(0.5 / Step, after[order], -0.5 / Step, before[order]);
            double[] error = NaiveGlass.Combine(1, slope, -1, here[order + 1]);
            Assert.That(Norm(error) / Norm(here[order + 1]), Is.LessThan(1e-4), $"derivative of order {order + 2}");
        }
    }

    [Test]
    public void The_clusters_have_lists_of_every_length_from_0_to_40()
    {
        (Configuration configuration, PairPotential potential) = TestGlasses.Named("3D clusters");
        var table = new PairTable(configuration, potential);
        Assert.That(NeighbourCounts(table).Distinct().Order(), Is.EqualTo(Enumerable.Range(0, 41)));
    }

    [TestCase(PairStorage.Columns)]
    [TestCase(PairStorage.Reduced)]
    [TestCase(PairStorage.Coefficients)]
    [TestCase(PairStorage.HessianCoefficients)]
    [TestCase(PairStorage.List)]
    public void A_sweep_allocates_nothing(object storage)
    {
        (Configuration configuration, PairPotential potential) = TestGlasses.Named("3D");
        var table = new PairTable(configuration, potential, (PairStorage)storage);
        RowField z = table.Order.NewField(), v0 = table.Order.NewField(), v1 = table.Order.NewField();
        table.Order.Scatter(TestGlasses.Field(configuration, 1), z);
        double[] scalars = new double[2];
        void Sweeps()
        {
            for (int k = 0; k < 10; k++)
                table.Sweep<Quartic>(new SweepFields(z, V0: v0, V1: v1), scalars);
        }
        Sweeps();
        Assert.That(Allocation.Of(Sweeps), Is.Zero);
    }

    private static int[] NeighbourCounts(PairTable table)
    {
        int[] counts = new int[table.Order.ParticleCount];
        for (int slot = 0; slot < counts.Length; slot++)
        {
            (int slice, int lane) = Math.DivRem(slot, SlicedList.SliceSize);
            for (int column = table.List.FirstColumn[slice]; column < table.List.FirstColumn[slice + 1]; column++)
                if (table.List.Rows[column * SlicedList.SliceSize + lane] != slot * table.Order.RowWidth)
                    counts[slot]++;
        }
        return counts;
    }

    private static Sweep Measure(PairTable table, string contraction, double[] z, double[] y, double[] w) => contraction switch
    {
        "Quadratic" => Sweep.Run<Quadratic>(table, z),
        "Cubic" => Sweep.Run<Cubic>(table, z),
        "Quartic" => Sweep.Run<Quartic>(table, z),
        "AllScalars" => Sweep.Run<AllScalars>(table, z),
        "Geometric" => Sweep.Run<Geometric>(table, z),
        "CubicMixed" => Sweep.Run<CubicMixed>(table, z, y),
        "QuarticMixed" => Sweep.Run<QuarticMixed>(table, z, y, w),
        "QuarticLine" => Sweep.Run<QuarticLine>(table, z, y),
        "CubicLine" => Sweep.Run<CubicLine>(table, z, y),
        "GeometricLine" => Sweep.Run<GeometricLine>(table, z, y),
        _ => throw new ArgumentOutOfRangeException(nameof(contraction), contraction, "no such contraction"),
    };

    private static Sweep Expected(NaiveGlass naive, string contraction, double[] z, double[] y, double[] w)
    {
        double[] mixed3 = naive.Vector3(z, y), mixed4 = naive.Vector4(z, y, w);
        return contraction switch
        {
            "Quadratic" => new([naive.Contract2(z)], [naive.Vector2(z)]),
            "Cubic" => new([naive.Contract2(z), naive.Contract3(z)], [naive.Vector2(z), naive.Vector3(z)]),
            "Quartic" => new([naive.Contract2(z), naive.Contract4(z)], [naive.Vector2(z), naive.Vector4(z)]),
            "AllScalars" => new([naive.Contract2(z), naive.Contract3(z), naive.Contract4(z), naive.SumOfFourthPowers(z)], []),
            "Geometric" => new([naive.Contract2(z), naive.SumOfFourthPowers(z)], [naive.Vector2(z), naive.VectorOfFourthPowers(z)]),
            "CubicMixed" => new([NaiveGlass.Dot(mixed3, z), NaiveGlass.Dot(mixed3, y)], [mixed3]),
            "QuarticMixed" => new([NaiveGlass.Dot(mixed4, z), NaiveGlass.Dot(mixed4, y), NaiveGlass.Dot(mixed4, w)], [mixed4]),
            "QuarticLine" => new([], [naive.Vector2(y), naive.Vector4(z, z, y), naive.Vector4(z, y, y), naive.Vector4(y)]),
            "CubicLine" => new([], [naive.Vector2(y), mixed3, naive.Vector3(y)]),
            _ => new([], [naive.Vector2(y), naive.VectorOfFourthPowers(z, z, y), naive.VectorOfFourthPowers(z, y, y), naive.VectorOfFourthPowers(y)]),
        };
    }

    private static void AssertClose(Sweep measured, Sweep expected, string what)
    {
        for (int v = 0; v < expected.Vectors.Length; v++)
            Assert.That(Norm(NaiveGlass.Combine(1, measured.Vectors[v], -1, expected.Vectors[v])), Is.LessThan(Tolerance * Norm(expected.Vectors[v])), $"vector {v}, {what}");
        for (int s = 0; s < expected.Scalars.Length; s++)
        {
            // A sum of terms of either sign: rounding is measured by what it can be at most, |vector|·|direction|.
            double scale = Math.Abs(expected.Scalars[s]);
            if (expected.Vectors.Length > 0)
                scale = Math.Max(scale, Norm(expected.Vectors[Math.Min(s, expected.Vectors.Length - 1)]));
            Assert.That(measured.Scalars[s], Is.EqualTo(expected.Scalars[s]).Within(20 * Tolerance * scale), $"scalar {s}, {what}");
        }
    }

    private static void AssertEuler(double scalar, double[] vector, double[] direction, string what) =>
        Assert.That(NaiveGlass.Dot(vector, direction), Is.EqualTo(scalar).Within(Tolerance * Norm(vector) * Norm(direction)), what);

    private static double Norm(double[] x) => Math.Sqrt(NaiveGlass.Dot(x, x));
}
