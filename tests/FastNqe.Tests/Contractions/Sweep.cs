using System.Reflection;
using FastNqe.Contractions;

namespace FastNqe.Tests;

/// <summary>One contraction of one configuration: scalars and vectors in the caller's order.</summary>
internal sealed record Sweep(double[] Scalars, double[][] Vectors)
{
    /// <summary>Runs a contraction along the directions it takes, with NaN behind every buffer.</summary>
    public static Sweep Run<TContraction>(PairTable table, params double[][] directions)
        where TContraction : struct, IContraction
    {
        ParticleOrder order = table.Order;
        RowField? In(int k)
        {
            if (k >= TContraction.Directions)
                return null;
            RowField field = Poisoned(order);
            order.Scatter(directions[k], field);
            // The fourth number of a row in three dimensions is no component: whatever it is, nothing may depend on it.
            if (order.Dimension == 3)
                for (int slot = 0; slot < order.ParticleCount; slot++)
                    field.Values[slot * order.RowWidth + 3] = double.NaN;
            return field;
        }
        RowField? Out(int k) => k < TContraction.Vectors ? Poisoned(order) : null;

        RowField?[] results = [Out(0), Out(1), Out(2), Out(3)];
        double[] scalars = new double[TContraction.Scalars];
        table.Sweep<TContraction>(new SweepFields(In(0)!, In(1), In(2), results[0], results[1], results[2], results[3]), scalars);
        return new Sweep(scalars, [.. results.OfType<RowField>().Select(field => ToCaller(order, field))]);
    }

    /// <summary>A field of zeros, surrounded by NaN.</summary>
    public static RowField Poisoned(ParticleOrder order)
    {
        RowField field = order.NewField();
        double[] memory = (double[])typeof(RowField).GetField("_memory", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(field)!;
        Array.Fill(memory, double.NaN);
        field.Values.Clear();
        return field;
    }

    public void AssertSameBits(Sweep other, string what)
    {
        Assert.That(Bits(Scalars), Is.EqualTo(Bits(other.Scalars)), $"scalars, {what}");
        for (int v = 0; v < Vectors.Length; v++)
            Assert.That(Bits(Vectors[v]), Is.EqualTo(Bits(other.Vectors[v])), $"vector {v}, {what}");
    }

    // The rows behind the last particle must stay zero: algebra on whole fields counts on it.
    private static double[] ToCaller(ParticleOrder order, RowField field)
    {
        double[] result = new double[order.ParticleCount * order.Dimension];
        order.Gather(field, result);
        Assert.That(field.Values[(order.ParticleCount * order.RowWidth)..].ToArray(), Is.All.EqualTo(0.0));
        if (order.Dimension == 3)
            for (int slot = 0; slot < order.ParticleCount; slot++)
                Assert.That(field.Values[slot * order.RowWidth + 3], Is.EqualTo(0.0));
        return result;
    }

    private static long[] Bits(double[] values) => Array.ConvertAll(values, BitConverter.DoubleToInt64Bits);
}
