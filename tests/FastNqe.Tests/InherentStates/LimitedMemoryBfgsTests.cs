using FastNqe.Contractions;

namespace FastNqe.Tests;

/// <summary>Directions from coefficients, against the two-loop recursion as it is printed.</summary>
public sealed class LimitedMemoryBfgsTests
{
    private const int Memory = 4;

    private readonly ParticleOrder _order = ParticleOrder.Of([.. Enumerable.Range(0, 37)], 3);
    private readonly Random _random = new(7);

    [TestCase(0)]
    [TestCase(5)]
    public void A_direction_is_that_of_the_two_loop_recursion(int passedOver)
    {
        var bfgs = new LimitedMemoryBfgs(Memory, _order);
        List<(double[] Step, double[] Change)> kept = [];
        RowField forces = Random(), next = _order.NewField(), direction = _order.NewField();
        double[] stiffness = [.. forces.Values.ToArray().Select(_ => 0.2 + _random.NextDouble())];
        for (int step = 0; step < 9; step++)
        {
            double slope = bfgs.Direction(forces, direction);
            double[] expected = TwoLoops(forces.Values.ToArray(), kept);
            Assert.That(direction.Values.ToArray(), Is.EqualTo(expected).Within(1e-12), $"step {step}");
            Assert.That(slope, Is.EqualTo(-Dot(forces.Values, expected)).Within(1e-12));

            // A step with curvature of its own, or one that bends the wrong way.
            double t = 0.3 + 0.1 * step;
            int sign = step == passedOver ? -1 : 1;
            for (int k = 0; k < forces.Length; k++)
                next.Values[k] = forces.Values[k] - sign * t * stiffness[k] * direction.Values[k];
            double[] s = [.. expected.Select(value => t * value)];
            double[] y = [.. forces.Values.ToArray().Zip(next.Values.ToArray(), (before, after) => before - after)];
            if (sign > 0)
                kept.Insert(0, (s, y));
            if (kept.Count > Memory - (sign > 0 ? 0 : 1))
                kept.RemoveAt(kept.Count - 1);
            bfgs.Learn(t, ref direction, slope, -FieldAlgebra.Dot(next, direction), forces, next);
            (forces, next) = (next, forces);
        }
        bfgs.Clear();
        Assert.That(bfgs.IsEmpty);
        bfgs.Direction(forces, direction);
        Assert.That(direction.Values.ToArray(), Is.EqualTo(forces.Values.ToArray()));
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

    private RowField Random()
    {
        RowField field = _order.NewField();
        foreach (ref double value in field.Values[..(_order.ParticleCount * _order.RowWidth)])
            value = _random.NextDouble() - 0.5;
        return field;
    }
}
