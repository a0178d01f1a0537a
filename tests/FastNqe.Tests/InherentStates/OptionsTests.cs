namespace FastNqe.Tests;

/// <summary>Settings that make no sense are refused where they are given, with their names.</summary>
public sealed class OptionsTests
{
    private static readonly ReferenceCase Reference = ReferenceCase.Load("b01");
    private static readonly InherentState Glass = InherentState.At(Reference.Configuration, Reference.Potential);

    private static IEnumerable<TestCaseData> Quenches()
    {
        yield return new TestCaseData(new QuenchOptions { ForceTolerance = 0 }, "ForceTolerance is 0");
        yield return new TestCaseData(new QuenchOptions { ForceTolerance = double.NaN }, "ForceTolerance is NaN");
        yield return new TestCaseData(new QuenchOptions { MaxSweeps = 0 }, "MaxSweeps is 0");
        yield return new TestCaseData(new QuenchOptions { LargestMove = 0 }, "LargestMove is 0");
        yield return new TestCaseData(new QuenchOptions { LargestMove = double.PositiveInfinity }, "LargestMove is");
        yield return new TestCaseData(new QuenchOptions { Skin = -0.1 }, "Skin is -0.1");
        yield return new TestCaseData(new QuenchOptions { Skin = double.NaN }, "Skin is NaN");
    }

    [TestCaseSource(nameof(Quenches))]
    public void A_quench_refuses(QuenchOptions options, string message)
    {
        Assert.That(() => Quench.Run(Reference.Configuration, Reference.Potential, options), Throws.ArgumentException.With.Message.Contains(message));
        Assert.That(() => new QuasistaticShear(Glass, 0, 1, options), Throws.ArgumentException.With.Message.Contains(message));
    }

    [Test]
    public void A_quench_without_a_skin_is_one() =>
        Assert.That(Quench.Run(Reference.Configuration, Reference.Potential, new QuenchOptions { Skin = 0 }).Quench!.Converged);

    private static IEnumerable<TestCaseData> Minimisers()
    {
        yield return new TestCaseData(new MinimiserOptions { Method = (Minimiser)7 }, "Method is 7");
        yield return new TestCaseData(new MinimiserOptions { Tolerance = 0 }, "Tolerance is 0");
        yield return new TestCaseData(new MinimiserOptions { Tolerance = double.NaN }, "Tolerance is NaN");
        yield return new TestCaseData(new MinimiserOptions { MaxSweeps = 0 }, "MaxSweeps is 0");
        yield return new TestCaseData(new MinimiserOptions { LargestTurn = 0 }, "LargestTurn is 0");
        yield return new TestCaseData(new MinimiserOptions { LargestTurn = Math.PI / 2 }, "LargestTurn is 1.57");
    }

    [TestCaseSource(nameof(Minimisers))]
    public void A_mode_search_refuses(MinimiserOptions options, string message)
    {
        double[] start = Reference.Mode("psi");
        Assert.That(() => QuarticMode.From(Glass, start, options), Throws.ArgumentException.With.Message.Contains(message));
        Assert.That(() => CubicMode.From(Glass, start, options), Throws.ArgumentException.With.Message.Contains(message));
        Assert.That(() => PseudoHarmonicMode.From(Glass, start, options), Throws.ArgumentException.With.Message.Contains(message));
        Assert.That(() => Dehybridisation.Of(Glass, start, new DehybridisationOptions { Minimiser = options }), Throws.ArgumentException.With.Message.Contains(message));
        Assert.That(() => SoftSpotSearch.Run(Glass, new SoftSpotOptions { LargestFrequency = 1, Minimiser = options }), Throws.ArgumentException.With.Message.Contains(message));
    }

    private static IEnumerable<TestCaseData> Solves()
    {
        yield return new TestCaseData(new LinearSolveOptions { Tolerance = 0 }, "Tolerance is 0");
        yield return new TestCaseData(new LinearSolveOptions { Tolerance = double.NaN }, "Tolerance is NaN");
        yield return new TestCaseData(new LinearSolveOptions { MaxSweeps = 0 }, "MaxSweeps is 0");
    }

    [TestCaseSource(nameof(Solves))]
    public void A_linear_solve_refuses(LinearSolveOptions options, string message)
    {
        Assert.That(() => Elasticity.Of(Glass, options), Throws.ArgumentException.With.Message.Contains(message));
        Assert.That(() => ElasticResponse.To(Deformation.SimpleShear(2, 0, 1), Glass, options), Throws.ArgumentException.With.Message.Contains(message));
    }

    private static IEnumerable<TestCaseData> Partings()
    {
        yield return new TestCaseData(new DehybridisationOptions { SmallestRemainder = -1 }, "SmallestRemainder is -1");
        yield return new TestCaseData(new DehybridisationOptions { SmallestRemainder = double.NaN }, "SmallestRemainder is NaN");
        yield return new TestCaseData(new DehybridisationOptions { SameOverlap = 1 }, "SameOverlap is 1");
        yield return new TestCaseData(new DehybridisationOptions { MaxSpots = 0 }, "MaxSpots is 0");
    }

    [TestCaseSource(nameof(Partings))]
    public void Dehybridisation_refuses(DehybridisationOptions options, string message) =>
        Assert.That(() => Dehybridisation.Of(Glass, Reference.Mode("psi"), options), Throws.ArgumentException.With.Message.Contains(message));
}
