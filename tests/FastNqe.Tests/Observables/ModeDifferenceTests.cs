namespace FastNqe.Tests;

public sealed class ModeDifferenceTests
{
    [TestCaseSource(typeof(ReferenceCase), nameof(ReferenceCase.InherentStates))]
    public void Delta_and_equation_17_meet_the_reference(string name)
    {
        (ReferenceCase reference, InherentState glass, Eigenpair psi, QuarticMode pi4) = Modes(name);
        ModeDifference difference = ModeDifference.Of(glass, psi, pi4);
        Assert.That(difference.Solve.Converged);
        Assert.Multiple(() =>
        {
            reference.AssertFigure("relations/delta_norm", difference.Norm);
            reference.AssertFigure("relations/delta_first_order_norm", difference.FirstOrderNorm);
            reference.AssertFigure("relations/delta_first_order_cosine", difference.Cosine);
            reference.AssertFigure("relations/norm_U4zzz_over_chi4", difference.FieldNorm);
            Assert.That(NaiveGlass.Dot(difference.Field, pi4.Direction), Is.EqualTo(1).Within(1e-12));
        });
    }

    [Test]
    public void Parts_along_eigenpairs_are_those_of_equation_17_term_by_term()
    {
        (_, InherentState glass, Eigenpair psi, QuarticMode pi4) = Modes("b04");
        ModeDifference difference = ModeDifference.Of(glass, psi, pi4);
        Eigenpair[] pairs = glass.LowestEigenpairs(4);
        double[] parts = difference.PartsAlong(pairs);
        // psi·Delta = -|Delta|²/2 is exact, because both modes are normalised.
        Assert.That(Math.Abs(parts[0]), Is.EqualTo(difference.Norm * difference.Norm / 2).Within(1e-7));
        foreach (Eigenpair pair in pairs[1..])
        {
            double expected = pi4.Stiffness * (NaiveGlass.Dot(difference.Field, pair.Vector) - NaiveGlass.Dot(pi4.Direction, pair.Vector)) / (pair.Stiffness - psi.Stiffness);
            Assert.That(NaiveGlass.Dot(difference.FirstOrder, pair.Vector), Is.EqualTo(expected).Within(1e-7));
        }
    }

    [Test]
    public void Vectors_of_another_glass_are_refused()
    {
        (_, InherentState glass, Eigenpair psi, _) = Modes("b01");
        (_, _, _, QuarticMode other) = Modes("b04");
        Assert.That(() => ModeDifference.Of(glass, psi, other), Throws.ArgumentException);
    }

    private static (ReferenceCase Reference, InherentState Glass, Eigenpair Psi, QuarticMode Pi4) Modes(string name)
    {
        ReferenceCase reference = ReferenceCase.Load(name);
        InherentState glass = InherentState.At(reference.Configuration, reference.Potential);
        double[] psi = reference.Mode("psi");
        var pair = new Eigenpair { Stiffness = glass.Coefficients(psi).Stiffness, Vector = psi, Residual = 0 };
        return (reference, glass, pair, QuarticMode.From(glass, reference.Mode("pi4"), new MinimiserOptions { Tolerance = 1e-10 }));
    }
}
