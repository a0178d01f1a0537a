namespace FastNqe.Tests;

public sealed class ShearCouplingTests
{
    [TestCase("b01", 2)]
    [TestCase("b04", 6)]
    [TestCase("b05", 12)]
    public void Couplings_to_simple_shears_meet_the_reference(string name, int shears)
    {
        ReferenceCase reference = ReferenceCase.Load(name);
        InherentState glass = InherentState.At(reference.Configuration, reference.Potential);
        CubicMode mode = CubicMode.From(glass, reference.Mode("pi3"), new MinimiserOptions { Tolerance = 1e-10 });
        double sign = Math.Sign(NaiveGlass.Dot(mode.Direction, reference.Mode("pi3")));
        IReadOnlyList<ShearCoupling> couplings = ShearCoupling.ToEveryShear(glass, mode);
        Assert.That(couplings, Has.Count.EqualTo(shears));
        foreach (ShearCoupling coupling in couplings.Where(coupling => coupling.Deformation.Name.StartsWith("simple", StringComparison.Ordinal)))
        {
            Figure nu = reference.Figure($"elasticity/nu3/{coupling.Deformation.Name[^2..]}");
            // The mode is the minimiser's: its nu has the tolerance of a mode that was searched for.
            Assert.That(sign * coupling.Coupling, Is.EqualTo(nu.Value).Within(1e-6 * Math.Abs(nu.Value) + 1e-4));
        }
    }

    [TestCase("b01")]
    [TestCase("b04")]
    public void Slope_and_instability_follow_from_the_coefficients(string name)
    {
        ReferenceCase reference = ReferenceCase.Load(name);
        InherentState glass = InherentState.At(reference.Configuration, reference.Potential);
        CubicMode mode = CubicMode.From(glass, reference.Mode("pi3"), new MinimiserOptions { Tolerance = 1e-10 });
        ShearCoupling coupling = ShearCoupling.Of(glass, mode, Deformation.SimpleShear(glass.Dimension, 0, 1));
        Assert.That(coupling.StiffnessSlope, Is.EqualTo(-mode.CubicCoefficient * coupling.Coupling / mode.Stiffness));
        Assert.That(coupling.InstabilityStrain, Is.EqualTo(mode.Stiffness * mode.Stiffness / (2 * mode.CubicCoefficient * coupling.Coupling)).Within(4).Ulps);
        // tau is positive, so the strain that softens the mode has the sign of nu.
        Assert.That(Math.Sign(coupling.InstabilityStrain), Is.EqualTo(Math.Sign(coupling.Coupling)));
    }

    // Nearer and nearer to the first plastic event, the strain that is left is what the mode predicts.
    [TestCase(1, 0.03)]
    [TestCase(-1, 0.06)]
    public void The_strain_to_instability_becomes_exact(int direction, double tolerance)
    {
        ReferenceCase reference = ReferenceCase.Load("b01");
        InherentState glass = InherentState.At(reference.Configuration, reference.Potential);
        var ahead = new List<(double Strain, double Stiffness, double Predicted)>();
        double strain = 0, step = 2e-3;
        for (; step > 4e-7; step /= 4)
        {
            var shear = new QuasistaticShear(glass, 0, 1, new QuenchOptions { ForceTolerance = 1e-11 }, strain);
            do
            {
                (glass, strain) = (shear.State, shear.Last.Strain);
                Assert.That(Math.Abs(strain), Is.LessThan(0.05), "no event");
                shear.StepTo(strain + direction * step);
            }
            while (!shear.Last.IsPlastic);
            CubicMode mode = CubicMode.From(glass, QuarticMode.From(glass, glass.LowestEigenpairs(1)[0].Vector).Direction);
            ahead.Add((strain, mode.Stiffness, ShearCoupling.Of(glass, mode, Deformation.SimpleShear(2, 0, 1)).InstabilityStrain));
        }
        double at = strain + direction * 2 * step;
        // The event is known to within the last step: only points well before it can be compared.
        double[] errors = [.. ahead.Where(point => Math.Abs(at - point.Strain) > 40 * step).DistinctBy(point => point.Strain).Select(point => Math.Abs(point.Predicted / (at - point.Strain) - 1))];
        Assert.That(errors, Has.Length.GreaterThan(2));
        Assert.That(errors[^1], Is.LessThan(tolerance));
        Assert.That(ahead[^1].Stiffness, Is.LessThan(0.1 * reference.Figure("modes/pi3/kappa").Value));
    }

    [Test]
    public void A_mode_of_another_glass_is_refused()
    {
        ReferenceCase reference = ReferenceCase.Load("b04"), other = ReferenceCase.Load("b01");
        InherentState glass = InherentState.At(reference.Configuration, reference.Potential);
        CubicMode mode = CubicMode.From(glass, reference.Mode("pi3"));
        InherentState plane = InherentState.At(other.Configuration, other.Potential);
        Assert.That(() => ShearCoupling.Of(plane, mode, Deformation.SimpleShear(2, 0, 1)), Throws.ArgumentException);
    }
}
