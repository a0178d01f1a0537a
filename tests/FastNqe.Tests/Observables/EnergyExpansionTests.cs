namespace FastNqe.Tests;

public sealed class EnergyExpansionTests
{
    [Test]
    public void Saddle_and_second_minimum_are_where_the_slope_vanishes([Values(1.0, -1.0)] double sign)
    {
        var well = new EnergyExpansion(1, sign * 4, 3);
        Assert.That(well.IsDoubleWell);
        Assert.That(Slope(well, well.Saddle), Is.Zero.Within(1e-14));
        Assert.That(Slope(well, well.SecondMinimum), Is.Zero.Within(1e-14));
        Assert.That(Math.Abs(well.SecondMinimum), Is.GreaterThan(Math.Abs(well.Saddle)));
        Assert.That(Math.Sign(well.Saddle), Is.EqualTo(-sign));
        Assert.That(well.Barrier, Is.Positive.And.GreaterThan(well.At(well.SecondMinimum)));
    }

    [Test]
    public void Without_enough_asymmetry_there_is_no_second_minimum()
    {
        // 3 tau² = 8 kappa chi is the limit: asymmetry 8/9.
        var below = new EnergyExpansion(1, Math.Sqrt(8.0 / 3) - 1e-9, 1);
        Assert.That(below.IsDoubleWell, Is.False);
        Assert.That(below.Asymmetry, Is.EqualTo(8.0 / 9).Within(1e-8));
        Assert.That(below.Saddle, Is.NaN);
        Assert.That(below.Barrier, Is.NaN);
    }

    [Test]
    public void At_the_soft_potential_bound_both_minima_are_equally_deep()
    {
        var equal = new EnergyExpansion(2, Math.Sqrt(3 * 2 * 5), 5);
        Assert.That(equal.Asymmetry, Is.EqualTo(1).Within(1e-15));
        Assert.That(equal.At(equal.SecondMinimum), Is.Zero.Within(1e-14));
    }

    [Test]
    public void A_strong_cubic_term_gives_the_cubic_saddle_and_barrier()
    {
        var cubic = new EnergyExpansion(1, 10, 1e-6);
        Assert.That(cubic.Saddle, Is.EqualTo(cubic.CubicSaddle).Within(1e-6).Percent);
        Assert.That(cubic.Barrier, Is.EqualTo(cubic.CubicBarrier).Within(1e-6).Percent);
    }

    [TestCaseSource(typeof(ReferenceCase), nameof(ReferenceCase.InherentStates))]
    public void Asymmetry_meets_the_reference(string name)
    {
        ReferenceCase reference = ReferenceCase.Load(name);
        InherentState glass = InherentState.At(reference.Configuration, reference.Potential);
        ModeCoefficients c = glass.Coefficients(reference.Mode("pi3"));
        reference.AssertFigure("relations/tau3_squared_over_3_kappa3_chi3", new EnergyExpansion(c.Stiffness, c.CubicCoefficient, c.QuarticCoefficient).Asymmetry);
    }

    [TestCase("b01")]
    [TestCase("b04")]
    public void The_true_energy_near_the_minimum_is_the_expansion(string name)
    {
        (InherentState glass, CubicMode mode) = Softest(name);
        var expansion = EnergyExpansion.Of(mode);
        double[] s = [-0.08, -0.04, 0.04, 0.08];
        double[] measured = ModeEnergy.Along(glass, mode, s);
        double scale = 0.5 * mode.Stiffness;
        // What is left is of fifth order: halving s shrinks it 32 times. Energies of order 10³ are known to 1e-12.
        for (int k = 0; k < 4; k++)
            Assert.That(measured[k], Is.EqualTo(expansion.At(s[k])).Within(100 * scale * Math.Pow(Math.Abs(s[k]), 5) + 1e-11), $"s = {s[k]}");
        double far = measured[3] - expansion.At(s[3]), near = measured[2] - expansion.At(s[2]);
        Assert.That(Math.Abs(near), Is.LessThan(Math.Abs(far) / 16 + 1e-11));
    }

    [Test]
    public void A_small_displacement_relaxes_back_and_the_energy_never_rises()
    {
        (InherentState glass, CubicMode mode) = Softest("b04");
        RelaxedNeighbour back = ModeEnergy.RelaxFrom(glass, mode, 0.05 * EnergyExpansion.Of(mode).CubicSaddle);
        Assert.That(back.Distance, Is.LessThan(1e-8));
        Assert.That(back.EnergyDifference, Is.Zero.Within(1e-9));
        double far = 3 * EnergyExpansion.Of(mode).CubicSaddle;
        RelaxedNeighbour beyond = ModeEnergy.RelaxFrom(glass, mode, far);
        Assert.That(beyond.EnergyDifference, Is.LessThanOrEqualTo(ModeEnergy.Along(glass, mode, [far])[0]));
        Assert.That(beyond.State.Quench!.Converged);
    }

    [TestCase("b04")]
    [TestCase("b06")]
    public void The_neighbour_beyond_the_saddle_is_another_minimum_from_as_near_as_it_is_found(string name)
    {
        (InherentState glass, CubicMode mode) = Softest(name);
        double saddle = EnergyExpansion.Of(mode).CubicSaddle;
        RelaxedNeighbour? neighbour = ModeEnergy.NeighbourBeyondSaddle(glass, mode);
        foreach (double reach in new[] { 1, 1.5, 2, 3, 4 })
        {
            RelaxedNeighbour relaxed = ModeEnergy.RelaxFrom(glass, mode, reach * saddle);
            Assert.That(relaxed.Displacement, Is.EqualTo(reach * saddle));
            if (relaxed.Displacement == neighbour?.Displacement)
            {
                Assert.That(relaxed.Distance, Is.EqualTo(neighbour.Distance).And.GreaterThan(0.01));
                Assert.That(neighbour.State.MaxForce, Is.LessThan(1e-9));
                return;
            }
            Assert.That(relaxed.Distance, Is.LessThan(1e-6), "fell back");
        }
        Assert.That(neighbour, Is.Null);
    }

    private static (InherentState Glass, CubicMode Mode) Softest(string name)
    {
        ReferenceCase reference = ReferenceCase.Load(name);
        InherentState glass = InherentState.At(reference.Configuration, reference.Potential);
        return (glass, CubicMode.From(glass, reference.Mode("pi3"), new MinimiserOptions { Tolerance = 1e-10 }));
    }

    private static double Slope(EnergyExpansion well, double s) =>
        s * (well.Stiffness + s * (well.CubicCoefficient / 2 + s * well.QuarticCoefficient / 6));
}
