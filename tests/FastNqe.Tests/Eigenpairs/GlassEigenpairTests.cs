namespace FastNqe.Tests;

/// <summary>Eigenpairs of real glasses against the reference, in every way they can be found.</summary>
public sealed class GlassEigenpairTests
{
    [Test]
    public void Lowest_eigenvalues_and_the_lowest_mode_are_those_of_the_reference(
        [ValueSource(typeof(ReferenceCase), nameof(ReferenceCase.InherentStates))] string name, [Values] EigenpairMethod method)
    {
        ReferenceCase reference = ReferenceCase.Load(name);
        InherentState glass = InherentState.At(reference.Configuration, reference.Potential);
        HessianOperator hessian = new(glass);

        EigenpairSet set = Eigensolver.Lowest(hessian, 10, EigensolverTests.OptionsFor(method));

        PairAssert.IsSound(set, hessian, 10, largest: 1100);
        reference.AssertFigure("harmonic/lowest_eigenvalues", [.. set.Pairs.Select(pair => pair.Stiffness)]);
        Assert.That(Math.Abs(NaiveGlass.Dot(set.Pairs[0].Vector, reference.Mode("psi"))), Is.EqualTo(1).Within(1e-12));
    }

    [Test]
    public void One_pair_is_the_first_of_many_and_carries_its_participation_ratio()
    {
        ReferenceCase reference = ReferenceCase.Load("b02");
        InherentState glass = InherentState.At(reference.Configuration, reference.Potential);

        Eigenpair one = glass.LowestEigenpairs(1).Single();
        Eigenpair[] many = glass.LowestEigenpairs(60);

        Assert.That(many, Has.Length.EqualTo(60));
        Assert.That(one.Stiffness, Is.EqualTo(many[0].Stiffness).Within(1e-11));
        Assert.That(NaiveGlass.Dot(one.Vector, many[0].Vector), Is.EqualTo(1).Within(1e-12));
        Assert.That(one.ParticipationRatio, Is.EqualTo(glass.Coefficients(one.Vector).ParticipationRatio).Within(1e-14));
    }

    [TestCase(8)]
    [TestCase(125)]
    public void Spheres_that_do_not_touch_have_null_vectors(int count)
    {
        double[] positions = [.. Enumerable.Range(0, count).SelectMany(i => new double[] { 2 * (i % 5), 2 * (i / 5 % 5), 2 * (i / 25) })];
        Configuration apart = new(Box.Cubic(3, 10), positions, [.. Enumerable.Repeat(1.0, count)]);

        Eigenpair[] pairs = InherentState.At(apart, HarmonicSpheres.Potential).LowestEigenpairs(4);

        Assert.That(pairs, Has.Length.EqualTo(4));
        foreach (Eigenpair pair in pairs)
        {
            Assert.That(pair.Stiffness, Is.Zero);
            Assert.That(NaiveGlass.Dot(pair.Vector, pair.Vector), Is.EqualTo(1).Within(1e-14));
        }
    }

    [Test]
    public void Another_start_vector_finds_the_same_forty_modes()
    {
        ReferenceCase reference = ReferenceCase.Load("b03");
        HessianOperator hessian = new(InherentState.At(reference.Configuration, reference.Potential));
        EigenpairSet first = Eigensolver.Lowest(hessian, 40);
        PairAssert.IsSound(first, hessian, 40, largest: 1100);

        for (ulong seed = 2; seed <= 4; seed++)
        {
            EigenpairSet other = Eigensolver.Lowest(hessian, 40, new() { Seed = seed });

            PairAssert.IsSound(other, hessian, 40, largest: 1100);
            PairAssert.HasValues(other, first.Pairs.Select(pair => pair.Stiffness), 1e-10);
            for (int k = 0; k < 40; k++)
                Assert.That(NaiveGlass.Dot(first.Pairs[k].Vector, other.Pairs[k].Vector), Is.EqualTo(1).Within(1e-9), $"pair {k}");
        }
    }

    [Test]
    public void Away_from_a_minimum_the_negative_eigenvalues_come_first([Values] EigenpairMethod method, [Values("a03", "a04")] string name)
    {
        ReferenceCase reference = ReferenceCase.Load(name);
        InherentState liquid = InherentState.At(reference.Configuration, reference.Potential);
        HessianOperator hessian = new(liquid);
        double[] values = JacobiEigen.Solve(DenseOf(hessian)).Values;
        double[] expected = [.. values.OrderBy(Math.Abs).Skip(liquid.Dimension).Order().Take(6)];
        Assert.That(expected[0], Is.Negative);

        EigenpairSet set = Eigensolver.Lowest(hessian, 6, EigensolverTests.OptionsFor(method));

        PairAssert.IsSound(set, hessian, 6, values[^1]);
        PairAssert.HasValues(set, expected, 1e-10);
        Assert.That(set.Pairs[0].Frequency, Is.EqualTo(-Math.Sqrt(-expected[0])).Within(1e-9));
    }

