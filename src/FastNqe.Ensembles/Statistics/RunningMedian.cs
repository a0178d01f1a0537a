namespace FastNqe.Ensembles;

/// <summary>A point of a running median.</summary>
/// <param name="X">The median of x in the bin.</param>
/// <param name="Median">The median of y.</param>
/// <param name="Low">The lower end of the median's 68 % confidence interval.</param>
/// <param name="High">The upper end.</param>
/// <param name="LowerQuartile">A quarter of the values lies below.</param>
/// <param name="UpperQuartile">A quarter of the values lies above.</param>
/// <param name="Count">Values in the bin.</param>
public readonly record struct MedianPoint(double X, double Median, double Low, double High, double LowerQuartile, double UpperQuartile, int Count);

/// <summary>The median of y as x goes on, in bins with equally many values.</summary>
public static class RunningMedian
{
    /// <summary>Makes the bins.</summary>
    /// <param name="x">Values; pairs in which one is not finite are left out.</param>
    /// <param name="y">Values, as many.</param>
    /// <param name="mostBins">The number of bins when there are enough values.</param>
    /// <param name="leastCount">The smallest number of values in a bin.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static IReadOnlyList<MedianPoint> Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y, int mostBins = 20, int leastCount = 10)
    {
        if (x.Length != y.Length)
            throw new ArgumentException($"there are {x.Length} values of x and {y.Length} of y");
        List<(double X, double Y)> pairs = new(x.Length);
        for (int k = 0; k < x.Length; k++)
            if (double.IsFinite(x[k]) && double.IsFinite(y[k]))
                pairs.Add((x[k], y[k]));
        pairs.Sort((left, right) => left.X.CompareTo(right.X));
        int bins = Math.Min(mostBins, pairs.Count / leastCount);
        List<MedianPoint> points = [];
        for (int bin = 0; bin < bins; bin++)
        {
            int first = (int)((long)pairs.Count * bin / bins), end = (int)((long)pairs.Count * (bin + 1) / bins);
            double[] inside = [.. pairs[first..end].Select(pair => pair.Y).Order()];
            (double median, double low, double high) = Order.Median(inside);
            points.Add(new MedianPoint(
                Order.Quantile([.. pairs[first..end].Select(pair => pair.X)], 0.5),
                median, low, high, Order.Quantile(inside, 0.25), Order.Quantile(inside, 0.75), inside.Length));
        }
        return points;
    }
}
