namespace FastNqe.Tests;

/// <summary>The smoothed inverse power law against its published constants and its formula in r.</summary>
public sealed class InversePowerLawTests
{
    [TestCase(1.48, -1.11063376625118, 1.26761523722971, -0.496040607284921, 0.0660511826415732)]
    [TestCase(1.40, -1.93601032988204, 2.46940093097199, -1.07991294357375, 0.160701330888952)]
    public void Smoothing_coefficients_are_the_published_ones(double cutoff, double c0, double c2, double c4, double c6)
    {
        InversePowerLaw law = new(10, cutoff);
        double[] expected = [c0, c2, c4, c6];
        for (int l = 0; l < expected.Length; l++)
            Assert.That(law.SmoothingCoefficient(l), Is.EqualTo(expected[l]).Within(1e-14 * Math.Abs(expected[l])));
        Assert.That(law.SmoothingCoefficient(4), Is.Zero);
    }

    [TestCaseSource(typeof(ReferenceCase), nameof(ReferenceCase.All))]
    public void Smoothing_coefficients_are_those_of_the_reference(string name)
    {
        ReferenceCase reference = ReferenceCase.Load(name);
        double[] expected = reference.Numbers("model/c_2l");
        for (int l = 0; l < expected.Length; l++)
            Assert.That(reference.Law.SmoothingCoefficient(l), Is.EqualTo(expected[l]).Within(4e-15 * Math.Abs(expected[l])));
    }

    [TestCase(1, 1, 1.0)]
    [TestCase(1, 1.4, 1.18)]
    [TestCase(1.4, 1, 1.18)]
    [TestCase(1.4, 1.4, 1.4)]
    public void Pair_lengths_of_the_binary_mixture_are_1_and_1_18_and_1_4(double sizeI, double sizeJ, double length) =>
        Assert.That(InversePowerLaw.Binary3D.Cutoff(sizeI, sizeJ) / 1.48, Is.EqualTo(length).Within(1e-15));

    [Test]
    public void Pair_lengths_of_the_polydisperse_mixture_follow_the_non_additivity()
    {
        Assert.That(InversePowerLaw.Polydisperse3D.Cutoff(1, 2.22), Is.EqualTo(1.40 * 1.61 * (1 - 0.2 * 1.22)).Within(1e-15));
        Assert.That(ReferenceCase.Load("a06").Potential.Cutoff(1, 2.22), Is.EqualTo(1.40 * 1.61 * (1 - 0.1 * 1.22)).Within(1e-15));
    }

    [Test]
    public void The_energy_is_the_formula_in_r([Values(1.48, 1.40)] double cutoff, [Values(0.7, 0.9, 1.1, 1.3, 1.39)] double x)
    {
        InversePowerLaw law = new(10, cutoff, 3, 0);
        const double Length = 1.7;
        double expected = Math.Pow(x, -10);
        for (int l = 0; l <= 3; l++)
            expected += law.SmoothingCoefficient(l) * Math.Pow(x, 2 * l);

        double r = x * Length;
        PairDerivatives f = new PairPotential<InversePowerLaw>(law).At(r * r, Length, Length);

        Assert.That(f.F0, Is.EqualTo(expected).Within(1e-14 * (1 + Math.Pow(x, -10))));
    }

    // The smoothing stops at the third derivative: with q = 3 the fourth jumps, which the documentation of chi says.
    [TestCase("a04", 111.1)]
    [TestCase("a06", 241.9)]
    public void The_fourth_derivative_jumps_at_the_cutoff_by_the_known_amount(string name, double jump)
    {
        InversePowerLaw law = ReferenceCase.Load(name).Law;
        double u = law.CutoffRatio * law.CutoffRatio * (1 - 1e-12);
        PairDerivatives f = new PairPotential<InversePowerLaw>(law).At(u, 1, 1);

        // d4/dr4 of f(r²) = 16 u² f4 + 48 u f3 + 12 f2.
        Assert.That(16 * u * u * f.F4 + 48 * u * f.F3 + 12 * f.F2, Is.EqualTo(jump).Within(0.05));
    }

    [TestCase(9, 1.48, 3, 0.1)]
    [TestCase(2, 1.48, 3, 0.1)]
    [TestCase(50, 1.48, 3, 0.1)]
    [TestCase(10, 1.0, 3, 0.1)]
    [TestCase(10, double.NaN, 3, 0.1)]
    [TestCase(10, double.PositiveInfinity, 3, 0.1)]
    [TestCase(10, 1.48, 0, 0.1)]
    [TestCase(10, 1.48, 5, 0.1)]
    [TestCase(10, 1.48, 3, -0.1)]
    [TestCase(10, 1.48, 3, 1.0)]
    [TestCase(10, 1.48, 3, double.NaN)]
    public void Constants_out_of_range_are_refused(int exponent, double cutoff, int smoothingOrder, double nonAdditivity) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => _ = new InversePowerLaw(exponent, cutoff, smoothingOrder, nonAdditivity));
}
