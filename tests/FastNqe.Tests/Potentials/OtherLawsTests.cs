namespace FastNqe.Tests;

/// <summary>Values of the laws besides the inverse power law, by their formulas in r.</summary>
public sealed class OtherLawsTests
{
    [TestCase(1.0, 1.0, 1.0, 1.0)]
    [TestCase(1.0, 0.88, 1.5, 0.8)]
    [TestCase(0.88, 0.88, 0.5, 0.88)]
    public void Lennard_Jones_has_the_depths_and_diameters_of_Kob_and_Andersen(double sizeI, double sizeJ, double depth, double sigma)
    {
        Assert.That(LennardJones.KobAndersen.Cutoff(sizeI, sizeJ), Is.EqualTo(2.5 * sigma).Within(1e-15));
        foreach (double s in new[] { 0.9, 1.1, 1.7, 2.4 })
        {
            // g about the cutoff, by its derivatives written out.
            double g(double y) => Math.Pow(y, -6) - Math.Pow(y, -3);
            double c = 6.25, w = s * s - c;
            double taylor = g(c) + w * (-6 * Math.Pow(c, -7) + 3 * Math.Pow(c, -4)) + w * w / 2 * (42 * Math.Pow(c, -8) - 12 * Math.Pow(c, -5))
                + w * w * w / 6 * (-336 * Math.Pow(c, -9) + 60 * Math.Pow(c, -6));
            double expected = 4 * depth * (g(s * s) - taylor);
            Assert.That(LennardJones.KobAndersen.At(s * s * sigma * sigma, sizeI, sizeJ).F0, Is.EqualTo(expected).Within(1e-13 * depth));
        }
    }

    [Test]
    public void Spheres_have_their_exponents()
    {
        const double R = 0.83;
        double overlap = 1 - R / 1.2;
        Assert.That(HarmonicSpheres.Potential.At(R * R, 1, 1.4).F0, Is.EqualTo(overlap * overlap / 2).Within(1e-15));
        Assert.That(HertzianSpheres.Potential.At(R * R, 1, 1.4).F0, Is.EqualTo(0.4 * Math.Pow(overlap, 2.5)).Within(1e-15));
        Assert.That(HarmonicSpheres.Potential.Cutoff(1, 1.4), Is.EqualTo(1.2).Within(1e-15));
    }

    // The kernels and the whole way to a mode know nothing about the law.
    [TestCase("kalj-3d")]
    [TestCase("harmonic-3d")]
    [TestCase("hertzian-3d")]
    public void A_glass_of_every_model_has_modes_whose_coefficients_are_the_naive_ones(string name)
    {
        GlassModel model = GlassModel.Named(name);
        Configuration start = LatticeStart.Make(model, 500, new RandomSequence(1, 0, RandomPurpose.Start));
        double[] shaken = start.Positions.ToArray();
        var random = new Random(5);
        for (int k = 0; k < shaken.Length; k++)
            shaken[k] += 0.15 * (random.NextDouble() - 0.5);
        InherentState glass = Quench.Run(start.WithPositions(shaken), model.Potential);
        Assert.That(glass.Quench!.Converged, $"largest force {glass.MaxForce}");
        double[] direction = [.. shaken.Select((_, k) => Math.Sin(k))];
        ModeCoefficients found = glass.Coefficients(direction);
        NaiveGlass naive = new(glass.Configuration, model.Potential);
        Assert.That(found.Stiffness, Is.EqualTo(naive.Stiffness(direction)).Within(1e-9).Percent);
        Assert.That(found.QuarticCoefficient, Is.EqualTo(naive.QuarticCoefficient(direction)).Within(1e-8).Percent);
        Assert.That(Elasticity.Of(glass).Converged);
    }

    [Test]
    public void Constants_out_of_range_are_refused()
    {
        Assert.That(() => new LennardJones(1), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("above 1.2"));
        Assert.That(() => new LennardJones(2.5, 5), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("from 1 to 4"));
    }
}
