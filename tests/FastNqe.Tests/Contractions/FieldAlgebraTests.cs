using FastNqe.Contractions;

namespace FastNqe.Tests;

[NonParallelizable]
public sealed class FieldAlgebraTests
{
    [TearDown]
    public void OneThreadAgain() => SweepThreads.Count = 1;

    [Test]
    public void Adding_and_multiplying_in_one_pass_gives_the_bits_of_two()
    {
        RowField[] fields = Random(3, 96);
        RowField sum = new(96);
        FieldAlgebra.Copy(fields[0], sum);
        FieldAlgebra.Add(sum, 0.7, fields[1]);

        double product = FieldAlgebra.AddDot(fields[0], 0.7, fields[1], fields[2]);
        Assert.That(fields[0].Values.ToArray(), Is.EqualTo(sum.Values.ToArray()));
        Assert.That(product, Is.EqualTo(FieldAlgebra.Dot(sum, fields[2])));

        // The other factor may be the sum itself.
        FieldAlgebra.Add(sum, 0.3, fields[1]);
        Assert.That(FieldAlgebra.AddDot(fields[0], 0.3, fields[1], fields[0]), Is.EqualTo(FieldAlgebra.Dot(sum, sum)));
    }

    [TestCase(32)]
    [TestCase(96)]
    [TestCase(512)]
    [TestCase(544)]
    [TestCase(5000)]
    public void A_product_has_the_bits_of_thirty_two_partial_sums_at_every_width(int length)
    {
        RowField[] fields = Random(2, length);
        double[] sums = new double[RowField.Block];
        for (int k = 0; k < fields[0].Length; k++)
            sums[k % sums.Length] = Math.FusedMultiplyAdd(fields[0].Values[k], fields[1].Values[k], sums[k % sums.Length]);
        for (int count = sums.Length; count > 1; count /= 2)
            sums = [.. Enumerable.Range(0, count / 2).Select(k => sums[k] + sums[k + count / 2])];
        foreach (SimdWidth width in Widths.Supported)
            Assert.That(FieldAlgebra.Dot(fields[0], fields[1], width), Is.EqualTo(sums[0]), $"{width}");
    }

    [TestCase(32)]
    [TestCase(96)]
    [TestCase(5000)]
    public void Several_fields_at_once_give_what_they_give_one_by_one(int length)
    {
        RowField[] fields = Random(7, length);
        RowField other = Random(1, length)[0];
        double[] weights = [0.3, -1.2, 0.7, 2, -0.1];
        double[] products = new double[5], first = [];
        foreach (SimdWidth width in Widths.Supported)
        {
            FieldAlgebra.Dots(fields, other, products, width);
            for (int k = 0; k < products.Length; k++)
                Assert.That(products[k], Is.EqualTo(FieldAlgebra.Dot(fields[k], other)).Within(1e-13 * length), $"{width}");
            first = first.Length == 0 ? [.. products] : first;
            Assert.That(products, Is.EqualTo(first), $"{width}: the same bits");

            // The sum may go into one of those that are summed.
            RowField own = new(length), sum = new(length);
            FieldAlgebra.Copy(fields[1], own);
            RowField[] summed = [fields[0], own, .. fields[2..]];
            FieldAlgebra.Combine(sum, weights, summed, width);
            FieldAlgebra.Combine(own, weights, summed, width);
            for (int i = 0; i < sum.Length; i++)
            {
                double expected = 0;
                for (int k = 0; k < weights.Length; k++)
                    expected = Math.FusedMultiplyAdd(weights[k], fields[k].Values[i], expected);
                Assert.That((sum.Values[i], own.Values[i]), Is.EqualTo((expected, expected)), $"{width}, number {i}");
            }
        }
    }

    [TestCase(100_000)]
    [TestCase(3_000_000)]
    public void Chunks_of_large_fields_have_the_same_bits_for_any_number_of_threads(int length)
    {
        RowField[] fields = Random(3, length);
        ParticleOrder order = ParticleOrder.Of([.. Enumerable.Range(0, length / 4)], 3);
        double[][] expected = Results(1);
        Assert.That(expected[0][0], Is.EqualTo(Enumerable.Range(0, fields[0].Length).Sum(k => fields[0].Values[k] * fields[1].Values[k])).Within(1e-12 * length));
        Assert.That(expected[0][1], Is.EqualTo(Enumerable.Range(0, length / 4).Max(i => Math.Sqrt(Squares(fields[0].Values.Slice(4 * i, 3))))));
        foreach (int threads in new[] { 2, 3, 5 })
            Assert.That(Results(threads), Is.EqualTo(expected), $"{threads} threads");

        double[][] Results(int threads)
        {
            SweepThreads.Count = threads;
            RowField sum = new(length), copy = new(length);
            FieldAlgebra.Copy(fields[0], sum);
            FieldAlgebra.Combine(sum, 0.3, fields[1], 1.5, sum);
            double product = FieldAlgebra.AddDot(sum, 0.7, fields[2], fields[1]);
            FieldAlgebra.Combine(sum, [0.4, -0.3], [fields[1], sum]);
            double[] products = new double[2];
            FieldAlgebra.Dots([sum, fields[0]], fields[2], products);
            FieldAlgebra.Copy(sum, copy);
            FieldAlgebra.RemoveTranslation(copy, order);
            double[] scalars = [FieldAlgebra.Dot(fields[0], fields[1]), FieldAlgebra.LargestRow(fields[0], order), product, .. products];
            foreach (double distance in new[] { 1, Math.Sqrt(3) })
                scalars = [.. scalars, FieldAlgebra.AreWithin(distance, fields[0], fields[1], 3, Simd.Width) ? 1 : 0];
            return [scalars, sum.Values.ToArray(), copy.Values.ToArray()];
        }

        static double Squares(ReadOnlySpan<double> row) => row[0] * row[0] + row[1] * row[1] + row[2] * row[2];
    }

    private static RowField[] Random(int count, int length)
    {
        var random = new Random(4);
        RowField[] fields = [.. Enumerable.Range(0, count).Select(_ => new RowField(length))];
        foreach (RowField field in fields)
            foreach (ref double value in field.Values)
                value = random.NextDouble() - 0.5;
        return fields;
    }
}
