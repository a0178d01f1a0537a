namespace FastNqe.Tests;

public sealed class EigensolverTests
{
    [Test]
    public void Laplacian_has_its_known_eigenvalues([Values] EigenpairMethod method, [Values(1, 4, 20)] int count)
    {
        const int Size = 1000;
        TestMatrix laplacian = TestMatrix.Laplacian(Size);

        EigenpairSet set = Eigensolver.Lowest(laplacian, count, OptionsFor(method));

        PairAssert.IsSound(set, laplacian, count, largest: 4);
        PairAssert.HasValues(set, Enumerable.Range(1, count).Select(k => 4 * Math.Pow(Math.Sin(k * Math.PI / (2 * (Size + 1))), 2)), 4e-14);
    }

    [Test]
    public void Springs_have_the_eigenpairs_of_the_dense_matrix([Values] EigenpairMethod method, [Values(2, 3)] int dimension, [Values(1, 5)] int count)
    {
        TestMatrix springs = TestMatrix.Springs(100, dimension, seed: dimension);
        (double[] values, double[][] vectors) = JacobiEigen.Solve(springs.Dense());

        EigenpairSet set = Eigensolver.Lowest(springs, count, OptionsFor(method));

        PairAssert.IsSound(set, springs, count, values[^1]);
        PairAssert.HasValues(set, values.Skip(dimension), 1e-11);
        for (int k = 0; k < count; k++)
            Assert.That(Math.Abs(NaiveGlass.Dot(set.Pairs[k].Vector, vectors[dimension + k])), Is.EqualTo(1).Within(1e-9));
    }

    [Test]
    public void Small_operators_of_every_size_give_every_pair([Range(2, 12)] int size)
    {
        TestMatrix laplacian = TestMatrix.Laplacian(size);

        EigenpairSet set = Eigensolver.Lowest(laplacian, size);

        PairAssert.IsSound(set, laplacian, size, largest: 4);
        PairAssert.HasValues(set, Enumerable.Range(1, size).Select(k => 4 * Math.Pow(Math.Sin(k * Math.PI / (2 * (size + 1))), 2)), 1e-14);
    }

    [TestCase(97, 1)]
    [TestCase(130, 60)]
    [TestCase(400, 180)]
    [TestCase(801, 200)]
    public void Many_pairs_of_few_unknowns_are_found(int size, int count)
    {
        TestMatrix laplacian = TestMatrix.Laplacian(size);

        EigenpairSet set = Eigensolver.Lowest(laplacian, count);

        PairAssert.IsSound(set, laplacian, count, largest: 4);
        PairAssert.HasValues(set, Enumerable.Range(1, count).Select(k => 4 * Math.Pow(Math.Sin(k * Math.PI / (2 * (size + 1))), 2)), 1e-13);
    }

    // Spectra that no rule about glasses fits: the wanted values among the rest, far below it, negative, in clusters, beside gaps.
    private static IEnumerable<TestCaseData> Spectra()
    {
        static IEnumerable<double> Even(int count, double from, double to) => Enumerable.Range(0, count).Select(k => from + (to - from) * k / count);
        yield return new TestCaseData(Even(2000, 1, 2).ToArray(), 6).SetArgDisplayNames("even, offset");
        yield return new TestCaseData(Even(3, -900, -700).Concat(Even(1500, 1, 1000)).ToArray(), 4).SetArgDisplayNames("three far below");
        yield return new TestCaseData(Even(2000, -1000, 10).ToArray(), 5).SetArgDisplayNames("negative");
        yield return new TestCaseData(Even(10, 0.1, 0.2).Concat(Even(30, 50, 60)).Concat(Even(2000, 900, 1000)).ToArray(), 30).SetArgDisplayNames("islands");
        yield return new TestCaseData(Even(12, 3, 3.001).Concat(Even(2000, 4, 1150)).ToArray(), 12).SetArgDisplayNames("cluster");
        yield return new TestCaseData(Even(12, 3, 3.001).Concat(Even(2000, 4, 1150)).ToArray(), 7).SetArgDisplayNames("part of a cluster");
        yield return new TestCaseData(Even(2000, 0, 1).Select(x => 1e-6 + x * x * x).ToArray(), 8).SetArgDisplayNames("crowded at the low end");
        yield return new TestCaseData(Even(1000, 1, 2).Append(1e4).ToArray(), 3).SetArgDisplayNames("one far above");
        yield return new TestCaseData(Even(500, 1e-9, 2e-9).ToArray(), 3).SetArgDisplayNames("tiny scale");
    }

