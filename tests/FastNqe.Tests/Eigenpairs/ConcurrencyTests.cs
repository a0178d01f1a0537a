namespace FastNqe.Tests;

/// <summary>ARPACK itself fails when two solves run at once; isolated instances must not.</summary>
public sealed class ConcurrencyTests
{
    [Test]
    public void Many_solves_at_once_give_the_bits_of_one_at_a_time([Values(EigenpairMethod.ChebyshevFilter, EigenpairMethod.Plain)] EigenpairMethod method)
    {
        const int Threads = 8, SolvesEach = 25;
        TestMatrix[] matrices = [.. Enumerable.Range(0, 5).Select(k => TestMatrix.Springs(70 + 7 * k, 2 + k % 2, seed: k))];
        EigenpairOptions options = new() { Method = method, Tolerance = 1e-8 };
        EigenpairSet[] alone = [.. matrices.Select(matrix => Eigensolver.Lowest(matrix, 3, options))];
        int different = 0;

        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(thread => new Thread(() =>
        {
            for (int solve = 0; solve < SolvesEach; solve++)
            {
                int k = (thread + solve) % matrices.Length;
                EigenpairSet set = Eigensolver.Lowest(matrices[k], 3, options);
                bool same = set.Applications == alone[k].Applications
                    && set.Pairs.Zip(alone[k].Pairs).All(pair => pair.First.Vector.SequenceEqual(pair.Second.Vector) && pair.First.Stiffness == pair.Second.Stiffness);
                if (!same)
                    Interlocked.Increment(ref different);
            }
        }))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();

        Assert.That(different, Is.Zero, $"of {Threads * SolvesEach} solves");
    }

    [Test]
    public void A_solve_does_not_depend_on_what_an_instance_did_before()
    {
        // Two identical blocks and a start vector in the range of few eigenvectors exhaust a Lanczos basis at once.
        TestMatrix fewValues = TestMatrix.Diagonal(Enumerable.Range(0, 400).Select(k => 1.0 + k % 3));
        TestMatrix springs = TestMatrix.Springs(80, 3, seed: 4);
        EigenpairOptions options = new() { Method = EigenpairMethod.Plain };
        EigenpairSet before = Eigensolver.Lowest(springs, 2, options);
        EigenpairSet first = Eigensolver.Lowest(fewValues, 1, options);

        EigenpairSet second = Eigensolver.Lowest(fewValues, 1, options);
        EigenpairSet after = Eigensolver.Lowest(springs, 2, options);

        Assert.That(second.Pairs[0].Vector, Is.EqualTo(first.Pairs[0].Vector));
        Assert.That(after.Pairs[0].Vector, Is.EqualTo(before.Pairs[0].Vector));
    }

    [Test]
    public void An_instance_survives_an_operator_that_throws()
    {
        TestMatrix springs = TestMatrix.Springs(80, 3, seed: 4);
        EigenpairSet before = Eigensolver.Lowest(springs, 2);

        Assert.That(() => Eigensolver.Lowest(new Failing(springs, after: 100), 2), Throws.InvalidOperationException);

        Assert.That(Eigensolver.Lowest(springs, 2).Pairs[0].Vector, Is.EqualTo(before.Pairs[0].Vector));
    }

    [TestCase(EigenpairMethod.ChebyshevFilter, 1)]
    [TestCase(EigenpairMethod.ChebyshevFilter, 100)]
    [TestCase(EigenpairMethod.Plain, 100)]
    [TestCase(EigenpairMethod.ShiftInvert, 15)]
    public void A_cancelled_solve_applies_the_operator_no_more_and_leaves_everything_as_it_was(EigenpairMethod method, int applications)
    {
        TestMatrix springs = TestMatrix.Springs(80, 3, seed: 4);
        EigenpairOptions options = EigensolverTests.OptionsFor(method);
        EigenpairSet before = Eigensolver.Lowest(springs, 2, options);
        using CancellationTokenSource source = new();
        Cancelling cancelling = new(springs, source, applications);

        Assert.That(() => Eigensolver.Lowest(cancelling, 2, options with { Cancellation = source.Token }), Throws.InstanceOf<OperationCanceledException>());

        Assert.That(cancelling.Applications, Is.EqualTo(applications));
        Assert.That(Eigensolver.Lowest(springs, 2, options).Pairs[0].Vector, Is.EqualTo(before.Pairs[0].Vector));
    }

    [Test]
    public void Solves_with_a_factor_are_cancelled_too()
    {
        EigenpairOptions options = EigensolverTests.OptionsFor(EigenpairMethod.ShiftInvert);
        using CancellationTokenSource source = new();
        // When it is asked for its matrix.
        Cancelling cancelling = new(TestMatrix.Springs(80, 3, seed: 4), source, int.MaxValue);

        Assert.That(() => Eigensolver.Lowest(cancelling, 2, options with { Cancellation = source.Token }), Throws.InstanceOf<OperationCanceledException>());
    }

    private sealed class Cancelling(TestMatrix inner, CancellationTokenSource source, int after) : ISparseSymmetric
    {
        public int Applications { get; private set; }

        public int Size => inner.Size;

        public Deflation NullSpace => inner.NullSpace;

        public void Apply(ReadOnlySpan<double> x, Span<double> y)
        {
            if (++Applications == after)
                source.Cancel();
            inner.Apply(x, y);
        }

        public SparseTriangle LowerTriangle()
        {
            source.Cancel();
            return inner.LowerTriangle();
        }
    }

    private sealed class Failing(ISymmetricOperator inner, int after) : ISymmetricOperator
    {
        private int _applications;

        public int Size => inner.Size;

        public Deflation NullSpace => inner.NullSpace;

        public void Apply(ReadOnlySpan<double> x, Span<double> y)
        {
            if (++_applications > after)
                throw new InvalidOperationException("the operator fails");
            inner.Apply(x, y);
        }
    }
}
