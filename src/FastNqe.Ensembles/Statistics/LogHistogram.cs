namespace FastNqe.Ensembles;

/// <summary>A bin of a histogram with equal bins in the logarithm.</summary>
/// <param name="Low">Lower edge.</param>
/// <param name="High">Upper edge.</param>
/// <param name="Count">Values in the bin.</param>
/// <param name="Density">Count/(total · width).</param>
/// <param name="Error">The density's standard error from counting, √Count/(total · width).</param>
public readonly record struct HistogramBin(double Low, double High, int Count, double Density, double Error)
{
    /// <summary>The geometric middle.</summary>
    public double Middle => Math.Sqrt(Low * High);
}

/// <summary>Histograms with equal bins in the logarithm, as densities and as counts in the plane.</summary>
public static class LogHistogram
{
    /// <summary>The density of positive values.</summary>
    /// <param name="values">Values; those that are not positive and finite are left out.</param>
    /// <param name="binsPerDecade">The number of bins in a factor of ten.</param>
    public static IReadOnlyList<HistogramBin> Density(ReadOnlySpan<double> values, double binsPerDecade = 12)
    {
        double[] sorted = Order.PositiveSorted(values);
        if (sorted.Length == 0)
            return [];
        int first = Bin(sorted[0], binsPerDecade), last = Bin(sorted[^1], binsPerDecade);
        int[] counts = new int[last - first + 1];
        foreach (double value in sorted)
            counts[Math.Clamp(Bin(value, binsPerDecade) - first, 0, counts.Length - 1)]++;
        List<HistogramBin> bins = [];
        for (int k = 0; k < counts.Length; k++)
        {
            double low = Math.Pow(10, (first + k) / binsPerDecade), high = Math.Pow(10, (first + k + 1) / binsPerDecade);
            double weight = sorted.Length * (high - low);
            bins.Add(new HistogramBin(low, high, counts[k], counts[k] / weight, Math.Sqrt(counts[k]) / weight));
        }
        return bins;
    }

    /// <summary>Counts of pairs of positive values.</summary>
    /// <param name="x">Values.</param>
    /// <param name="y">Values, as many; pairs that are not positive and finite are left out.</param>
    /// <param name="binsX">Bins between the smallest and the largest x.</param>
    /// <param name="binsY">Bins between the smallest and the largest y.</param>
    /// <returns>The counts; null if no pair is left.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static PlaneHistogram? Plane(ReadOnlySpan<double> x, ReadOnlySpan<double> y, int binsX = 60, int binsY = 45)
    {
        if (x.Length != y.Length)
            throw new ArgumentException($"there are {x.Length} values of x and {y.Length} of y");
        List<(double X, double Y)> points = new(x.Length);
        for (int k = 0; k < x.Length; k++)
            if (x[k] > 0 && y[k] > 0 && double.IsFinite(x[k]) && double.IsFinite(y[k]))
                points.Add((Math.Log10(x[k]), Math.Log10(y[k])));
        if (points.Count == 0)
            return null;
        (double left, double right) = Range(points.Select(point => point.X));
        (double bottom, double top) = Range(points.Select(point => point.Y));
        int[,] counts = new int[binsX, binsY];
        foreach ((double px, double py) in points)
            counts[Place(px, left, right, binsX), Place(py, bottom, top, binsY)]++;
        return new PlaneHistogram(left, right, bottom, top, counts);
    }

    private static int Bin(double value, double binsPerDecade) => (int)Math.Floor(Math.Log10(value) * binsPerDecade);

    private static int Place(double value, double low, double high, int bins) => Math.Clamp((int)((value - low) / (high - low) * bins), 0, bins - 1);

    // A single value still gets a range.
    private static (double Low, double High) Range(IEnumerable<double> logarithms)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (double value in logarithms)
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        return high - low < 1e-6 ? (low - 0.5, high + 0.5) : (low, high);
    }
}

/// <summary>Counts in a plane with logarithmic axes.</summary>
/// <param name="Left">log10 of the smallest x.</param>
/// <param name="Right">log10 of the largest x.</param>
/// <param name="Bottom">log10 of the smallest y.</param>
/// <param name="Top">log10 of the largest y.</param>
/// <param name="Counts">Counts[i, j] for the i-th bin in x and the j-th in y.</param>
public sealed record PlaneHistogram(double Left, double Right, double Bottom, double Top, int[,] Counts)
{
    /// <summary>The number of values.</summary>
    public int Total
    {
        get
        {
            int total = 0;
            foreach (int count in Counts)
                total += count;
            return total;
        }
    }
}
