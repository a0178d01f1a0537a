namespace FastNqe.Ensembles;

/// <summary>Histograms with equal bins, for quantities that do not spread over decades.</summary>
public static class LinearHistogram
{
    private const int MostBins = 60;

    /// <summary>The density of values, in bins of the width of Freedman and Diaconis, 2·(interquartile range)/n^(1/3).</summary>
    /// <param name="values">Values; those that are not finite are left out.</param>
    /// <param name="low">Values below have no bin, but count in the norm.</param>
    /// <param name="high">Values above, likewise.</param>
    public static IReadOnlyList<HistogramBin> Density(ReadOnlySpan<double> values, double low = double.NegativeInfinity, double high = double.PositiveInfinity)
    {
        List<double> finite = new(values.Length);
        foreach (double value in values)
            if (double.IsFinite(value))
                finite.Add(value);
        double[] sorted = [.. finite.Where(value => value >= low && value <= high).Order()];
        if (sorted.Length == 0)
            return [];
        double spread = sorted[^1] - sorted[0], width = 2 * (Order.Quantile(sorted, 0.75) - Order.Quantile(sorted, 0.25)) / Math.Cbrt(sorted.Length);
        // Values that are all alike still get a bin.
        width = Math.Max(Math.Max(width, spread / MostBins), 1e-6 * Math.Max(Math.Abs(sorted[0]), 1e-300));
        int[] counts = new int[(int)(spread / width) + 1];
        foreach (double value in sorted)
            counts[(int)((value - sorted[0]) / width)]++;
        double weight = finite.Count * width;
        return [.. counts.Select((count, k) =>
            new HistogramBin(sorted[0] + k * width, sorted[0] + (k + 1) * width, count, count / weight, Math.Sqrt(count) / weight))];
    }
}
