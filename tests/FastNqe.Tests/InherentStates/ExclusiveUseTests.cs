namespace FastNqe.Tests;

/// <summary>Two threads on one glass: right numbers, or an exception.</summary>
public sealed class ExclusiveUseTests
{
    private const int Rounds = 2000;

    [Test]
    public void Two_threads_on_one_glass_get_right_numbers_or_are_refused()
    {
        ReferenceCase reference = ReferenceCase.Load("b02");
        InherentState glass = InherentState.At(reference.Configuration, reference.Potential);
        double[] x = reference.Direction("extended"), y = [.. x.Reverse()];
        Hammer(
            () => ProductOf(glass, x),
            () => ProductOf(glass, y));
    }

    [Test]
    public void Two_operators_of_one_glass_too()
    {
        ReferenceCase reference = ReferenceCase.Load("b02");
        InherentState glass = InherentState.At(reference.Configuration, reference.Potential);
        HessianOperator one = new(glass), other = new(glass);
        double[] x = reference.Direction("extended"), y = [.. x.Reverse()];
        Hammer(
            () => ProductOf(one, x),
            () => ProductOf(other, y));
    }

    [Test]
    public void One_operator_too()
    {
        ReferenceCase reference = ReferenceCase.Load("b02");
        HessianOperator hessian = new(InherentState.At(reference.Configuration, reference.Potential));
        double[] x = reference.Direction("extended"), y = [.. x.Reverse()];
        Hammer(
            () => ProductOf(hessian, x),
            () => ProductOf(hessian, y));
    }

    [Test]
    public void A_use_that_has_not_ended_refuses_another_and_says_what_to_do()
    {
        var use = new ExclusiveUse("this glass");
        using (use.Begin())
            Assert.That(() => use.Begin().Dispose(), Throws.InvalidOperationException.With.Message.Contains("this glass is in use by another thread").And.Message.Contains("InherentState.At"));
        use.Begin().Dispose();
    }

    private static double[] ProductOf(InherentState glass, double[] z)
    {
        double[] product = new double[z.Length];
        double k = glass.HessianProduct(z, product);
        return [k, .. product];
    }

    private static double[] ProductOf(HessianOperator hessian, double[] z)
    {
        double[] product = new double[z.Length];
        hessian.ApplyChebyshev(z, 600, 590, 3, product);
        return product;
    }

    private static void Hammer(params Func<double[]>[] works)
    {
        double[][] expected = [.. works.Select(work => work())];
        int wrong = 0, refused = 0;
        using var start = new Barrier(works.Length);
        Thread[] threads = [.. works.Select((work, k) => new Thread(() =>
        {
            start.SignalAndWait();
            for (int round = 0; round < Rounds; round++)
            {
                try
                {
                    if (!work().AsSpan().SequenceEqual(expected[k]))
                        Interlocked.Increment(ref wrong);
                }
                catch (InvalidOperationException)
                {
                    Interlocked.Increment(ref refused);
                }
            }
        }))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        TestContext.Out.WriteLine($"{refused} of {works.Length * Rounds} refused");
        Assert.That(wrong, Is.Zero, "wrong numbers");
    }
}
