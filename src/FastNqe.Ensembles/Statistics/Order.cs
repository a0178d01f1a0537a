namespace FastNqe.Ensembles;

/// <summary>Order statistics.</summary>
internal static class Order
{
    /// <summary>The positive, finite values in ascending order.</summary>
    public static double[] PositiveSorted(ReadOnlySpan<double> values)
    {
        List<double> positive = new(values.Length);
        foreach (double value in values)
            if (value > 0 && double.IsFinite(value))
                positive.Add(value);
        positive.Sort();
        return [.. positive];
    }

    /// <summary>The quantile of sorted values, linear between them; NaN if there are none.</summary>
    public static double Quantile(ReadOnlySpan<double> sorted, double share)
    {
        if (sorted.IsEmpty)
            return double.NaN;
        double place = share * (sorted.Length - 1);
        int below = (int)place;
        return below + 1 < sorted.Length ? sorted[below] + (place - below) * (sorted[below + 1] - sorted[below]) : sorted[below];
    }

    /// <summary>
    /// The median of sorted values with its 68 % confidence interval, from the binomial distribution of the ranks: it needs no assumption about the
    /// values.
    /// </summary>
    public static (double Median, double Low, double High) Median(ReadOnlySpan<double> sorted)
    {
        double half = 0.5 / Math.Sqrt(Math.Max(1, sorted.Length));
        return (Quantile(sorted, 0.5), Quantile(sorted, Math.Max(0, 0.5 - half)), Quantile(sorted, Math.Min(1, 0.5 + half)));
    }
}
