namespace FastNqe.Tests.Liquids;

public class SwapMonteCarloTests
{
    private static readonly PairPotential Potential = GlassModel.Poly3D.Potential;

    [Test]
    public void Swaps_of_frozen_particles_visit_assignments_with_their_Boltzmann_weights()
    {
        double[] positions = [1, 1, 1, 2.25, 1, 1, 1.4, 2.1, 1.2], sizes = [1.0, 1.25, 1.5];
        const double Temperature = 0.8;
        Box box = Box.Cubic(3, 8);
        Dictionary<string, double> weights = [];
        foreach (int[] order in new int[][] { [0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0] })
        {
            double[] assigned = [.. order.Select(k => sizes[k])];
            weights[Key(assigned)] = Math.Exp(-NaiveEnergy(new Configuration(box, positions, assigned)) / Temperature);
        }
        double norm = weights.Values.Sum();
        Assert.That(weights.Values.Max() / weights.Values.Min(), Is.GreaterThan(3), "the test can tell weights apart");

        SwapMonteCarlo monteCarlo = new(new Configuration(box, positions, sizes), Potential, Temperature, Numbers(1), new() { SwapShare = 1, LargestSizeDifference = 1 });
        const int Samples = 20_000;
        Dictionary<string, int> seen = [];
        for (int sample = 0; sample < Samples; sample++)
        {
            monteCarlo.Run(6);
            string key = Key(monteCarlo.Snapshot().Diameters.ToArray());
            seen[key] = seen.GetValueOrDefault(key) + 1;
        }
        double chiSquared = weights.Sum(w => Math.Pow(seen.GetValueOrDefault(w.Key) - Samples * w.Value / norm, 2) / (Samples * w.Value / norm));
        Assert.That(chiSquared, Is.LessThan(25), "5 degrees of freedom, samples nearly independent");
    }

    [Test]
    public void Displacements_of_two_particles_have_the_canonical_distance()
    {
        const double Temperature = 0.7;
        SwapMonteCarlo monteCarlo = new(
            new Configuration(Box.Cubic(3, 6), [1, 1, 1, 2.2, 1, 1], [1.0, 1.2]), Potential, Temperature, Numbers(2), new() { SwapShare = 0.3, HalfWidth = 0.9, LargestSizeDifference = 1 });
        // p(r) ~ r² exp(-phi(r)/T) wherever the sphere of radius r fits into the box.
        double[] edges = [0, 0.95, 1.05, 1.2, 1.5, 3];
        double[] expected = new double[edges.Length - 1];
        for (int bin = 0; bin < expected.Length; bin++)
            expected[bin] = Integral(r => r * r * Math.Exp(-Potential.At(r * r, 1.0, 1.2).F0 / Temperature), Math.Max(edges[bin], 0.5), edges[bin + 1]);
        int[] seen = new int[expected.Length];
        for (int sample = 0; sample < 100_000; sample++)
        {
            monteCarlo.Run(10);
            double r = Distance(monteCarlo.Snapshot());
            for (int bin = 0; bin < expected.Length; bin++)
                seen[bin] += r >= edges[bin] && r < edges[bin + 1] ? 1 : 0;
        }
        double all = seen.Sum(), norm = expected.Sum();
        for (int bin = 0; bin < expected.Length; bin++)
        {
            double p = expected[bin] / norm;
            Assert.That(seen[bin] / all, Is.EqualTo(p).Within(8 * Math.Sqrt(p * (1 - p) / all)), $"r from {edges[bin]} to {edges[bin + 1]}; successive samples are correlated by some sweeps");
        }
    }

    [Test]
    public void Running_energy_is_that_of_all_pairs([Values(0.4, 3.0)] double temperature)
    {
        SwapMonteCarlo monteCarlo = Liquid(300, temperature, Simd.Width);
        monteCarlo.Tune(100);
        for (int check = 0; check < 5; check++)
        {
            monteCarlo.Run(20);
            double energy = NaiveEnergy(monteCarlo.Snapshot());
            Assert.That(monteCarlo.PotentialEnergy, Is.EqualTo(energy).Within(1e-11 * Math.Abs(energy)));
            Assert.That(monteCarlo.EnergyDrift(), Is.EqualTo(0).Within(1e-11 * Math.Abs(energy)));
        }
        Assert.That(monteCarlo.Swaps.Accepted, Is.GreaterThan(100));
        Assert.That(monteCarlo.Displacements.Acceptance, Is.InRange(0.3, 0.5));
    }

    [Test]
    public void Diameters_change_hands_but_their_set_stays()
    {
        SwapMonteCarlo monteCarlo = Liquid(200, 1.0, Simd.Width);
        double[] before = monteCarlo.Snapshot().Diameters.ToArray();
        monteCarlo.Run(50);
        double[] after = monteCarlo.Snapshot().Diameters.ToArray();
        Assert.That(after, Is.Not.EqualTo(before));
        Assert.That(after.Order(), Is.EqualTo(before.Order()));
    }

    [Test]
    public void Every_width_makes_the_same_decisions([Values] SimdWidth width)
    {
        if (!Simd.IsSupported(width))
            Assert.Ignore($"this processor has no {width}");
        SwapMonteCarlo reference = Liquid(250, 0.6, SimdWidth.Scalar), other = Liquid(250, 0.6, width);
        reference.Run(40);
        other.Run(40);
        AssertSame(other.Snapshot(), reference.Snapshot());
        Assert.That(other.PotentialEnergy, Is.EqualTo(reference.PotentialEnergy));
    }