    [Test]
    [Category("Width")]
    public void The_glass_takes_the_same_chebyshev_steps_as_any_operator([Values("a03", "b02", "b05")] string name, [Values(1, 2, 7)] int degree)
    {
        ReferenceCase reference = ReferenceCase.Load(name);
        HessianOperator hessian = new(InherentState.At(reference.Configuration, reference.Potential));
        double[] x = reference.Direction("extended");
        double[] own = new double[x.Length];
        double[] general = new double[x.Length];

        // What an earlier call left behind, numbers or not, plays no part.
        hessian.ApplyChebyshev([.. x.Select(_ => double.NaN)], 600, 590, degree, own);
        hessian.ApplyChebyshev(x, 600, 590, degree, own);
        ChebyshevRecurrence.Run(hessian, x, 600, 590, degree, general, CancellationToken.None);

        double scale = general.Max(Math.Abs);
        Assert.That(own.Zip(general).Max(pair => Math.Abs(pair.First - pair.Second)), Is.LessThan(1e-13 * scale));
    }

    [Test]
    public void Products_of_other_lengths_and_filters_of_no_width_are_refused()
    {
        ReferenceCase reference = ReferenceCase.Load("b01");
        HessianOperator hessian = new(InherentState.At(reference.Configuration, reference.Potential));
        double[] x = new double[hessian.Size], longer = new double[hessian.Size + 2];

        Assert.That(() => hessian.Apply(longer, x), Throws.ArgumentException.With.Message.Contains($"{longer.Length} and {x.Length}"));
        Assert.That(() => hessian.Apply(x, longer), Throws.ArgumentException.With.Message.Contains($"{x.Length} and {longer.Length}"));
        Assert.That(() => hessian.ApplyChebyshev(longer, 1, 1, 1, x), Throws.ArgumentException);
        foreach (double halfWidth in new[] { 0, -1, double.NaN })
            Assert.That(() => hessian.ApplyChebyshev(x, 1, halfWidth, 1, new double[x.Length]), Throws.ArgumentException.With.Message.Contains("interval"));
        Assert.That(() => hessian.ApplyChebyshev(x, 1, 1, 0, new double[x.Length]), Throws.ArgumentException.With.Message.Contains("degree is 0"));
    }

    [Test]
    public void The_glass_stops_between_two_chebyshev_steps()
    {
        ReferenceCase reference = ReferenceCase.Load("a03");
        HessianOperator hessian = new(InherentState.At(reference.Configuration, reference.Potential));
        double[] x = reference.Direction("extended");

        Assert.That(() => hessian.ApplyChebyshev(x, 600, 590, 2, new double[x.Length], new CancellationToken(canceled: true)), Throws.InstanceOf<OperationCanceledException>());
    }

    private static IEnumerable<string> AwayFromMinima => ReferenceCase.Unambiguous.Except(ReferenceCase.InherentStates);

    [TestCaseSource(nameof(AwayFromMinima))]
    public void Lowest_eigenvalues_away_from_a_minimum_are_those_of_the_reference(string name)
    {
        ReferenceCase reference = ReferenceCase.Load(name);
        HessianOperator hessian = new(InherentState.At(reference.Configuration, reference.Potential));
        int count = reference.Figure("configuration/lowest_eigenvalues").Values.Length;

        EigenpairSet set = Eigensolver.Lowest(hessian, count);

        Assert.That(set.Converged);
        reference.AssertFigure("configuration/lowest_eigenvalues", [.. set.Pairs.Select(pair => pair.Stiffness)]);
    }

    [Test]
    public void The_matrix_handed_over_is_the_operator([Values("a03", "a06", "b05")] string name)
    {
        ReferenceCase reference = ReferenceCase.Load(name);
        HessianOperator hessian = new(InherentState.At(reference.Configuration, reference.Potential));
        double[] x = reference.Direction("extended");
        double[] product = new double[x.Length];
        hessian.Apply(x, product);

        SparseTriangle lower = hessian.LowerTriangle();
        double[] fromMatrix = new double[x.Length];
        for (int i = 0; i < lower.Size; i++)
        {
            for (int k = lower.RowStarts[i]; k < lower.RowStarts[i + 1]; k++)
            {
                int j = lower.Columns[k];
                fromMatrix[i] += lower.Values[k] * x[j];
                if (j < i)
                    fromMatrix[j] += lower.Values[k] * x[i];
            }
        }

        double scale = product.Max(Math.Abs);
        Assert.That(fromMatrix.Zip(product).Max(pair => Math.Abs(pair.First - pair.Second)), Is.LessThan(1e-12 * scale));
    }

    private static double[,] DenseOf(HessianOperator hessian)
    {
        double[,] dense = new double[hessian.Size, hessian.Size];
        double[] unit = new double[hessian.Size];
        double[] row = new double[hessian.Size];
        for (int i = 0; i < unit.Length; i++)
        {
            unit[i] = 1;
            hessian.Apply(unit, row);
            unit[i] = 0;
            for (int j = 0; j < unit.Length; j++)
                dense[i, j] = row[j];
        }
        return dense;
    }
}
