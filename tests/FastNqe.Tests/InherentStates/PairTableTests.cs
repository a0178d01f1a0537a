using FastNqe.Contractions;

namespace FastNqe.Tests;

/// <summary>Pair tables of particles that move.</summary>
public sealed class PairTableTests
{
    [TestCaseSource(typeof(TestGlasses), nameof(TestGlasses.Names))]
    public void A_renewed_table_is_that_of_the_new_places(string name)
    {
        (Configuration configuration, PairPotential potential) = TestGlasses.Named(name);
        double[] z = TestGlasses.Field(configuration, 1), push = TestGlasses.Field(configuration, 2), places = configuration.Positions.ToArray();
        var pairs = new PairForces(configuration, potential, 0.3);
        RowField forces = pairs.Order.NewField();
        pairs.Compute(forces);
        var table = new PairTable(pairs);
        var blocks = new DiagonalBlocks(table);
        // More pairs and fewer, and back.
        foreach (double distance in new[] { 0.05, -0.1, 0.2, 0 })
        {
            pairs.Order.Scatter(NaiveGlass.Combine(1, places, distance, push), pairs.Particles.Positions);
            pairs.Compute(forces);
            table.Renew(pairs);
            blocks.Renew(table);
            var made = new PairTable(pairs);
            Assert.That(table.PairCount, Is.EqualTo(made.PairCount));
            Sweep.Run<Quartic>(table, z).AssertSameBits(Sweep.Run<Quartic>(made, z), $"at {distance}");
            Assert.That(Solved(blocks, pairs.Order, z), Is.EqualTo(Solved(new DiagonalBlocks(made), pairs.Order, z)));
        }
    }

    [Test]
    public void A_table_of_as_many_pairs_is_renewed_in_the_same_memory()
    {
        (Configuration configuration, PairPotential potential) = TestGlasses.Large();
        var pairs = new PairForces(configuration, potential, 0.3);
        pairs.Compute(pairs.Order.NewField());
        var table = new PairTable(pairs);
        var blocks = new DiagonalBlocks(table);
        void Renew()
        {
            table.Renew(pairs);
            blocks.Renew(table);
        }
        Renew();
        Assert.That(Allocation.Of(Renew), Is.LessThan(1000));
    }

    [Test]
    public void What_is_kept_of_a_pair_follows_from_the_size_the_width_and_the_law()
    {
        (Configuration large, PairPotential potential) = TestGlasses.Large();
        (Configuration small, _) = TestGlasses.Named("3D");
        foreach (SimdWidth width in Widths.Supported)
        {
            Assert.That(new PairTable(small, potential, width: width).Storage, Is.EqualTo(PairStorage.Columns));
            Assert.That(new PairTable(large, potential, width: width).Storage, Is.EqualTo(width == SimdWidth.Avx512 ? PairStorage.Reduced : PairStorage.Columns), $"{width}");
            Assert.That(new PairTable(large, HarmonicSpheres.Potential, width: width).Storage, Is.EqualTo(PairStorage.Columns));
        }
        var moving = new PairForces(large, potential, 0.3);
        moving.Compute(moving.Order.NewField());
        Assert.That(new PairTable(moving).Storage, Is.EqualTo(PairStorage.Columns), "products alone read as many lines of whole columns");
        Assert.That(() => new PairTable(small, HarmonicSpheres.Potential, PairStorage.Reduced), Throws.ArgumentException.With.Message.Contains("not reducible"));
    }

    private static double[] Solved(DiagonalBlocks blocks, ParticleOrder order, double[] z)
    {
        RowField field = order.NewField();
        order.Scatter(z, field);
        blocks.Solve(field, field);
        return field.Values.ToArray();
    }
}
