namespace FastNqe.Tests.Liquids;

public class RelaxationTests
{
    [Test]
    public void Free_diffusion_decays_as_its_exact_functions()
    {
        // Independent Gaussian steps of variance s² per component and frame: F_s = exp(-k² s² t/2), mean square displacement d s² t.
        const double StepSquared = 0.004;
        const int Particles = 3000;
        RandomSequence random = new(1, 0, RandomPurpose.Measurement);
        double[] positions = new double[3 * Particles];
        Trajectory trajectory = new(3, 0.5);
        for (int frame = 0; frame < 20; frame++)
        {
            trajectory.Add(positions);
            for (int k = 0; k < positions.Length; k++)
                positions[k] += Math.Sqrt(StepSquared) * random.NextNormal();
        }
        RelaxationCurve curve = trajectory.Relaxation(1.0);
        for (int lag = 0; lag < 20; lag++)
        {
            Assert.That(curve.Times[lag], Is.EqualTo(0.5 * lag));
            Assert.That(curve.Scattering[lag], Is.EqualTo(Math.Exp(-49 * StepSquared * lag / 2)).Within(0.02));
            Assert.That(curve.SquaredDisplacement[lag], Is.EqualTo(3 * StepSquared * lag).Within(4).Percent);
        }
        Assert.That(curve.ScatteringTime, Is.EqualTo(0.5 * 2 / (49 * StepSquared)).Within(3).Percent);
        Assert.That(curve.Overlap[0], Is.EqualTo(1));
        // P(|r| < a) of a Gaussian in 3D: erf(x) - 2x exp(-x²)/sqrt(pi), x = a/(s sqrt(2 t)); at t = 5, x = 1.06066.
        Assert.That(curve.Overlap[10], Is.EqualTo(0.4778).Within(0.02));
    }

    [Test]
    public void What_has_not_decayed_has_no_relaxation_time()
    {
        Trajectory trajectory = new(2, 1);
        trajectory.Add([0, 0, 1, 1]);
        trajectory.Add([0, 0, 1, 1]);
        Assert.That(trajectory.Relaxation(1).OverlapTime, Is.EqualTo(double.PositiveInfinity));
        Assert.That(() => trajectory.Add([0, 0]), Throws.ArgumentException);
    }

    [Test]
    public void A_liquid_that_is_still_relaxing_fails_and_an_equilibrated_one_passes()
    {
        GlassModel model = GlassModel.Ipl3D;
        Configuration start = LatticeStart.Make(model, 200, new RandomSequence(1, 0, RandomPurpose.Start));
        MolecularDynamics dynamics = new(start, model.Potential, 2.0, new RandomSequence(1, 0, RandomPurpose.Liquid));
        Assert.That(EquilibrationTest.Run(dynamics, 0.3).IsPassed, Is.False);
        dynamics.Run(2000);
        // Long, because the thermostat exchanges energy slowly and successive energies are correlated.
        EquilibrationTest test = EquilibrationTest.Run(dynamics, 30);
        Assert.That(test.IsPassed, Is.True);
        Assert.That(test.RelaxationTime, Is.InRange(0.3, 0.65));
    }

    [TestCase(2)]
    [TestCase(3)]
    [TestCase(4)]
    public void Crystals_are_told_from_liquids(int dimension)
    {
        GlassModel model = GlassModel.All.First(m => m.Dimension == dimension);
        Configuration liquid = LatticeStart.Make(model, 400, new RandomSequence(1, 0, RandomPurpose.Start));
        MolecularDynamics dynamics = new(liquid, model.Potential, 2.0, new RandomSequence(1, 0, RandomPurpose.Liquid));
        dynamics.Run(1500);
        // In the plane even a liquid's particles have six neighbours: local order is high.
        Assert.That(BondOrder.CrystallineShare(dynamics.Snapshot()), Is.LessThan(dimension == 2 ? 0.4 : 0.1));
        Assert.That(BondOrder.CrystallineShare(Crystal(dimension)), Is.EqualTo(1));
    }

