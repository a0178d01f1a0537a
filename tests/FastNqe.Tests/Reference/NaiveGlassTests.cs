namespace FastNqe.Tests;

/// <summary>The naive glass meets every figure of the reference that follows from a configuration or a stored field.</summary>
public sealed class NaiveGlassTests
{
    [TestCaseSource(typeof(ReferenceCase), nameof(ReferenceCase.Unambiguous))]
    public void Configuration_figures_are_met(string name)
    {
        ReferenceCase reference = ReferenceCase.Load(name);
        NaiveGlass glass = new(reference.Configuration, reference.Potential);
        double[] gradient = glass.Gradient();

        reference.AssertFigure("configuration/U", glass.Energy);
        reference.AssertFigure("configuration/pairs", glass.Pairs.Count);
        reference.AssertFigure("configuration/pressure", glass.Pressure);
        reference.AssertFigure("configuration/max_force", glass.MaxForce());
        reference.AssertFigure("configuration/gradient_norm", Math.Sqrt(NaiveGlass.Dot(gradient, gradient)));
        AssertFirst(reference, "configuration/first_gradient", gradient);
    }

    [Test]
    public void The_minimum_image_of_a_box_that_is_too_small_is_what_its_figure_says()
    {
        ReferenceCase reference = ReferenceCase.Load("a09");
        NaiveGlass glass = new(reference.Configuration, reference.Potential);

        reference.AssertFigure("configuration_minimum_image/U", glass.Energy);
        reference.AssertFigure("configuration_minimum_image/pairs", glass.Pairs.Count);
    }

    [TestCaseSource(typeof(ReferenceCase), nameof(ReferenceCase.Unambiguous))]
    public void Figures_of_stored_fields_are_met(string name)
    {
        ReferenceCase reference = ReferenceCase.Load(name);
        NaiveGlass glass = new(reference.Configuration, reference.Potential);
        Assert.That(reference.Fields, Is.Not.Empty);
        foreach (string field in reference.Fields)
        {
            double[] z = reference.Field(field);

            reference.AssertFigure($"{field}/norm", Math.Sqrt(NaiveGlass.Dot(z, z)));
            reference.AssertFigure($"{field}/M:zz", glass.Contract2(z));
            reference.AssertFigure($"{field}/U3:zzz", glass.Contract3(z));
            reference.AssertFigure($"{field}/U4:zzzz", glass.Contract4(z));
            reference.AssertFigure($"{field}/sum_bond_4", glass.SumOfFourthPowers(z));
            reference.AssertFigure($"{field}/kappa", glass.Stiffness(z));
            reference.AssertFigure($"{field}/tau", glass.CubicCoefficient(z));
            reference.AssertFigure($"{field}/chi", glass.QuarticCoefficient(z));
            reference.AssertFigure($"{field}/participation_ratio", glass.ParticipationRatio(z));
            reference.AssertFigure($"{field}/E4", glass.QuarticEnergy(z));
            reference.AssertFigure($"{field}/E3", glass.CubicEnergy(z));
            reference.AssertFigure($"{field}/C3", glass.GeometricCost(z));
            AssertVector(reference, field, "Mz", glass.Vector2(z));
            AssertVector(reference, field, "U3zz", glass.Vector3(z));
            AssertVector(reference, field, "U4zzz", glass.Vector4(z));
            AssertVector(reference, field, "grad_E4", glass.QuarticGradient(z));
            AssertVector(reference, field, "grad_E3", glass.CubicGradient(z));
            AssertVector(reference, field, "grad_C3", glass.GeometricGradient(z));
        }
    }

    [TestCaseSource(typeof(ReferenceCase), nameof(ReferenceCase.Unambiguous))]
    public void All_components_of_the_stored_vectors_are_met(string name)
    {
        ReferenceCase reference = ReferenceCase.Load(name);
        NaiveGlass glass = new(reference.Configuration, reference.Potential);
        foreach (string direction in new[] { "extended", "localised" })
        {
            if (reference.Vectors(direction) is not double[][] expected)
                continue;
            double[] z = reference.Direction(direction);
            double[][] measured =
                [glass.Vector2(z), glass.Vector3(z), glass.Vector4(z), glass.QuarticGradient(z), glass.CubicGradient(z), glass.GeometricGradient(z)];
            string[] names = ["Mz", "U3zz", "U4zzz", "grad_E4", "grad_E3", "grad_C3"];
            for (int v = 0; v < names.Length; v++)
                Assert.That(measured[v], Is.EqualTo(expected[v]).Within(reference.Figure($"directions/{direction}/first_{names[v]}").AbsoluteTolerance), $"{direction} {names[v]}");
        }
    }

    private static void AssertVector(ReferenceCase reference, string field, string vector, double[] measured)
    {
        reference.AssertFigure($"{field}/norm_{vector}", Math.Sqrt(NaiveGlass.Dot(measured, measured)));
        AssertFirst(reference, $"{field}/first_{vector}", measured);
    }

    // The figures hold the components of the first few particles.
    private static void AssertFirst(ReferenceCase reference, string path, double[] measured) =>
        reference.AssertFigure(path, measured.AsSpan(0, reference.Figure(path).Values.Length));
}
