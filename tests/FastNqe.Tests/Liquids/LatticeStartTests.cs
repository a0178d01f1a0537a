namespace FastNqe.Tests.Liquids;

public class LatticeStartTests
{
    [Test]
    public void Starts_have_the_models_density_and_composition_and_no_two_particles_close(
        [Values("ipl-2d", "ipl-3d", "ipl-4d", "poly-3d", "poly-3d-na01")] string name, [Values(250, 512)] int particles)
    {
        GlassModel model = GlassModel.Named(name);
        Configuration start = LatticeStart.Make(model, particles, new RandomSequence(1, 2, RandomPurpose.Start));
        Assert.That(start.NumberDensity, Is.EqualTo(model.NumberDensity).Within(1e-14));
        if (model.Polydispersity is null)
            Assert.That(start.Diameters.ToArray().Count(x => x == 1.0), Is.EqualTo(particles / 2));
        else
            Assert.That(start.Diameters.ToArray().Order(), Is.EqualTo(model.Polydispersity.Quantiles(particles)));
        Assert.That(SmallestDistance(start), Is.GreaterThan(0.6));
        Assert.That(LatticeStart.Make(model, particles, new RandomSequence(1, 2, RandomPurpose.Start)).Positions.ToArray(), Is.EqualTo(start.Positions.ToArray()));
        Assert.That(LatticeStart.Make(model, particles, new RandomSequence(1, 3, RandomPurpose.Start)).Positions.ToArray(), Is.Not.EqualTo(start.Positions.ToArray()));
    }

    [Test]
    public void Diameters_have_the_moments_of_their_distribution()
    {
        double[] quantiles = DiameterDistribution.InverseCube.Quantiles(20_000), drawn = DiameterDistribution.InverseCube.Draw(20_000, new RandomSequence(1, 0, RandomPurpose.Start));
        Assert.That(quantiles.Average(), Is.EqualTo(1.37888).Within(1e-4));
        Assert.That(Deviation(quantiles) / quantiles.Average(), Is.EqualTo(0.229).Within(1e-3));
        Assert.That(drawn.Average(), Is.EqualTo(1.37888).Within(5 * 0.316 / Math.Sqrt(20_000)));
        Assert.That((quantiles.Min(), quantiles.Max()), Is.EqualTo((1.0, 2.22)).Within(1e-3));
        static double Deviation(double[] x) => Math.Sqrt(x.Average(v => v * v) - x.Average() * x.Average());
    }

    [Test]
    public void Shares_of_species_are_kept_or_refused()
    {
        GlassModel model = GlassModel.Ipl3D with { SpeciesShares = [0.8, 0.2] };
        Configuration start = LatticeStart.Make(model, 100, new RandomSequence(1, 0, RandomPurpose.Start));
        Assert.That(start.Types.ToArray().Count(type => type == 0), Is.EqualTo(80));
        Assert.That(() => LatticeStart.Make(model, 101, new RandomSequence(1, 0, RandomPurpose.Start)), Throws.ArgumentException);
        Assert.That(() => LatticeStart.Make(GlassModel.Ipl3D, 101, new RandomSequence(1, 0, RandomPurpose.Start)), Throws.ArgumentException.With.Message.Contains("even"));
    }

    private static double SmallestDistance(Configuration configuration)
    {
        int d = configuration.Dimension;
        double smallest = double.PositiveInfinity;
        double[] separation = new double[d];
        for (int i = 0; i < configuration.ParticleCount; i++)
        {
            for (int j = i + 1; j < configuration.ParticleCount; j++)
            {
                for (int axis = 0; axis < d; axis++)
                    separation[axis] = configuration.Positions[j * d + axis] - configuration.Positions[i * d + axis];
                configuration.Box.MinimumImage(separation);
                smallest = Math.Min(smallest, Math.Sqrt(separation.Sum(x => x * x)));
            }
        }
        return smallest;
    }
}