    [TestCase(2)]
    [TestCase(3)]
    [TestCase(4)]
    public void Share_of_a_disturbed_crystal_is_that_of_all_pairs(int dimension)
    {
        Configuration crystal = Crystal(dimension);
        RandomSequence random = new(3, 0, RandomPurpose.Start);
        // Particles of one half have left their places.
        double[] positions = crystal.Positions.ToArray();
        for (int i = 0; i < positions.Length; i++)
            positions[i] += (i < positions.Length / 2 ? 0.3 : 0.02) * random.NextNormal();
        Configuration disturbed = crystal.WithPositions(positions);
        double share = BondOrder.CrystallineShare(disturbed);
        Assert.That(share, Is.EqualTo(ShareOfAllPairs(disturbed, 1.45 * disturbed.UnitLength)).Within(1e-15));
        Assert.That(share, Is.InRange(0.1, 0.9));
    }

    [Test]
    public void Zonal_harmonics_are_orthogonal_to_the_constant([Values(2, 3, 4)] int dimension)
    {
        // The mean over the sphere, with weight sin^(d-2) of the angle.
        const int Steps = 20_000;
        double sum = 0;
        for (int k = 0; k < Steps; k++)
        {
            double angle = Math.PI * (k + 0.5) / Steps;
            sum += Math.Pow(Math.Sin(angle), dimension - 2) * BondOrder.ZonalHarmonic(Math.Cos(angle), dimension);
        }
        Assert.That(sum / Steps, Is.EqualTo(0).Within(1e-8));
        Assert.That(BondOrder.ZonalHarmonic(1, dimension), Is.EqualTo(1).Within(1e-15));
    }

    // Naive: every particle with every other, and the criterion as Frenkel and ten Wolde state it.
    private static double ShareOfAllPairs(Configuration configuration, double longest)
    {
        int n = configuration.ParticleCount, d = configuration.Dimension;
        double[][][] bonds = [.. Enumerable.Range(0, n).Select(i => Enumerable.Range(0, n).Select(j => Separation(configuration, i, j)).ToArray())];
        bool[][] isBond = [.. bonds.Select(row => row.Select(x => Length(x) > 0 && Length(x) < longest).ToArray())];
        int solid = 0;
        for (int i = 0; i < n; i++)
        {
            int[] neighbours = [.. Enumerable.Range(0, n).Where(j => isBond[i][j])];
            int alike = neighbours.Count(j => Product(i, j) > 0.6 * Math.Sqrt(Product(i, i) * Product(j, j)));
            solid += neighbours.Length > 0 && alike >= 0.7 * neighbours.Length ? 1 : 0;
        }
        return (double)solid / n;

        double Product(int i, int j)
        {
            double sum = 0;
            for (int a = 0; a < n; a++)
                for (int b = 0; b < n; b++)
                    if (isBond[i][a] && isBond[j][b])
                        sum += BondOrder.ZonalHarmonic(bonds[i][a].Zip(bonds[j][b], (x, y) => x * y).Sum() / Length(bonds[i][a]) / Length(bonds[j][b]), d);
            return sum;
        }

        static double Length(double[] x) => Math.Sqrt(x.Sum(component => component * component));
    }

    private static double[] Separation(Configuration configuration, int i, int j)
    {
        int d = configuration.Dimension;
        double[] x = [.. Enumerable.Range(0, d).Select(axis => configuration.Positions[j * d + axis] - configuration.Positions[i * d + axis])];
        configuration.Box.MinimumImage(x);
        return x;
    }

    // The triangular lattice in 2D; else integer points with an even sum: fcc in 3D, D4 in 4D.
    private static Configuration Crystal(int dimension)
    {
        const int Side = 6;
        List<double> positions = [];
        for (int site = 0; site < (int)Math.Pow(Side, dimension); site++)
        {
            int[] point = [.. Enumerable.Range(0, dimension).Select(axis => site / (int)Math.Pow(Side, axis) % Side)];
            if (dimension == 2)
                positions.AddRange([point[0] + 0.5 * (point[1] % 2), point[1] * Math.Sqrt(0.75)]);
            else if (point.Sum() % 2 == 0)
                positions.AddRange(point.Select(x => (double)x));
        }
        Box box = dimension == 2 ? Box.Orthogonal([Side, Side * Math.Sqrt(0.75)]) : Box.Cubic(dimension, Side);
        return new Configuration(box, [.. positions]);
    }
}
