using FastNqe.Ensembles;

namespace FastNqe.Tests.Ensembles;

/// <summary>Statistics on synthetic data whose exponents are known.</summary>
[TestFixture]
public sealed class StatisticsTests
{
    [TestCase(4.0)]
    [TestCase(0.25)]
    [TestCase(2.0 / 3)]
    public void The_tail_of_a_power_law_has_its_exponent(double beta)
    {
        // A power law up to 1 and something else above.
        Random random = new(3);
        double[] values = [.. Enumerable.Range(0, 40_000).Select(k => k % 4 == 0 ? Math.Pow(random.NextDouble(), 1 / (beta + 1)) : 1 + random.NextDouble())];
        PowerLawTail fit = PowerLawTail.Fit(values, 0.1)!;
        Assert.Multiple(() =>
        {
            Assert.That(fit.Count, Is.EqualTo(4_000));
            Assert.That(fit.Exponent, Is.EqualTo(beta).Within(4 * fit.Error));
            Assert.That(fit.Error, Is.EqualTo((beta + 1) / Math.Sqrt(4_000)).Within(15).Percent, "the theory's error");
            Assert.That(fit.Largest, Is.EqualTo(Math.Pow(0.4, 1 / (beta + 1))).Within(3).Percent);
        });
    }

    [Test]
    public void Values_of_one_glass_count_as_one_in_the_error()
    {
        Random random = new(5);
        double[] one = [.. Enumerable.Range(0, 2000).Select(_ => Math.Pow(random.NextDouble(), 1 / 3.0))];
        PowerLawTail alone = PowerLawTail.Fit(one, 0.2)!, thrice = PowerLawTail.Fit([.. one, .. one, .. one], 0.2, perGlass: 3)!;
        Assert.Multiple(() =>
        {
            Assert.That(thrice.Exponent, Is.EqualTo(alone.Exponent).Within(0.1 * alone.Error), "the same values three times");
            Assert.That(thrice.Error, Is.EqualTo(alone.Error).Within(0.15 * alone.Error));
            Assert.That(PowerLawTail.Fit([.. one, .. one, .. one], 0.2)!.Error, Is.LessThan(0.7 * alone.Error), "what taking them for independent would say");
        });
    }

    [Test]
    public void The_exponent_of_a_tail_is_the_documented_one()
    {
        double[] values = [.. Enumerable.Range(1, 25).Select(k => (double)(k * k))];
        double sum = values[..24].Sum(x => Math.Log(values[24] / x));
        Assert.That(PowerLawTail.Fit(values, 1)!.Exponent + 1, Is.EqualTo((25 - 2) / sum).Within(1e-12));
        Assert.That(File.ReadAllText(Repository.At("src", "FastNqe.Ensembles", "README.md")), Does.Contain("β + 1 = (k-2)/Σ ln(x_k/x_i)"));
    }

    [Test]
    public void Fitted_densities_have_the_norm_of_what_they_were_fitted_to()
    {
        Random random = new(8);
        double[] values = [.. Enumerable.Range(0, 2_000).Select(_ => Math.Pow(random.NextDouble(), 0.2))];
        PowerLawTail tail = PowerLawTail.Fit(values, 0.1)!;
        Weibull weibull = Weibull.Fit(values)!;
        Assert.That(Integral(tail.Density, tail.Largest), Is.EqualTo(0.1).Within(1e-3));
        Assert.That(Integral(weibull.Density, 5 * weibull.Scale), Is.EqualTo(1).Within(1e-3));

        static double Integral(Func<double, double> density, double end) => Enumerable.Range(0, 10_000).Sum(k => density((k + 0.5) * end / 10_000)) * end / 10_000;
    }

    [Test]
    public void A_linear_histogram_keeps_its_norm_when_values_far_out_have_no_bin()
    {
        Random random = new(9);
        double[] values = [.. Enumerable.Range(0, 999).Select(_ => 12 + random.NextDouble()), -50];
        RobustRange range = RobustRange.Of(values);
        IReadOnlyList<HistogramBin> bins = LinearHistogram.Density(values, range.Low, range.High);
        Assert.Multiple(() =>
        {
            Assert.That(range.OutsideCount, Is.EqualTo(1));
            Assert.That(bins.Sum(bin => bin.Count), Is.EqualTo(999));
            Assert.That(bins.Sum(bin => bin.Density * (bin.High - bin.Low)), Is.EqualTo(0.999).Within(1e-12));
            Assert.That(bins, Has.Count.InRange(8, 20), "the bins are those of the values that are drawn");
            Assert.That(LinearHistogram.Density([3.0, 3.0]).Sum(bin => bin.Count), Is.EqualTo(2), "values that are all the same");
            Assert.That(LinearHistogram.Density([]), Is.Empty);
            Assert.That(RobustRange.OfLogarithms([2.0, 2.0, 2.0]).OutsideCount, Is.Zero);
        });
    }

