namespace FastNqe.Tests;

/// <summary>Forces and stress of a configuration that stands still, against the naive double loop, finite differences and the reference.</summary>
public sealed class ForcesAndStressTests
{
    [TestCaseSource(typeof(TestGlasses), nameof(TestGlasses.Names))]
    public void Forces_are_those_of_the_double_loop(string name)
    {
        (Configuration configuration, PairPotential potential) = TestGlasses.Named(name);
        InherentState state = InherentState.At(configuration, potential);
        double[] forces = new double[configuration.Positions.Length], gradient = new NaiveGlass(configuration, potential).Gradient();
        state.Forces(forces);
        double[] sum = NaiveGlass.Combine(1, forces, 1, gradient);
        Assert.That(Math.Sqrt(NaiveGlass.Dot(sum, sum) / NaiveGlass.Dot(gradient, gradient)), Is.LessThan(1e-12));
        double largest = Enumerable.Range(0, state.ParticleCount).Max(i => Math.Sqrt(forces.Skip(i * state.Dimension).Take(state.Dimension).Sum(x => x * x)));
        Assert.That(largest, Is.EqualTo(state.MaxForce).Within(1e-12 * state.MaxForce));
    }

    [TestCaseSource(typeof(ReferenceCase), nameof(ReferenceCase.InherentStates))]
    public void Stress_is_that_of_the_reference(string name)
    {
        ReferenceCase reference = ReferenceCase.Load(name);
        InherentState state = InherentState.At(reference.Configuration, reference.Potential);
        int[] axes = [.. Enumerable.Range(0, state.Dimension)];
        reference.AssertFigure("configuration/stress", [.. from a in axes from b in axes select state.Stress(a, b)]);
        Assert.That(-axes.Average(a => state.Stress(a, a)), Is.EqualTo(state.Pressure).Within(1e-12 * state.Pressure));
    }

    // dU/dgamma = V sigma_ab under simple shear, by central differences of the energy.
    [TestCase("2D", 0, 1)]
    [TestCase("3D", 0, 2)]
    [TestCase("3D tilted", 1, 2)]
    public void Shear_stress_is_the_derivative_of_the_energy(string name, int a, int b)
    {
        (Configuration configuration, PairPotential potential) = TestGlasses.Named(name);
        const double Step = 1e-6;
        double Energy(double strain) => InherentState.At(QuasistaticShear.Sheared(configuration, a, b, strain), potential).Energy;
        double slope = (Energy(Step) - Energy(-Step)) / (2 * Step);
        double stress = InherentState.At(configuration, potential).Stress(a, b);
        Assert.That(stress * configuration.Box.Volume, Is.EqualTo(slope).Within(1e-6 * Math.Max(Math.Abs(slope), 1)));
    }

    [Test]
    public void What_does_not_fit_is_refused()
    {
        (Configuration configuration, PairPotential potential) = TestGlasses.Named("2D");
        InherentState state = InherentState.At(configuration, potential);
        Assert.That(() => state.Forces(new double[3]), Throws.ArgumentException.With.Message.Contains("3 numbers"));
        Assert.That(() => state.Stress(0, 2), Throws.InstanceOf<ArgumentException>().With.Message.Contains("axes 0 to 1"));
    }
}
