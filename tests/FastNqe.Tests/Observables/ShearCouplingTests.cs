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
        Assert.That(coupling.InstabilityStrain, Is.EqualTo(mode.Stiffness * mode.Stiffness / (2 * mode.CubicCoefficient * coupling.Coupling)).Within(1e-14).Percent);
        // tau is positive, so the strain that softens the mode has the sign of nu.
        Assert.That(Math.Sign(coupling.InstabilityStrain), Is.EqualTo(Math.Sign(coupling.Coupling)));
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
