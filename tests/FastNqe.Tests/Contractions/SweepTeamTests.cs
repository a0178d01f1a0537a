using FastNqe.Contractions;

namespace FastNqe.Tests;

/// <summary>Several threads in one sweep or search: the same bits as one, without allocation.</summary>
[NonParallelizable]
public sealed class SweepTeamTests
{
    [TearDown]
    public void OneThreadAgain() => SweepThreads.Count = 1;

    [TestCase(PairStorage.Columns)]
    [TestCase(PairStorage.Reduced)]
    [TestCase(PairStorage.Coefficients)]
    [TestCase(PairStorage.HessianCoefficients)]
    [TestCase(PairStorage.List)]
    public void Any_number_of_threads_gives_the_same_bits(object storage)
    {
        (Configuration configuration, PairPotential potential) = TestGlasses.Large();
        var table = new PairTable(configuration, potential, (PairStorage)storage);
        double[] z = TestGlasses.Field(configuration, 1), y = TestGlasses.Field(configuration, 2);
        double[] products = Products(table, z);
        Sweep quartic = Sweep.Run<Quartic>(table, z), scalars = Sweep.Run<AllScalars>(table, z), line = Sweep.Run<CubicLine>(table, z, y);
        foreach (int threads in new[] { 2, 3, 5 })
        {
            SweepThreads.Count = threads;
            Sweep.Run<Quartic>(table, z).AssertSameBits(quartic, $"{threads} threads");
            Sweep.Run<AllScalars>(table, z).AssertSameBits(scalars, $"{threads} threads");
            Sweep.Run<CubicLine>(table, z, y).AssertSameBits(line, $"{threads} threads");
            Assert.That(Products(table, z), Is.EqualTo(products), $"{threads} threads");
        }
    }

    // Of eight vectors: z and multiples of it.
    private static double[] Products(PairTable table, double[] z)
    {
        RowField block = table.Order.NewBlock(), products = table.Order.NewBlock();
        table.Order.ScatterBlock([.. Enumerable.Range(1, BlockSweep.Size).SelectMany(k => z.Select(x => k * x))], block);
        table.Sweep(block, products);
        return products.Values.ToArray();
    }

    [Test]
    public void Forces_have_the_same_bits_too()
    {
        (Configuration configuration, PairPotential potential) = TestGlasses.Large();
        var pairs = new PairForces(configuration, potential, 0.2);
        Assert.That(pairs.Order.SlotCount, Is.GreaterThanOrEqualTo(2 * HalfList.ChunkSlots), "several chunks, and pairs of two");
        RowField forces = pairs.Order.NewField();
        double energy = pairs.Compute(forces, out double virial);
        double[] field = new double[configuration.Positions.Length];
        pairs.Order.Gather(forces, field);
        // The configuration is eight times the same one.
        ReferenceCase once = ReferenceCase.Load("b03");
        var naive = new NaiveGlass(once.Configuration, once.Potential);
        double[] gradient = naive.Gradient();
        for (int k = 0; k < field.Length; k++)
            Assert.That(field[k], Is.EqualTo(-gradient[k % gradient.Length]).Within(1e-11), $"number {k}");
        Assert.That(energy, Is.EqualTo(8 * naive.Energy).Within(1e-12 * energy));
        double[] expected = forces.Values.ToArray();
        SweepThreads.Count = 3;
        forces.Values.Fill(double.NaN);
        Assert.That((pairs.Compute(forces, out double again), again), Is.EqualTo((energy, virial)));
        Assert.That(forces.Values[..(pairs.Order.SlotCount * 4)].ToArray(), Is.EqualTo(expected[..(pairs.Order.SlotCount * 4)]));
    }

