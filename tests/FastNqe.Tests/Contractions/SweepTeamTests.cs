using FastNqe.Contractions;

namespace FastNqe.Tests;

/// <summary>Several threads in one sweep: the same bits as one, without allocation.</summary>
[NonParallelizable]
public sealed class SweepTeamTests
{
    [TearDown]
    public void OneThreadAgain() => SweepThreads.Count = 1;

    [TestCase(PairStorage.Columns)]
    [TestCase(PairStorage.Coefficients)]
    [TestCase(PairStorage.List)]
    public void Any_number_of_threads_gives_the_same_bits(object storage)
    {
        (Configuration configuration, PairPotential potential) = TestGlasses.Large();
        var table = new PairTable(configuration, potential, (PairStorage)storage);
        double[] z = TestGlasses.Field(configuration, 1), y = TestGlasses.Field(configuration, 2);
        Sweep quartic = Sweep.Run<Quartic>(table, z), scalars = Sweep.Run<AllScalars>(table, z), line = Sweep.Run<CubicLine>(table, z, y);
        foreach (int threads in new[] { 2, 3, 5 })
        {
            SweepThreads.Count = threads;
            Sweep.Run<Quartic>(table, z).AssertSameBits(quartic, $"{threads} threads");
            Sweep.Run<AllScalars>(table, z).AssertSameBits(scalars, $"{threads} threads");
            Sweep.Run<CubicLine>(table, z, y).AssertSameBits(line, $"{threads} threads");
        }
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