    [Test]
    public void The_error_of_the_tail_covers_the_truth()
    {
        const double Beta = 4;
        int inside = 0;
        double mean = 0;
        for (int round = 0; round < 200; round++)
        {
            Random random = new(round);
            double[] values = [.. Enumerable.Range(0, 400).Select(_ => Math.Pow(random.NextDouble(), 1 / (Beta + 1)))];
            PowerLawTail fit = PowerLawTail.Fit(values, 0.25, round)!;
            inside += Math.Abs(fit.Exponent - Beta) < fit.Error ? 1 : 0;
            mean += fit.Exponent / 200;
        }
        Assert.That(inside, Is.InRange(115, 160), "68 % of 200 are 136");
        Assert.That(mean, Is.EqualTo(Beta).Within(0.15), "no bias: the scatter of the mean is 0.04");
    }

    [TestCase(4.0, 0.3)]
    [TestCase(0.25, 7.0)]
    public void Minima_of_many_power_law_values_are_a_weibull_distribution(double beta, double top)
    {
        Random random = new(5);
        double[] minima = [.. Enumerable.Range(0, 4_000).Select(_ => Enumerable.Range(0, 300).Min(_ => top * Math.Pow(random.NextDouble(), 1 / (beta + 1))))];
        Weibull fit = Weibull.Fit(minima)!;
        Assert.Multiple(() =>
        {
            Assert.That(fit.Exponent, Is.EqualTo(beta).Within(4 * fit.Error));
            // The maximum-likelihood theory of the shape: 0.7797 m/√n.
            Assert.That(fit.Error, Is.EqualTo(0.7797 * (beta + 1) / Math.Sqrt(4_000)).Within(20).Percent);
            Assert.That(fit.Scale, Is.EqualTo(top * Math.Pow(300, -1 / (beta + 1))).Within(3).Percent);
            Assert.That(fit.Distance, Is.LessThan(1.6 / Math.Sqrt(4_000)));
        });
    }

    [Test]
    public void What_is_no_weibull_distribution_is_far_from_its_fit()
    {
        Random random = new(6);
        double[] two = [.. Enumerable.Range(0, 2_000).Select(k => (k % 2 == 0 ? 1 : 5) + 0.1 * random.NextDouble())];
        Assert.That(Weibull.Fit(two)!.Distance, Is.GreaterThan(0.15));
    }