    [TestCase(0)]
    [TestCase(HalfList.ChunkSlots)]
    public void Neighbour_lists_are_the_same_ones(int chunkSlots)
    {
        (Configuration configuration, PairPotential potential) = TestGlasses.Large();
        double cutoff = BoxCheck.LargestCutoff(configuration, potential);
        ParticleOrder order = ParticleOrder.AlongCurve(configuration, cutoff / 2);
        Particles particles = OrderedParticles.From(configuration, order);
        var search = new NeighbourSearch(configuration.Box, cutoff, 0.3, order.SlotCount, order.ParticleCount, chunkSlots);
        var pruning = new NeighbourPruning(search, order.RowWidth);
        (int[][] wide, int[][] narrow) = Made(1);
        Assert.That(narrow.Sum(list => list.Length), Is.LessThan(wide.Sum(list => list.Length)).And.Positive);
        foreach (int threads in new[] { 2, 3, 5, 1 })
            Assert.That(Made(threads), Is.EqualTo((wide, narrow)), $"{threads} threads");

        (int[][] Wide, int[][] Narrow) Made(int threads)
        {
            SweepThreads.Count = threads;
            search.Run(potential, particles, Simd.Width);
            pruning.Renew();
            pruning.Run(potential, particles, 0.1, Simd.Width);
            return (Lists(search), Lists(pruning));
        }

        int[][] Lists(NeighbourLists lists)
        {
            int[][] all = [.. Enumerable.Range(0, order.SlotCount).Select(slot => lists.NeighboursOf(slot).ToArray())];
            int[] rows = [];
            lists.CopyRows(ref rows, 2);
            Assert.That(Enumerable.Range(0, order.SlotCount).Select(slot => rows.AsSpan(lists.FirstOf(slot), lists.Count[slot]).ToArray()), Is.EqualTo(all.Select(list => list.Select(other => 2 * other))));
            Assert.That(all.Sum(list => list.Length), Is.EqualTo(lists.Total));
            return all;
        }
    }

    [Test]
    public void A_list_is_repaired_alike()
    {
        (Configuration configuration, PairPotential potential) = TestGlasses.Large();
        PairForces[] pairs = [.. Enumerable.Range(0, 4).Select(_ => new PairForces(configuration, potential, 0.2, repairs: true))];
        int[] threads = [1, 2, 3, 5];
        ParticleOrder order = pairs[0].Order;
        RowField forces = order.NewField();
        for (int step = 0; step < 14; step++)
        {
            List<double[]> results = [];
            for (int k = 0; k < pairs.Length; k++)
            {
                SweepThreads.Count = threads[k];
                double energy = pairs[k].Compute(forces, out double virial);
                results.Add([.. forces.Values, energy, virial]);
                Assert.That(results[k], Is.EqualTo(results[0]), $"{threads[k]} threads, step {step}");
                // A swarm that comes out of what was searched, and once everyone a little, so that the list is made anew from the old search.
                var random = new Random(step);
                for (int slot = 0; slot < order.ParticleCount; slot++)
                    for (int axis = 0; axis < 3 && (slot % 101 == 0 || step == 9); axis++)
                        pairs[k].Particles.Positions.Values[4 * slot + axis] += (slot % 101 == 0 ? 0.06 : 0) + 0.2 * (random.NextDouble() - 0.5);
            }
        }
        var fresh = new PairForces(pairs[0].ToConfiguration(configuration), potential, 0.2);
        double[] repaired = Forces(pairs[0]), expected = Forces(fresh);
        double largest = expected.Max(Math.Abs);
        for (int k = 0; k < expected.Length; k++)
            Assert.That(repaired[k], Is.EqualTo(expected[k]).Within(1e-12 * largest), $"number {k}");
        for (int k = 0; k < pairs.Length; k++)
            Assert.That((pairs[k].SearchCount, pairs[k].ListCount), Is.EqualTo((1, 2)), "searched, made");

        double[] Forces(PairForces of)
        {
            RowField rows = of.Order.NewField();
            of.Compute(rows);
            double[] field = new double[configuration.Positions.Length];
            of.Order.Gather(rows, field);
            return field;
        }
    }

