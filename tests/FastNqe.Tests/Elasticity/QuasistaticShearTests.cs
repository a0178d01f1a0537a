namespace FastNqe.Tests.Elastic;

public sealed class QuasistaticShearTests
{
    [TestCase("b01", 0, 1)]
    [TestCase("b04", 0, 2)]
    [TestCase("b04", 1, 2)]
    public void The_first_steps_have_the_slope_of_the_modulus_and_lead_back(string name, int a, int b)
    {
        InherentState glass = Glass(name);
        var shear = new QuasistaticShear(glass, a, b, new QuenchOptions { ForceTolerance = 1e-11 });
        double before = shear.Last.Stress;
        ShearStep forth = shear.StepTo(1e-6), back = shear.StepTo(0);
        double modulus = ElasticResponse.To(Deformation.SimpleShear(glass.Dimension, a, b), glass).Modulus;
        Assert.That((forth.Stress - before) / 1e-6, Is.EqualTo(modulus).Within(1e-3 * Math.Abs(modulus) + 1e-3));
        Assert.That(forth.IsPlastic, Is.False);
        Assert.That(back.Stress, Is.EqualTo(before).Within(1e-8));
        Assert.That(back.Energy, Is.EqualTo(glass.Energy).Within(1e-12).Percent);
    }

    [Test]
    public void Shear_by_whole_box_lengths_is_the_same_glass()
    {
        // At gamma = L_a/L_b the sheared lattice is the old one: only the names of particles' images changed.
        InherentState glass = Glass("b01");
        Box box = glass.Configuration.Box;
        InherentState turned = InherentState.At(QuasistaticShear.Sheared(glass.Configuration, 0, 1, box.Length(0) / box.Length(1)), glass.Potential);
        Assert.That(turned.Configuration.Box.XY, Is.Zero.Within(1e-12));
        // An affine shear moves particles within the cell, so the energy is another; but tilts stay below half a side on the way.
        for (double strain = 0; strain < 2; strain += 0.13)
            Assert.That(Math.Abs(QuasistaticShear.Sheared(glass.Configuration, 0, 1, strain).Box.XY), Is.LessThanOrEqualTo(0.5 * box.Length(0) + 1e-12));
    }

    [Test]
    public void Tilts_of_all_planes_are_reduced_to_the_same_lattice()
    {
        InherentState glass = Glass("b04");
        Box box = glass.Configuration.Box;
        Configuration tilted = QuasistaticShear.Sheared(QuasistaticShear.Sheared(glass.Configuration, 0, 1, 0.4), 1, 2, 0.9);
        // The affinely moved positions interact alike in the reduced cell and in the one that was not reduced.
        Box plain = Box.Tilted([box.Length(0), box.Length(1), box.Length(2)], tilted.Box.XY, tilted.Box.XZ + tilted.Box.XY, tilted.Box.YZ + box.Length(1));
        double[] point = [0.3, 8.9, 9.1], same = [.. point];
        plain.MinimumImage(point);
        tilted.Box.MinimumImage(same);
        double[] difference = [.. point.Select((x, axis) => x - same[axis])];
        tilted.Box.MinimumImage(difference);
        Assert.That(NaiveGlass.Dot(difference, difference), Is.Zero.Within(1e-18));
        Assert.That(Math.Abs(tilted.Box.YZ), Is.LessThanOrEqualTo(0.5 * box.Length(1)));
    }

    [Test]
    public void A_plastic_event_dissipates_and_does_not_lead_back()
    {
        InherentState glass = Glass("b01");
        var shear = new QuasistaticShear(glass, 0, 1);
        double strain = 0;
        while (!shear.Last.IsPlastic && strain < 0.2)
            shear.StepTo(strain += 1e-3);
        Assert.That(shear.Last.IsPlastic, $"no event up to {strain}");
        Assert.That(shear.Last.Dissipated, Is.GreaterThan(1e-3));
        double after = shear.Last.Stress;
        InherentState there = shear.State;
        shear.StepTo(strain - 1e-3);
        var again = new QuasistaticShear(glass, 0, 1);
        for (double s = 1e-3; s < strain - 0.5e-3; s += 1e-3)
            again.StepTo(s);
        Assert.That(shear.State.Energy, Is.Not.EqualTo(again.State.Energy).Within(1e-6), "the event could be undone");
        Assert.That(there.Quench!.Converged);
        Assert.That(double.IsFinite(after));
    }

    [Test]
    public void Energies_and_stresses_fit_together()
    {
        // dU = V sigma dgamma along an elastic branch.
        InherentState glass = Glass("b04");
        double volume = glass.Configuration.Box.Volume;
        var shear = new QuasistaticShear(glass, 0, 1, new QuenchOptions { ForceTolerance = 1e-11 });
        ShearStep low = shear.StepTo(-2e-5), high = shear.StepTo(2e-5);
        double middle = new QuasistaticShear(glass, 0, 1).Last.Stress;
        Assert.That((high.Energy - low.Energy) / (4e-5 * volume), Is.EqualTo(middle).Within(1e-4));
        Assert.That(Math.Abs(high.Dissipated), Is.LessThan(1e-8));
    }

    [Test]
    public void Paths_go_from_target_to_target()
    {
        Assert.That(new ShearPath(0.1, [0.2, 0]).Strains, Is.EqualTo(new[] { 0, 0.1, 0.2, 0.1, 0 }).Within(1e-15));
        Assert.That(new ShearPath(1e-4, [0.1]).Strains, Has.Count.EqualTo(1001));
        Assert.That(() => new ShearPath(0, [0.1]), Throws.ArgumentException);
        Assert.That(() => new ShearPath(1e-4, [0.1, 0.1]), Throws.ArgumentException);
        Assert.That(() => new ShearPath(1e-4, []), Throws.ArgumentException);
    }

    [TestCase(1e-4, 0.0045, 0.02)]
    [TestCase(1e-4, 0.0199, 0.02)]
    [TestCase(3e-4, -0.0021, -0.0099)]
    [TestCase(0.07, 0.49, 2.1)]
    public void A_path_to_a_farther_target_begins_with_the_same_bits(double step, double near, double far)
    {
        IReadOnlyList<double> beginning = new ShearPath(step, [near]).Strains, whole = new ShearPath(step, [far]).Strains;
        Assert.That(whole.Take(beginning.Count), Is.EqualTo(beginning));
        Assert.That(whole[^1], Is.EqualTo(far));
        // And back by the same strains.
        Assert.That(new ShearPath(step, [far, 0]).Strains.Skip(whole.Count - 1).Reverse(), Is.EqualTo(whole));
    }

    [Test]
    public void A_target_between_two_multiples_of_the_step_is_reached_by_a_shorter_step()
    {
        Assert.That(new ShearPath(0.1, [0.25, 0.05]).Strains, Is.EqualTo(new[] { 0, 0.1, 0.2, 0.25, 0.2, 0.1, 0.05 }));
        Assert.That(new ShearPath(0.1, [0.1 + 1e-12]).Strains, Is.EqualTo(new[] { 0, 0.1 + 1e-12 }));
        Assert.That(() => new ShearPath(1e-4, [1e300]), Throws.ArgumentException.With.Message.Contains("steps"));
    }

    [Test]
    public void Four_dimensions_are_refused()
    {
        InherentState glass = Glass("b05");
        Assert.That(() => new QuasistaticShear(glass, 0, 1), Throws.ArgumentException.With.Message.Contains("4 dimensions"));
    }

    private static InherentState Glass(string name)
    {
        ReferenceCase reference = ReferenceCase.Load(name);
        return InherentState.At(reference.Configuration, reference.Potential);
    }
}