    [TestCaseSource(nameof(Spectra))]
    public void Odd_spectra_are_resolved(double[] eigenvalues, int count)
    {
        TestMatrix matrix = TestMatrix.Diagonal(eigenvalues);
        double largest = eigenvalues.Max(Math.Abs);

        EigenpairSet set = Eigensolver.Lowest(matrix, count);

        PairAssert.IsSound(set, matrix, count, largest);
        PairAssert.HasValues(set, eigenvalues.Order(), 1e-12 * largest);
        Assert.That(set.Pairs[^1].Stiffness, Is.LessThan(set.Damped.Low), "no wanted eigenvalue in the damped interval");
        Assert.That(set.Damped.High, Is.GreaterThanOrEqualTo(eigenvalues.Max()));
    }

    [Test]
    public void Wanted_eigenvalues_in_the_damped_interval_are_noticed()
    {
        // Ten eigenvalues below the interval, thirty wanted.
        TestMatrix matrix = TestMatrix.Diagonal(Enumerable.Range(0, 2000).Select(k => 1 + k / 2000.0));
        CountedOperator counted = new(matrix);
        ChebyshevFilter filter = new(counted, Deflation.None, low: 1.00475, high: 2.01, degree: 60);
        FilteredSearch search = new(counted, Deflation.None, filter, count: 30, new(2), new());
        using ArpackInstance instance = ArpackLibrary.Default.TryCreateInstance()!;

        ArpackSolve.Run(instance, search, StartVector.Create(2000, 1, Deflation.None), 30, 160, 1e-12, 1);

        Assert.That(search.Vectors, Is.Null);
        Assert.That(search.BelowInterval, Is.EqualTo(10).Within(1));
    }

    [Test]
    public void A_second_start_vector_finds_the_same_cluster()
    {
        // Three clusters of twelve, as the phonons of a box make them, a thousandth apart inside.
        double[] eigenvalues = [0.7, .. Enumerable.Range(0, 36).Select(k => 3 * (1 + k / 12) * (1 + k % 12 * 1e-4)), .. Enumerable.Range(0, 1500).Select(k => 10.0 + 0.75 * k)];
        TestMatrix matrix = TestMatrix.Diagonal(eigenvalues);
        for (ulong seed = 1; seed <= 5; seed++)
        {
            EigenpairSet set = Eigensolver.Lowest(matrix, 25, new() { Seed = seed });

            PairAssert.IsSound(set, matrix, 25, 1135);
            PairAssert.HasValues(set, eigenvalues, 1e-9);
        }
    }

    [Test]
    public void Exact_degeneracy_is_complete_when_asked_for([Values(1, 2, 5)] int count)
    {
        TestMatrix ring = TestMatrix.Ring(500);

        EigenpairSet set = Eigensolver.Lowest(ring, count, new() { SearchDegenerate = true });

        PairAssert.IsSound(set, ring, count, largest: 4);
        PairAssert.HasValues(set, Enumerable.Range(0, count).Select(k => 4 * Math.Pow(Math.Sin((1 + k / 2) * Math.PI / 500), 2)), 1e-12);
    }

    [Test]
    public void A_filter_of_any_degree_finds_the_same([Values(1, 2, 3, 10, 60)] int degree)
    {
        TestMatrix springs = TestMatrix.Springs(120, 2, seed: 5);
        double[] values = JacobiEigen.Solve(springs.Dense()).Values;

        EigenpairSet set = Eigensolver.Lowest(springs, 4, new() { FilterDegree = degree });

        PairAssert.IsSound(set, springs, 4, values[^1]);
        PairAssert.HasValues(set, values.Skip(2), 1e-11);
        Assert.That(set.FilterDegree, Is.EqualTo(degree));
    }

