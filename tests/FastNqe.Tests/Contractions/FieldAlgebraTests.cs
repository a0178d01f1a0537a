using FastNqe.Contractions;

namespace FastNqe.Tests;

public sealed class FieldAlgebraTests
{
    [Test]
    public void Adding_and_multiplying_in_one_pass_gives_the_bits_of_two()
    {
        var random = new Random(4);
        RowField[] fields = [.. Enumerable.Range(0, 3).Select(_ => new RowField(96))];
        foreach (RowField field in fields)
            foreach (ref double value in field.Values)
                value = random.NextDouble() - 0.5;
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
}
