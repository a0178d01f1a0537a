using FastNqe.Contractions;

namespace FastNqe.Tests;

public sealed class FieldAlgebraTests
{
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