    [Test]
    public void The_same_seed_gives_the_same_bits_and_another_seed_the_same_pairs()
    {
        TestMatrix springs = TestMatrix.Springs(200, 3, seed: 7);
        EigenpairSet first = Eigensolver.Lowest(springs, 3, new() { Seed = 11 });
        EigenpairSet again = Eigensolver.Lowest(springs, 3, new() { Seed = 11 });
        EigenpairSet other = Eigensolver.Lowest(springs, 3, new() { Seed = 12 });

        for (int k = 0; k < 3; k++)
        {
            Assert.That(again.Pairs[k].Vector, Is.EqualTo(first.Pairs[k].Vector));
            Assert.That(other.Pairs[k].Stiffness, Is.EqualTo(first.Pairs[k].Stiffness).Within(1e-12));
            Assert.That(NaiveGlass.Dot(first.Pairs[k].Vector, other.Pairs[k].Vector), Is.EqualTo(1).Within(1e-9));
            Assert.That(other.Pairs[k].Vector, Is.Not.EqualTo(first.Pairs[k].Vector));
        }
    }

    [Test]
    public void A_solve_out_of_applications_says_so([Values(EigenpairMethod.ChebyshevFilter, EigenpairMethod.Plain)] EigenpairMethod method)
    {
        EigenpairSet set = Eigensolver.Lowest(TestMatrix.Laplacian(2000), 4, new() { Method = method, MaxApplications = 500 });

        Assert.That(set.Converged, Is.False);
        Assert.That(set.Applications, Is.LessThan(3000));
        Assert.That(set.Pairs, Has.All.Property(nameof(Eigenpair.Stiffness)).Positive);
    }

    [Test]
    public void A_search_for_degenerate_pairs_does_not_make_a_failed_solve_converged([Values(EigenpairMethod.ChebyshevFilter, EigenpairMethod.Plain)] EigenpairMethod method, [Values(300, 1500)] int applications)
    {
        EigenpairSet set = Eigensolver.Lowest(TestMatrix.Laplacian(2000), 4, new() { Method = method, MaxApplications = applications, SearchDegenerate = true });

        Assert.That(set.Converged, Is.False);
    }

    [Test]
    public void An_operator_that_is_zero_has_any_orthonormal_vectors([Values] EigenpairMethod method, [Values(50, 500)] int size, [Values(1, 7)] int count)
    {
        TestMatrix zero = new(size, Deflation.Translations(2));

        EigenpairSet set = Eigensolver.Lowest(zero, count, new() { Method = method });

        Assert.That(set.Converged);
        PairAssert.IsSound(set, zero, count, largest: 1);
        Assert.That(set.Pairs, Has.All.Property(nameof(Eigenpair.Stiffness)).EqualTo(0));
    }

    [Test]
    public void A_multiple_of_the_identity_too([Values] EigenpairMethod method, [Values(-2.5, 1e-3)] double factor)
    {
        TestMatrix matrix = TestMatrix.Diagonal(Enumerable.Repeat(factor, 300));

        EigenpairSet set = Eigensolver.Lowest(matrix, 5, new() { Method = method });

        PairAssert.IsSound(set, matrix, 5, largest: Math.Abs(factor));
        PairAssert.HasValues(set, Enumerable.Repeat(factor, 5), 1e-14);
    }

    [TestCase(double.NaN)]
    [TestCase(-1e30)]
    public void Shift_invert_ends_where_no_shift_helps(double entry)
    {
        EigenpairOptions options = OptionsFor(EigenpairMethod.ShiftInvert);
        ReferenceCase reference = ReferenceCase.Load("b02");
        HessianOperator hessian = new(InherentState.At(reference.Configuration, reference.Potential));

        Assert.That(() => Eigensolver.Lowest(new OtherMatrix(hessian, entry), 1, options), Throws.InstanceOf<ArithmeticException>().With.Message.Contains("not finite"));
    }

