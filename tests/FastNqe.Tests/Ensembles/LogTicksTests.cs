using FastNqe.Ensembles;

namespace FastNqe.Tests.Ensembles;

/// <summary>Axes of a report always say where they are, and labels do not touch.</summary>
public sealed class LogTicksTests
{
    [Test]
    public void Every_range_has_labels_that_do_not_touch([Values] bool isVertical)
    {
        Random random = new(4);
        for (int round = 0; round < 2_000; round++)
        {
            double low = 24 * random.NextDouble() - 14, high = low + Math.Pow(10, 2.2 * random.NextDouble() - 1);
            (double Position, string Label)[] labels = [.. LogTicks.Labels(low, high, isVertical)];
            string shown = $"{low} to {high}: {string.Join(' ', labels.Select(tick => tick.Label))}";
            Assert.That(labels, Has.Length.GreaterThanOrEqualTo(2), shown);
            for (int k = 1; k < labels.Length && !isVertical; k++)
                Assert.That(320 * (labels[k].Position - labels[k - 1].Position) / (high - low), Is.GreaterThan(4 * (labels[k].Label.Length + labels[k - 1].Label.Length)), shown);
        }
    }

    [TestCase(-11.3, -2.4, "10⁻¹⁰ 10⁻⁸ 10⁻⁶ 10⁻⁴")]
    [TestCase(1.6, 1.95, "40 50 60 70 80")]
    [TestCase(-0.5, 2.5, "1 10 100")]
    [TestCase(-1.8, -0.2, "0.02 0.05 0.1 0.2 0.5")]
    public void Labels_are_round(double low, double high, string expected) =>
        Assert.That(string.Join(' ', LogTicks.Labels(low, high, isVertical: false).Select(tick => tick.Label)), Is.EqualTo(expected));
}