    [Test]
    public void Too_few_values_give_no_exponent()
    {
        double[] few = [.. Enumerable.Range(1, 19).Select(k => (double)k)];
        Assert.That(PowerLawTail.Fit(few, 1), Is.Null);
        Assert.That(PowerLawTail.Fit([.. few, .. few, double.NaN, -1, 0], 0.5), Is.Null, "19 of 38");
        Assert.That(Weibull.Fit(few), Is.Null);
        Assert.That(() => PowerLawTail.Fit(few, 0), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void A_running_median_finds_the_curve_under_the_noise()
    {
        Random random = new(7);
        double[] x = [.. Enumerable.Range(0, 20_000).Select(_ => Math.Pow(10, -2 * random.NextDouble())), double.NaN];
        double[] y = [.. x.Select(value => 3 * value * value * Math.Exp(4 * (random.NextDouble() - 0.5)))];
        IReadOnlyList<MedianPoint> points = RunningMedian.Of(x, y, mostBins: 25);
        Assert.That(points, Has.Count.EqualTo(25));
        Assert.That(points.Sum(point => point.Count), Is.EqualTo(20_000));
        int inside = points.Count(point => point.Low <= 3 * point.X * point.X && 3 * point.X * point.X <= point.High);
        Assert.That(inside, Is.InRange(11, 23), "68 % of 25 are 17");
        Assert.That(points.Select(point => point.Median / (3 * point.X * point.X)), Is.All.EqualTo(1).Within(0.15));
    }

    [Test]
    public void The_median_and_its_interval_are_order_statistics()
    {
        double[] sorted = [.. Enumerable.Range(0, 101).Select(k => (double)k)];
        (double median, double low, double high) = Order.Median(sorted);
        Assert.That((median, low, high), Is.EqualTo((50.0, 50 - 50 / Math.Sqrt(101), 50 + 50 / Math.Sqrt(101))).Using<(double, double, double)>(
            (a, b) => Math.Abs(a.Item1 - b.Item1) < 1e-9 && Math.Abs(a.Item2 - b.Item2) < 1e-9 && Math.Abs(a.Item3 - b.Item3) < 1e-9));
    }

    [Test]
    public void A_density_integrates_to_one_and_has_counting_errors()
    {
        Random random = new(8);
        double[] values = [.. Enumerable.Range(0, 5_000).Select(_ => Math.Pow(random.NextDouble(), 0.2)), 0, -3, double.NaN];
        IReadOnlyList<HistogramBin> bins = LogHistogram.Density(values);
        Assert.That(bins.Sum(bin => bin.Density * (bin.High - bin.Low)), Is.EqualTo(1).Within(1e-12));
        Assert.That(bins.Sum(bin => bin.Count), Is.EqualTo(5_000));
        foreach (HistogramBin bin in bins.Where(bin => bin.Count > 100 && bin.High < 1))
            Assert.That(bin.Density, Is.EqualTo((Math.Pow(bin.High, 5) - Math.Pow(bin.Low, 5)) / (bin.High - bin.Low)).Within(4 * bin.Error));
    }

    [Test]
    public void A_plane_histogram_counts_every_pair_in_its_place()
    {
        PlaneHistogram histogram = LogHistogram.Plane([1, 10, 100, 100, -1], [1, 1, 1000, 1000, 5], binsX: 2, binsY: 3)!;
        Assert.Multiple(() =>
        {
            Assert.That((histogram.Left, histogram.Right, histogram.Bottom, histogram.Top), Is.EqualTo((0.0, 2.0, 0.0, 3.0)));
            Assert.That(histogram.Counts, Is.EqualTo(new[,] { { 1, 0, 0 }, { 1, 0, 2 } }));
            Assert.That(histogram.Total, Is.EqualTo(4));
            Assert.That(LogHistogram.Plane([], []), Is.Null);
            Assert.That(LogHistogram.Plane([5], [5])!.Total, Is.EqualTo(1));
        });
    }

    [Test]
    public void Scaling_with_size_is_fitted_with_its_error()
    {
        Random random = new(9);
        (double, double, double)[] points = [.. new[] { 400.0, 1600, 6400, 25600 }.Select(n => (n, 2 * Math.Pow(n, -0.6) * (1 + 0.02 * (random.NextDouble() - 0.5)), 2 * Math.Pow(n, -0.6) * 0.01))];
        ScalingFit fit = ScalingFit.Of(points)!;
        Assert.Multiple(() =>
        {
            Assert.That(fit.Exponent, Is.EqualTo(-0.6).Within(3 * fit.Error));
            // ln x is spaced by ln 4: the sum of its squared deviations is 5 (ln 4)².
            Assert.That(fit.Error, Is.EqualTo(0.01 / (Math.Sqrt(5) * Math.Log(4))).Within(2).Percent);
            Assert.That(fit.Prefactor, Is.EqualTo(2).Within(10).Percent);
            Assert.That(ScalingFit.Of(points[..1]), Is.Null);
        });
    }

    [Test]
    public void The_bootstrap_gives_the_error_of_a_mean()
    {
        Random random = new(10);
        double[] small = [.. Enumerable.Range(0, 900).Select(_ => random.NextDouble())], large = [.. Enumerable.Range(0, 40_000).Select(_ => random.NextDouble())];
        foreach (double[] sample in new[] { small, large })
        {
            double error = Bootstrap.StandardError<double>(sample, Mean, 1);
            Assert.That(error, Is.EqualTo(Math.Sqrt(1.0 / 12 / sample.Length)).Within(15).Percent);
            Assert.That(Bootstrap.StandardError<double>(sample, Mean, 1), Is.EqualTo(error), "the same for the same seed");
        }

        static double Mean(ReadOnlySpan<double> values)
        {
            double sum = 0;
            foreach (double value in values)
                sum += value;
            return sum / values.Length;
        }
    }
}