    [Test]
    public void Searches_and_linear_solves_take_the_same_steps()
    {
        (Configuration configuration, PairPotential potential) = TestGlasses.Large();
        InherentState glass = InherentState.At(configuration, potential);
        double[] start = TestGlasses.Field(configuration, 1);
        (double[] Mode, double[] Velocity) expected = Steps(1);
        Assert.That(expected.Mode, Is.All.Matches<double>(double.IsFinite));
        foreach (int threads in new[] { 2, 3, 5 })
            Assert.That(Steps(threads), Is.EqualTo(expected), $"{threads} threads");

        (double[] Mode, double[] Velocity) Steps(int threads)
        {
            SweepThreads.Count = threads;
            double[] mode = QuarticMode.From(glass, start, new MinimiserOptions { MaxSweeps = 20 }).Direction;
            ElasticResponse response = ElasticResponse.To(Deformation.SimpleShear(3, 0, 1), glass, new LinearSolveOptions { MaxSweeps = 20 });
            return (mode, response.Velocity);
        }
    }

    [TestCase(nameof(PairStorage.Columns)), TestCase(nameof(PairStorage.Reduced)), TestCase(nameof(PairStorage.List))]
    public void Preconditioners_are_the_same(string storage)
    {
        (Configuration configuration, PairPotential potential) = TestGlasses.Large();
        var pairs = new PairTable(configuration, potential, Enum.Parse<PairStorage>(storage));
        RowField field = pairs.Order.NewField();
        double[] z = TestGlasses.Field(configuration, 1), expected = Solved(1);
        foreach (int threads in new[] { 2, 3, 5 })
            Assert.That(Solved(threads), Is.EqualTo(expected), $"{threads} threads");

        double[] Solved(int threads)
        {
            SweepThreads.Count = threads;
            pairs.Order.Scatter(z, field);
            new DiagonalBlocks(pairs).Solve(field, field);
            return field.Values.ToArray();
        }
    }

    [Test]
    public void What_a_thread_throws_reaches_the_caller()
    {
        (Configuration configuration, PairPotential potential) = TestGlasses.Large();
        double[] positions = configuration.Positions.ToArray();
        // One particle in eight has another at its place: every thread finds some, and the first of all is named.
        for (int k = 0; k < positions.Length; k += 48)
            positions.AsSpan(k, 3).CopyTo(positions.AsSpan(k + 24));
        Configuration coincident = configuration.WithPositions(positions);
        string? first = null;
        foreach (int threads in new[] { 1, 2, 3, 5 })
        {
            SweepThreads.Count = threads;
            ArgumentException refused = Assert.Throws<ArgumentException>(() => new PairForces(coincident, potential, 0.2))!;
            Assert.That(refused.Message, Does.StartWith("two particles are at the same place"));
            first ??= refused.Message;
            Assert.That(refused.Message, Is.EqualTo(first), $"{threads} threads");
        }
    }

    [Test]
    public void Sweeps_of_several_callers_do_not_disturb_each_other()
    {
        (Configuration configuration, PairPotential potential) = TestGlasses.Large();
        double[] z = TestGlasses.Field(configuration, 1);
        Sweep expected = Sweep.Run<Quartic>(new PairTable(configuration, potential), z);
        SweepThreads.Count = 2;
        Parallel.For(0, 4, _ =>
        {
            var table = new PairTable(configuration, potential);
            for (int k = 0; k < 5; k++)
                Sweep.Run<Quartic>(table, z).AssertSameBits(expected, "beside others");
        });
    }

    [Test]
    public void A_shared_sweep_allocates_nothing()
    {
        (Configuration configuration, PairPotential potential) = TestGlasses.Large();
        var table = new PairTable(configuration, potential);
        RowField z = table.Order.NewField(), v0 = table.Order.NewField(), v1 = table.Order.NewField();
        double[] scalars = new double[2];
        SweepThreads.Count = 2;
        void Sweeps()
        {
            for (int k = 0; k < 10; k++)
                table.Sweep<Quartic>(new SweepFields(z, V0: v0, V1: v1), scalars);
        }
        Sweeps();
        Assert.That(Allocation.Of(Sweeps), Is.Zero);
    }

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(257)]
    public void A_number_of_threads_that_makes_no_sense_is_refused(int count) =>
        Assert.That(() => SweepThreads.Count = count, Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("1 to 256"));

    // Eight copies of an inherent state: large enough to be shared.
}
