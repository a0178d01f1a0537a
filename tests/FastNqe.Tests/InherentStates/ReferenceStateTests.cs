namespace FastNqe.Tests;

/// <summary>Every figure of the reference that follows from a configuration or a stored field, from the library itself.</summary>
[Category("Width")]
public sealed class ReferenceStateTests
{
    [TestCaseSource(typeof(ReferenceCase), nameof(ReferenceCase.Unambiguous))]
    public void Figures_of_the_configuration_are_met(string name)
    {
        ReferenceCase reference = ReferenceCase.Load(name);
        InherentState glass = InherentState.At(reference.Configuration, reference.Potential);

        reference.AssertFigure("configuration/U", glass.Energy);
        reference.AssertFigure("configuration/pairs", glass.PairCount);
        reference.AssertFigure("configuration/pressure", glass.Pressure);
        reference.AssertFigure("configuration/max_force", glass.MaxForce);
    }

    [TestCaseSource(typeof(ReferenceCase), nameof(ReferenceCase.Unambiguous))]
    public void Trace_and_norm_of_the_hessian_are_met(string name)
    {
        ReferenceCase reference = ReferenceCase.Load(name);
        SparseTriangle lower = new HessianOperator(InherentState.At(reference.Configuration, reference.Potential)).LowerTriangle();
        double trace = 0, squares = 0;
        for (int i = 0; i < lower.Size; i++)
            for (int k = lower.RowStarts[i]; k < lower.RowStarts[i + 1]; k++)
            {
                bool isDiagonal = lower.Columns[k] == i;
                trace += isDiagonal ? lower.Values[k] : 0;
                squares += (isDiagonal ? 1 : 2) * lower.Values[k] * lower.Values[k];
            }

        reference.AssertFigure("configuration/hessian_trace", trace);
        reference.AssertFigure("configuration/hessian_frobenius", Math.Sqrt(squares));
    }

    [TestCaseSource(typeof(ReferenceCase), nameof(ReferenceCase.Unambiguous))]
    public void Figures_of_stored_fields_are_met(string name)
    {
        ReferenceCase reference = ReferenceCase.Load(name);
        InherentState glass = InherentState.At(reference.Configuration, reference.Potential);
        foreach (string field in reference.Fields)
        {
            double[] z = reference.Field(field);
            ModeCoefficients c = glass.Coefficients(z);
            reference.AssertFigure($"{field}/kappa", c.Stiffness);
            reference.AssertFigure($"{field}/tau", c.CubicCoefficient);
            reference.AssertFigure($"{field}/chi", c.QuarticCoefficient);
            reference.AssertFigure($"{field}/participation_ratio", c.ParticipationRatio);
            reference.AssertFigure($"{field}/E4", c.QuarticEnergy);
            reference.AssertFigure($"{field}/E3", c.CubicEnergy);
            reference.AssertFigure($"{field}/C3", c.GeometricCost);

            double[] product = new double[z.Length], cubic = new double[z.Length], quartic = new double[z.Length], geometric = new double[z.Length];
            (double k, double t) = glass.CubicContraction(z, product, cubic);
            (double k4, double q) = glass.QuarticContraction(z, product, quartic);
            (_, double g) = glass.GeometricContraction(z, product, geometric);
            reference.AssertFigure($"{field}/M:zz", k);
            reference.AssertFigure($"{field}/M:zz", k4);
            reference.AssertFigure($"{field}/U3:zzz", t);
            reference.AssertFigure($"{field}/U4:zzzz", q);
            reference.AssertFigure($"{field}/sum_bond_4", g);
            AssertVector(reference, field, "Mz", product);
            AssertVector(reference, field, "U3zz", cubic);
            AssertVector(reference, field, "U4zzz", quartic);
            AssertVector(reference, field, "grad_E4", NaiveGlass.Combine(4 * k / q, product, -4 * k * k / (q * q), quartic));
            AssertVector(reference, field, "grad_E3", NaiveGlass.Combine(6 * k * k / (t * t), product, -6 * k * k * k / (t * t * t), cubic));
            AssertVector(reference, field, "grad_C3", NaiveGlass.Combine(4 * k / g, product, -4 * k * k / (g * g), geometric));
        }
    }

    [TestCaseSource(typeof(ReferenceCase), nameof(ReferenceCase.Unambiguous))]
    public void All_components_of_the_stored_vectors_are_met(string name)
    {
        ReferenceCase reference = ReferenceCase.Load(name);
        InherentState glass = InherentState.At(reference.Configuration, reference.Potential);
        foreach (string direction in new[] { "extended", "localised" })
        {
            if (reference.Vectors(direction) is not double[][] expected)
                continue;
            double[] z = reference.Direction(direction);
            double[] product = new double[z.Length], cubic = new double[z.Length], quartic = new double[z.Length];
            glass.HessianProduct(z, product);
            AssertAll("Mz", expected[0], product);
            glass.CubicContraction(z, product, cubic);
            AssertAll("U3zz", expected[1], cubic);
            glass.QuarticContraction(z, product, quartic);
            AssertAll("U4zzz", expected[2], quartic);

            void AssertAll(string vector, double[] all, double[] measured) =>
                Assert.That(measured, Is.EqualTo(all).Within(reference.Figure($"directions/{direction}/first_{vector}").AbsoluteTolerance), $"{direction} {vector}");
        }
    }

    [Test]
    public void Eight_products_come_back_in_their_order()
    {
        ReferenceCase reference = ReferenceCase.Load("a04");
        InherentState glass = InherentState.At(reference.Configuration, reference.Potential);
        double[][] vectors = [.. Enumerable.Range(1, 8).Select(seed => TestGlasses.Field(reference.Configuration, seed))];
        double[] products = new double[8 * vectors[0].Length], single = new double[vectors[0].Length];
        glass.HessianProducts([.. vectors.SelectMany(v => v)], products);
        for (int k = 0; k < 8; k++)
        {
            glass.HessianProduct(vectors[k], single);
            Assert.That(products.AsSpan(k * single.Length, single.Length).ToArray(), Is.EqualTo(single));
        }
        Assert.That(() => glass.HessianProducts(single, products), Throws.ArgumentException.With.Message.Contains($"{products.Length}"));
    }

    [Test]
    public void Fields_of_the_wrong_length_are_refused()
    {
        ReferenceCase reference = ReferenceCase.Load("a03");
        InherentState glass = InherentState.At(reference.Configuration, reference.Potential);
        double[] right = new double[128], wrong = new double[127];
        Assert.That(() => glass.HessianProduct(wrong, right), Throws.ArgumentException.With.Message.Contains("127").And.Message.Contains("128"));
        Assert.That(() => glass.HessianProduct(right, wrong), Throws.ArgumentException);
        Assert.That(() => glass.MixedQuarticContraction(right, right, wrong, right), Throws.ArgumentException);
        Assert.That(() => glass.Coefficients(right), Throws.ArgumentException.With.Message.Contains("squared length"));
    }

    private static void AssertVector(ReferenceCase reference, string field, string vector, double[] measured)
    {
        reference.AssertFigure($"{field}/norm_{vector}", Math.Sqrt(NaiveGlass.Dot(measured, measured)));
        string path = $"{field}/first_{vector}";
        reference.AssertFigure(path, measured.AsSpan(0, reference.Figure(path).Values.Length));
    }
}