    [TestCase(0)]
    [TestCase(-3)]
    [TestCase(300)]
    public void A_count_out_of_range_is_refused(int count)
    {
        TestMatrix springs = TestMatrix.Springs(100, 3, seed: 1);

        Assert.That(() => Eigensolver.Lowest(springs, count), Throws.InstanceOf<ArgumentException>().With.Message.Contains("300 unknowns").And.Message.Contains("1 to 297"));
    }

    [Test]
    public void Settings_out_of_range_are_refused()
    {
        TestMatrix laplacian = TestMatrix.Laplacian(200);

        Assert.That(() => Eigensolver.Lowest(laplacian, 1, new() { Tolerance = 0 }), Throws.ArgumentException.With.Message.Contains("Tolerance is 0"));
        Assert.That(() => Eigensolver.Lowest(laplacian, 1, new() { Tolerance = double.NaN }), Throws.ArgumentException);
        Assert.That(() => Eigensolver.Lowest(laplacian, 1, new() { FilterDegree = -1 }), Throws.ArgumentException.With.Message.Contains("FilterDegree"));
        Assert.That(() => Eigensolver.Lowest(laplacian, 1, new() { Method = (EigenpairMethod)9 }), Throws.ArgumentException.With.Message.Contains("Method"));
        Assert.That(() => Eigensolver.Lowest(laplacian, 1, new() { MaxApplications = 0 }), Throws.ArgumentException.With.Message.Contains("MaxApplications"));
        Assert.That(() => Eigensolver.Lowest(null!, 1), Throws.ArgumentNullException);
    }

    [Test]
    public void An_operator_that_returns_nonsense_is_found_out([Values(50, 500)] int size)
    {
        TestMatrix matrix = TestMatrix.Laplacian(size);
        matrix.Add(3, 3, double.NaN);

        Assert.That(() => Eigensolver.Lowest(matrix, 1), Throws.InstanceOf<ArithmeticException>().With.Message.Contains("not finite"));
    }

    [Test]
    public void Shift_invert_refuses_an_operator_without_a_matrix()
    {
        CountedOperator withoutMatrix = new(TestMatrix.Laplacian(200));

        Assert.That(
            () => Eigensolver.Lowest(withoutMatrix, 1, new() { Method = EigenpairMethod.ShiftInvert }),
            Throws.ArgumentException.With.Message.Contains("ISparseSymmetric"));
    }

    [Test]
    public void Frequency_is_the_root_with_the_sign_of_the_stiffness()
    {
        Assert.That(new Eigenpair { Stiffness = 4, Vector = [], Residual = 0 }.Frequency, Is.EqualTo(2));
        Assert.That(new Eigenpair { Stiffness = -9, Vector = [], Residual = 0 }.Frequency, Is.EqualTo(-3));
    }

    // An operator whose matrix is not what it applies: one entry is another.
    private sealed class OtherMatrix(HessianOperator applied, double entry) : ISparseSymmetric
    {
        public int Size => applied.Size;

        public Deflation NullSpace => applied.NullSpace;

        public void Apply(ReadOnlySpan<double> x, Span<double> y) => applied.Apply(x, y);

        public SparseTriangle LowerTriangle()
        {
            SparseTriangle triangle = applied.LowerTriangle();
            triangle.Values[^1] = entry;
            return triangle;
        }
    }

    /// <summary>Options for a method; the test is skipped by name where CHOLMOD is missing.</summary>
    internal static EigenpairOptions OptionsFor(EigenpairMethod method)
    {
        if (method == EigenpairMethod.ShiftInvert)
        {
            try
            {
                _ = CholmodLibrary.Default;
            }
            catch (CholmodNotFoundException)
            {
                Assert.Ignore("CHOLMOD is not on this machine");
            }
        }
        return new() { Method = method };
    }
}
