namespace FastNqe.Tests.Liquids;

public class RandomSequenceTests
{
    private const int Draws = 200_000;

    [Test]
    public void Bits_are_those_of_the_published_generator()
    {
        // First outputs of the authors' C code from the state 1, 2, 3, 4.
        RandomSequence stream = new(new RandomState(1, 2, 3, 4));
        Assert.That(
            new[] { stream.NextBits(), stream.NextBits(), stream.NextBits(), stream.NextBits() },
            Is.EqualTo(new ulong[] { 41943041, 58720359, 3588806011781223, 3591011842654386 }));
    }

    [Test]
    public void Every_part_of_the_key_makes_another_stream()
    {
        HashSet<ulong> first = [];
        for (ulong seed = 0; seed < 20; seed++)
            for (ulong index = 0; index < 20; index++)
                foreach (RandomPurpose purpose in Enum.GetValues<RandomPurpose>())
                    first.Add(new RandomSequence(seed, index, purpose).NextBits());
        Assert.That(first, Has.Count.EqualTo(20 * 20 * Enum.GetValues<RandomPurpose>().Length));
    }

    [Test]
    public void Neighbouring_streams_are_uncorrelated()
    {
        RandomSequence a = new(1, 0, RandomPurpose.Liquid), b = new(1, 1, RandomPurpose.Liquid);
        double sum = 0;
        for (int k = 0; k < Draws; k++)
            sum += (a.NextUniform() - 0.5) * (b.NextUniform() - 0.5) * 12;
        Assert.That(sum / Math.Sqrt(Draws), Is.EqualTo(0).Within(4));
    }

    [Test]
    public void Saved_state_continues_to_the_bit()
    {
        RandomSequence stream = new(7, 3, RandomPurpose.Liquid);
        stream.NextNormal();
        RandomSequence copy = new(stream.State);
        for (int k = 0; k < 10; k++)
            Assert.That(copy.NextNormal(), Is.EqualTo(stream.NextNormal()));
        Assert.That(() => new RandomSequence(default(RandomState)), Throws.ArgumentException);
    }

    // For each distribution: its mean, variance and third central moment.
    private static IEnumerable<TestCaseData> Distributions()
    {
        yield return new TestCaseData((RandomSequence r) => r.NextUniform(), 0.5, 1.0 / 12, 0.0).SetArgDisplayNames("uniform");
        yield return new TestCaseData((RandomSequence r) => r.NextNormal(), 0.0, 1.0, 0.0).SetArgDisplayNames("normal");
        yield return new TestCaseData((RandomSequence r) => r.NextExponential(), 1.0, 1.0, 2.0).SetArgDisplayNames("exponential");
        yield return new TestCaseData((RandomSequence r) => r.NextChiSquared(2), 2.0, 4.0, 16.0).SetArgDisplayNames("chi squared 2");
        yield return new TestCaseData((RandomSequence r) => r.NextChiSquared(3000), 3000.0, 6000.0, 24000.0).SetArgDisplayNames("chi squared 3000");
        yield return new TestCaseData((RandomSequence r) => (double)r.NextIndex(7), 3.0, 4.0, 0.0).SetArgDisplayNames("index");
    }

    [TestCaseSource(nameof(Distributions))]
    public void Moments_are_those_of_the_distribution(Func<RandomSequence, double> draw, double mean, double variance, double third)
    {
        RandomSequence stream = new(11, 0, RandomPurpose.Measurement);
        double[] x = new double[Draws];
        for (int k = 0; k < Draws; k++)
            x[k] = draw(stream);
        double[] second = [.. x.Select(v => (v - mean) * (v - mean))];
        double[] cubes = [.. x.Select(v => Math.Pow(v - mean, 3))];
        AssertMean(x, mean);
        AssertMean(second, variance);
        AssertMean(cubes, third);
    }

    // Within five standard errors of the sample itself.
    private static void AssertMean(double[] values, double expected)
    {
        double mean = values.Average();
        double error = Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / values.Length / values.Length);
        Assert.That(mean, Is.EqualTo(expected).Within(5 * error));
    }

    [Test]
    public void Shuffle_makes_every_order_equally_often()
    {
        RandomSequence stream = new(5, 0, RandomPurpose.Start);
        Dictionary<string, int> seen = [];
        for (int k = 0; k < 24_000; k++)
        {
            char[] items = ['a', 'b', 'c', 'd'];
            stream.Shuffle<char>(items);
            seen[new string(items)] = seen.GetValueOrDefault(new string(items)) + 1;
        }
        double chiSquared = seen.Values.Sum(n => (n - 1000.0) * (n - 1000.0) / 1000);
        Assert.That(seen, Has.Count.EqualTo(24));
        Assert.That(chiSquared, Is.LessThan(60), "23 degrees of freedom");
    }

    [TestCase(1e-300)]
    [TestCase(1.1102230246251565e-16)]
    [TestCase(0.5)]
    [TestCase(0.70710678118654746)]
    [TestCase(0.70710678118654757)]
    [TestCase(0.99999999999999989)]
    [TestCase(1.0)]
    [TestCase(1.4142135623730951)]
    [TestCase(3.0)]
    [TestCase(1e17)]
    public void Logarithm_is_right_to_the_last_places(double x) =>
        Assert.That(PortableMath.Log(x), Is.EqualTo(Math.Log(x)).Within(2).Ulps);

    [Test]
    public void Root_is_the_largest_that_does_not_exceed([Values(2, 3, 4)] int d, [Values(2.0, 2497.5609756, 1e-3, 81.0)] double x)
    {
        double root = PortableMath.Root(x, d), next = Math.BitIncrement(root);
        Assert.That(root, Is.EqualTo(Math.Pow(x, 1.0 / d)).Within(4).Ulps);
        Assert.That(Enumerable.Repeat(root, d).Aggregate((a, b) => a * b), Is.LessThanOrEqualTo(x));
        Assert.That(Enumerable.Repeat(next, d).Aggregate((a, b) => a * b), Is.GreaterThan(x));
    }
}
