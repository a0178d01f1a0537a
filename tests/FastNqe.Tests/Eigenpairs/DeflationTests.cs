namespace FastNqe.Tests;

[Category("Width")]
public sealed class DeflationTests
{
    [Test]
    public void Translations_are_removed_and_nothing_else([Values(1, 2, 3, 4)] int dimension, [Values(1, 2, 7, 8, 9, 40)] int particles)
    {
        Random random = new(particles);
        double[] field = [.. Enumerable.Range(0, particles * dimension).Select(_ => random.NextDouble())];
        double[] means = [.. Enumerable.Range(0, dimension).Select(axis => field.Where((_, k) => k % dimension == axis).Average())];
        double[] projected = [.. field];

        Deflation.Translations(dimension).Project(projected);

        for (int k = 0; k < field.Length; k++)
            Assert.That(projected[k], Is.EqualTo(field[k] - means[k % dimension]).Within(1e-15));
    }

    [Test]
    public void Given_vectors_are_removed_together_with_the_translations()
    {
        double[] direction = [0.5, -0.5, -0.5, 0.5];
        double[] vector = [3, 1, 4, 1];

        Deflation deflation = Deflation.Of([direction], Deflation.Translations(1));
        deflation.Project(vector);

        Assert.That(deflation.Rank, Is.EqualTo(2));
        Assert.That(NaiveGlass.Dot(vector, direction), Is.Zero.Within(1e-15));
        Assert.That(vector.Sum(), Is.Zero.Within(1e-15));
    }

    [Test]
    public void A_field_of_the_wrong_length_is_refused()
    {
        Assert.That(() => Deflation.Translations(3).Project(new double[7]), Throws.ArgumentException.With.Message.Contains("7 numbers"));
        Assert.That(() => Deflation.Translations(0), Throws.InstanceOf<ArgumentException>());
        Assert.That(() => Deflation.Translations(1 << 20), Throws.InstanceOf<ArgumentException>());
    }

    [Test]
    public void Span_operations_match_plain_sums([Range(0, 40)] int length)
    {
        Random random = new(length);
        double[] x = [.. Enumerable.Range(0, length).Select(_ => random.NextDouble() - 0.5)];
        double[] y = [.. Enumerable.Range(0, length).Select(_ => random.NextDouble() - 0.5)];
        double[] sum = [.. y];
        double[] combined = [.. y];

        SpanAlgebra.Add(0.3, x, sum);
        SpanAlgebra.Combine(0.7, x, -1.1, sum, combined);

        Assert.That(SpanAlgebra.Dot(x, y), Is.EqualTo(x.Zip(y).Sum(pair => pair.First * pair.Second)).Within(1e-14));
        for (int k = 0; k < length; k++)
        {
            Assert.That(sum[k], Is.EqualTo(y[k] + 0.3 * x[k]).Within(1e-15));
            Assert.That(combined[k], Is.EqualTo(0.7 * x[k] - 1.1 * sum[k] - y[k]).Within(1e-15));
        }
    }
}