    [TestCase(2)]
    [TestCase(4)]
    public void Binary_mixtures_run_in_other_dimensions(int dimension)
    {
        GlassModel model = dimension == 2 ? GlassModel.Ipl2D : GlassModel.Ipl4D;
        Configuration start = LatticeStart.Make(model, dimension == 2 ? 100 : 400, new RandomSequence(1, 0, RandomPurpose.Start));
        SwapMonteCarlo monteCarlo = new(start, model.Potential, 6, Numbers(3), new() { LargestSizeDifference = 0.5 });
        monteCarlo.Tune(40);
        monteCarlo.Run(20);
        double energy = NaiveEnergy(monteCarlo.Snapshot());
        Assert.That(monteCarlo.PotentialEnergy, Is.EqualTo(energy).Within(1e-11 * energy));
        Assert.That(monteCarlo.Swaps.Accepted, Is.GreaterThan(0));
    }

    [Test]
    public void A_restored_run_goes_on_to_the_bit()
    {
        SwapMonteCarlo whole = Liquid(200, 0.7, Simd.Width), interrupted = Liquid(200, 0.7, Simd.Width), restored = Liquid(200, 2, Simd.Width);
        whole.Tune(10);
        whole.Run(60);
        interrupted.Tune(10);
        interrupted.Run(25);
        using MemoryStream memory = new();
        using (BinaryWriter writer = new(memory, System.Text.Encoding.UTF8, leaveOpen: true))
            interrupted.Save(writer);
        memory.Position = 0;
        using (BinaryReader reader = new(memory))
            restored.Restore(reader);
        restored.Run(35);
        AssertSame(restored.Snapshot(), whole.Snapshot());
        Assert.That(restored.PotentialEnergy, Is.EqualTo(whole.PotentialEnergy));
        Assert.That((restored.StepCount, restored.Swaps), Is.EqualTo((whole.StepCount, whole.Swaps)));
    }

    [Test]
    public void What_cannot_be_is_refused()
    {
        Configuration start = LatticeStart.Make(GlassModel.Poly3D, 200, new RandomSequence(1, 0, RandomPurpose.Start));
        Assert.That(() => new SwapMonteCarlo(start, Potential, 0, Numbers(1)), Throws.InstanceOf<ArgumentException>());
        Assert.That(() => new SwapMonteCarlo(start, Potential, 1, Numbers(1), new() { SwapShare = 1.5 }), Throws.ArgumentException);
        Assert.That(() => new SwapMonteCarlo(start.WithDiameters([.. Enumerable.Repeat(4.0, 200)]), Potential, 1, Numbers(1)), Throws.ArgumentException.With.Message.Contains("box is too small"));
        using MemoryStream memory = new("\u0003abc"u8.ToArray());
        using BinaryReader reader = new(memory);
        Assert.That(() => new SwapMonteCarlo(start, Potential, 1, Numbers(1)).Restore(reader), Throws.InstanceOf<InvalidDataException>());
    }

    private static SwapMonteCarlo Liquid(int particles, double temperature, SimdWidth width) =>
        new(LatticeStart.Make(GlassModel.Poly3D, particles, new RandomSequence(4, 0, RandomPurpose.Start)), Potential, temperature, Numbers(5), null, width);

    private static RandomSequence Numbers(ulong seed) => new(seed, 0, RandomPurpose.Liquid);

    private static string Key(double[] sizes) => string.Join(' ', sizes);

    private static void AssertSame(Configuration actual, Configuration expected)
    {
        Assert.That(actual.Positions.ToArray(), Is.EqualTo(expected.Positions.ToArray()));
        Assert.That(actual.Diameters.ToArray(), Is.EqualTo(expected.Diameters.ToArray()));
    }

    private static double Distance(Configuration two)
    {
        Span<double> separation = stackalloc double[3];
        for (int axis = 0; axis < 3; axis++)
            separation[axis] = two.Positions[3 + axis] - two.Positions[axis];
        two.Box.MinimumImage(separation);
        return Math.Sqrt(separation[0] * separation[0] + separation[1] * separation[1] + separation[2] * separation[2]);
    }

    private static double Integral(Func<double, double> f, double from, double to)
    {
        const int Steps = 2000;
        double h = (to - from) / Steps;
        return h * Enumerable.Range(0, Steps).Sum(k => f(from + (k + 0.5) * h));
    }

    // All pairs, one image each.
    private static double NaiveEnergy(Configuration configuration)
    {
        int d = configuration.Dimension;
        double energy = 0;
        double[] separation = new double[d];
        for (int i = 0; i < configuration.ParticleCount; i++)
        {
            for (int j = i + 1; j < configuration.ParticleCount; j++)
            {
                for (int axis = 0; axis < d; axis++)
                    separation[axis] = configuration.Positions[j * d + axis] - configuration.Positions[i * d + axis];
                configuration.Box.MinimumImage(separation);
                PairPotential potential = d == 3 ? Potential : InversePowerLaw.Binary2D;
                energy += potential.At(separation.Sum(x => x * x), configuration.Diameters[i], configuration.Diameters[j]).F0;
            }
        }
        return energy;
    }
}
