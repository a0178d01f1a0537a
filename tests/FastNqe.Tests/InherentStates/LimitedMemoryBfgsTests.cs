using FastNqe.Contractions;

namespace FastNqe.Tests;

/// <summary>Directions from coefficients, against the two-loop recursion as it is printed.</summary>
public sealed class LimitedMemoryBfgsTests
{
    private const int Memory = 4;

    private readonly ParticleOrder _order = ParticleOrder.Of([.. Enumerable.Range(0, 37)], 3);
    private readonly Random _random = new(7);

    [TestCase(100, 100)]
    [TestCase(0, 100)]
    [TestCase(5, 100)]
    [TestCase(100, 6)]
    public void A_direction_is_that_of_the_two_loop_recursion(int bendsTheWrongWay, int borrowedAfter)
    {
        var bfgs = new LimitedMemoryBfgs(Memory, _order);
        List<(double[] Step, double[] Change)> kept = [];
        Fill(bfgs.Forces);
        bfgs.Begin();
        double[] stiffness = [.. bfgs.Forces.Values.ToArray().Select(_ => 0.2 + _random.NextDouble())];
        for (int step = 0; step < 12; step++)
        {
            Assert.That(bfgs.IsEmpty, Is.EqualTo(kept.Count == 0));
            double slope = bfgs.FindDirection();
            double[] forces = bfgs.Forces.Values.ToArray(), expected = TwoLoops([.. forces], kept);
            Assert.That(bfgs.Direction.Values.ToArray(), Is.EqualTo(expected).Within(1e-12), $"step {step}");
            Assert.That(slope, Is.EqualTo(-Dot(forces, expected)).Within(1e-12));

            // A place that is too far is looked at first.
            double t = 0.3 + 0.1 * step;
            double sign = step == bendsTheWrongWay ? -1 : 1;
            foreach (double length in (double[])[2 * t, t])
            {
                for (int k = 0; k < forces.Length; k++)
                    bfgs.Next.Values[k] = forces[k] - sign * length * stiffness[k] * expected[k];
                Assert.That(bfgs.SlopeAtNext(), Is.EqualTo(-Dot(bfgs.Next.Values, expected)).Within(1e-12));
            }
            kept.Insert(0, ([.. expected.Select(value => t * value)], [.. forces.Zip(bfgs.Next.Values.ToArray(), (before, after) => before - after)]));
            if (sign < 0)
                kept.Clear();
            if (kept.Count > Memory)
                kept.RemoveAt(Memory);
            double[] next = bfgs.Next.Values.ToArray();
            bfgs.Learn(t, slope);
            Assert.That(bfgs.Forces.Values.ToArray(), Is.EqualTo(next));
            if (step == borrowedAfter)
            {
                kept.Clear();
                bfgs.Clear();
                foreach (RowField spare in bfgs.Spare)
                    spare.Values.Fill(double.NaN);
            }
        }
        bfgs.Clear();
        Assert.That(bfgs.IsEmpty);
        Assert.That(bfgs.FindDirection(), Is.EqualTo(-Dot(bfgs.Forces.Values, bfgs.Forces.Values)).Within(1e-12));
        Assert.That(bfgs.Direction.Values.ToArray(), Is.EqualTo(bfgs.Forces.Values.ToArray()));
    }

    private static double[] TwoLoops(double[] q, List<(double[] Step, double[] Change)> kept)
    {
        if (kept.Count == 0)
            return q;
        double[] alpha = new double[kept.Count];
        for (int k = 0; k < kept.Count; k++)
        {
            alpha[k] = Dot(kept[k].Step, q) / Dot(kept[k].Step, kept[k].Change);
            Add(q, -alpha[k], kept[k].Change);
        }
        double scale = Dot(kept[0].Step, kept[0].Change) / Dot(kept[0].Change, kept[0].Change);
        double[] r = [.. q.Select(value => scale * value)];
        for (int k = kept.Count - 1; k >= 0; k--)
            Add(r, alpha[k] - Dot(kept[k].Change, r) / Dot(kept[k].Step, kept[k].Change), kept[k].Step);
        return r;
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int k = 0; k < a.Length; k++)
            sum += a[k] * b[k];
        return sum;
    }

    private static void Add(double[] to, double factor, double[] a)
    {
        for (int k = 0; k < to.Length; k++)
            to[k] += factor * a[k];
    }

    private void Fill(RowField field)
    {
        foreach (ref double value in field.Values[..(_order.ParticleCount * _order.RowWidth)])
            value = _random.NextDouble() - 0.5;
    }
}
