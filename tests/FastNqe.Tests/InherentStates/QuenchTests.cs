namespace FastNqe.Tests;

/// <summary>Quenches end in minima.</summary>
public sealed class QuenchTests
{
    private static IEnumerable<TestCaseData> Liquids
    {
        get
        {
            for (int seed = 1; seed <= 12; seed++)
            {
                yield return new TestCaseData("ipl-2d", 96, seed);
                yield return new TestCaseData("ipl-3d", 128, seed);
                yield return new TestCaseData("poly-3d", 240, seed);
            }
            for (int seed = 1; seed <= 3; seed++)
                yield return new TestCaseData("ipl-4d", 260, seed);
        }
    }

    [TestCaseSource(nameof(Liquids)), Category("Width")]
    public void A_quench_ends_where_no_net_force_is_left(string model, int count, int seed)
    {
        GlassModel glassModel = GlassModel.Named(model);
        Configuration liquid = Liquid(glassModel, count, seed);
        InherentState glass = Quench.Run(liquid, glassModel.Potential);
        Assert.That(glass.Quench!.Converged);
        Assert.That(glass.Quench.MaxForce, Is.LessThanOrEqualTo(1e-10));
        // The facade's own figures, computed anew from the positions handed out.
        Assert.That(glass.MaxForce, Is.LessThan(1e-10 + 1e-11));
        Assert.That(glass.Energy, Is.LessThan(InherentState.At(liquid, glassModel.Potential).Energy));
        Assert.That(new NaiveGlass(glass.Configuration, glassModel.Potential).MaxForce(), Is.LessThan(2e-10));
    }

    [TestCase("ipl-2d", 200), TestCase("ipl-3d", 400), TestCase("poly-3d", 300), TestCase("ipl-4d", 300)]
    public void Particles_strewn_at_random_over_the_box_come_to_rest(string model, int count)
    {
        GlassModel glassModel = GlassModel.Named(model);
        Configuration liquid = Liquid(glassModel, count, 1);
        var random = new Random(4);
        double[] anywhere = [.. liquid.Positions.ToArray().Select(_ => random.NextDouble() * liquid.Box.Length(0))];
        Configuration strewn = liquid.WithPositions(anywhere);
        double energy = Quench.Run(liquid, glassModel.Potential).Energy;
        InherentState glass = Quench.Run(strewn, glassModel.Potential);
        Assert.That(InherentState.At(strewn, glassModel.Potential).Energy, Is.GreaterThan(100 * energy), "overlaps");
        Assert.That(glass.Quench!.Converged);
        // Sizes are badly mixed here and there, no more.
        Assert.That(glass.Energy, Is.EqualTo(energy).Within(0.1 * energy));
    }

    [TestCaseSource(typeof(ReferenceCase), nameof(ReferenceCase.InherentStates)), Category("Width")]
    public void An_inherent_state_pushed_a_little_falls_back(string name)
    {
        ReferenceCase reference = ReferenceCase.Load(name);
        double[] push = TestGlasses.Field(reference.Configuration, 3);
        Configuration pushed = reference.Configuration.WithPositions(NaiveGlass.Combine(1, reference.Configuration.Positions.ToArray(), 1e-4, push));
        InherentState glass = Quench.Run(pushed, reference.Potential);
        reference.AssertFigure("configuration/U", glass.Energy);
        reference.AssertFigure("configuration/pairs", glass.PairCount);
    }

    [Test]
    public void A_quench_that_runs_out_of_sweeps_says_so()
    {
        InherentState glass = Quench.Run(Liquid(GlassModel.Ipl3D, 128, 1), GlassModel.Ipl3D.Potential, new QuenchOptions { MaxSweeps = 5 });
        Assert.That(glass.Quench!.Converged, Is.False);
        Assert.That(glass.Quench.MaxForce, Is.GreaterThan(1e-10));
    }

    [Test]
    public void No_more_sweeps_of_either_kind_are_made_than_allowed()
    {
        // A line search that has begun is ended: up to thirty force sweeps.
        for (int limit = 100; limit < 500; limit += 8)
        {
            QuenchReport report = Quench.Run(Liquid(GlassModel.Ipl3D, 128, 1), GlassModel.Ipl3D.Potential, new QuenchOptions { MaxSweeps = limit }).Quench!;
            Assert.That(report.Sweeps, Is.LessThanOrEqualTo(limit + 30));
        }
    }

    [Test]
    public void A_quench_stops_when_asked_to()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var options = new QuenchOptions { Cancellation = source.Token };
        Assert.That(() => Quench.Run(Liquid(GlassModel.Ipl3D, 128, 1), GlassModel.Ipl3D.Potential, options), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void The_same_liquid_gives_the_same_bits()
    {
        Configuration liquid = Liquid(GlassModel.Ipl3D, 128, 4);
        double[] first = Quench.Run(liquid, GlassModel.Ipl3D.Potential).Configuration.Positions.ToArray();
        Assert.That(Quench.Run(liquid, GlassModel.Ipl3D.Potential).Configuration.Positions.ToArray(), Is.EqualTo(first));
    }

    private static Configuration Liquid(GlassModel model, int count, int seed)
    {
        Box box = Box.Cubic(model.Dimension, Math.Pow(count / model.NumberDensity, 1.0 / model.Dimension));
        double[] species = [.. model.SpeciesDiameters];
        return TestGlasses.Disordered(box, count, seed, i =>
            species.Length > 0 ? species[i % species.Length] : Math.Pow(1 - (i + 0.5) / count * (1 - Math.Pow(2.22, -2)), -0.5));
    }
}
