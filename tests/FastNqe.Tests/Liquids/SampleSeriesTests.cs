namespace FastNqe.Tests.Liquids;

public class SampleSeriesTests
{
    // Two particles one unit of length apart, in units of a0.
    private static readonly Configuration Pair = new(Box.Orthogonal([2, 1]), [0.5, 0.5, 1.5, 0.5], [1, 1]);

    [Test]
    public void The_drift_is_that_between_the_halves_of_each_chain()
    {
        SampleSeries series = new();
        // The chains' own levels, 3 and 300, are no drift; the sample in the middle of the second chain is in no half.
        double[] first = [1, 5, 1, 5, 1, 5, 1, 5, 2, 6, 2, 6, 2, 6, 2, 6], second = [300, 300, 700, 303, 303];
        Add(series, 0, first);
        Assert.That(series.Drift?.Difference, Is.EqualTo(0.5 * 1).Within(1e-12), "per particle");
        // Squared deviations of 16 values by 1 each per particle, 14 degrees of freedom, two means of 8 values.
        Assert.That(series.Drift?.Error, Is.EqualTo(Math.Sqrt(16.0 / 14 * (2.0 / 8))).Within(1e-12));
        Assert.That(series.Drift?.IsWithinError, Is.True);
        Add(series, 1, second);
        Assert.That(series.Drift?.Difference, Is.EqualTo(0.5 * (8 * 1 + 2 * 3) / 10).Within(1e-12));
        Assert.That(series.Drift?.Error, Is.EqualTo(Math.Sqrt(16.0 / 16 * (2.0 / 10))).Within(1e-12));
    }

    [Test]
    public void A_liquid_whose_energy_falls_drifts()
    {
        SampleSeries series = new();
        Add(series, 0, [.. Enumerable.Range(0, 16).Select(k => -0.1 * k + k % 2)]);
        Assert.That(series.Drift?.IsWithinError, Is.True, "less than the noise");
        Add(series, 1, [.. Enumerable.Range(0, 40).Select(k => -0.1 * k + k % 2)]);
        Assert.That(series.Drift?.IsWithinError, Is.False);
    }

    [Test]
    public void Few_samples_say_nothing()
    {
        SampleSeries series = new();
        Assert.That((series.Overlap, series.Drift, series.IsCorrelated), Is.EqualTo(((double?)null, (EnergyDrift?)null, false)));
        Add(series, 0, new double[15]);
        Assert.That(series.Drift, Is.Null);
    }

    [Test]
    public void The_overlap_is_that_of_successive_samples_of_one_chain()
    {
        // One particle moves by 0.2 a0, the other by 0.4.
        Configuration moved = Pair.WithPositions([0.7, 0.5, 1.5, 0.9]);
        SampleSeries series = new();
        series.Add(0, 0, Pair, 0);
        series.Add(0, 1, moved, 0);
        Assert.That(series.Overlap, Is.EqualTo(0.5));
        Assert.That(series.IsCorrelated);
        series.Add(0, 3, Pair, 0);
        series.Add(1, 4, Pair, 0);
        Assert.That(series.Overlap, Is.EqualTo(0.5), "a sample is missing between, then another liquid begins");
    }

    [Test]
    public void An_equilibrated_liquid_neither_drifts_nor_stays_where_it_is()
    {
        SampleChain chain = SamplingProtocol.For(GlassModel.Ipl3D, 100, 2.0).Open(0);
        SampleSeries series = new();
        for (int sample = 0; sample < 20; sample++)
        {
            chain.Advance();
            series.Add(chain);
        }
        Assert.Multiple(() =>
        {
            Assert.That(series.Drift?.IsWithinError, Is.True);
            Assert.That(series.Overlap, Is.InRange(0.05, 0.2));
            Assert.That(series.IsCorrelated, Is.False);
        });
    }

    private static void Add(SampleSeries series, long chain, double[] energies)
    {
        for (int sample = 0; sample < energies.Length; sample++)
            series.Add(chain, 1000 * chain + sample, Pair, energies[sample]);
    }
}
