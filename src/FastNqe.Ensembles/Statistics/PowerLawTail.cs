namespace FastNqe.Ensembles;

/// <summary>The exponent of a density p(x) ~ x^beta as x goes to 0, from the smallest values of a sample.</summary>
/// <param name="Exponent">beta.</param>
/// <param name="Error">Its standard error.</param>
/// <param name="Largest">The largest value that was used, the upper end of the power law.</param>
/// <param name="Count">How many values were used.</param>
/// <param name="Total">How many values there are.</param>
public sealed record PowerLawTail(double Exponent, double Error, double Largest, int Count, int Total)
{
    /// <summary>Fewer values than this say nothing about an exponent.</summary>
    public const int LeastCount = 20;

    /// <summary>The fitted density of all values, normalised to the tail's share of them; it says something from 0 to <see cref="Largest"/>.</summary>
    public double Density(double x) => (double)Count / Total * (Exponent + 1) / Largest * Math.Pow(x / Largest, Exponent);

    /// <summary>
    /// Maximum likelihood (the lower-tail form of Hill's estimator): for x below x_k, p = (beta+1) x^beta/x_k^(beta+1), so
    /// beta + 1 = (k-2)/Σ ln(x_k/x_i), with the k-1 smallest values and x_k the k-th; k-2 in place of k-1 removes the bias. Error by bootstrap.
    /// </summary>
    /// <param name="values">Positive values in any order; others are left out.</param>
    /// <param name="perGlass">So many values belong to one glass and are not independent: of n glasses each numbers k, k + n, k + 2n and so on.</param>
    /// <param name="fraction">The share of the values taken for the tail, above 0 and at most 1.</param>
    /// <param name="seed">Of the bootstrap.</param>
    /// <returns>The fit; null if the tail has fewer than <see cref="LeastCount"/> values.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is out of range.</exception>
    public static PowerLawTail? Fit(ReadOnlySpan<double> values, double fraction, int seed = 1, int perGlass = 1)
    {
        if (!(fraction > 0 && fraction <= 1))
            throw new ArgumentOutOfRangeException(nameof(fraction), fraction, "the tail's share is above 0 and at most 1");
        double[] sorted = Order.PositiveSorted(values);
        int k = (int)Math.Round(fraction * sorted.Length);
        if (k < LeastCount)
            return null;
        // Given x_k the values below it are draws from the power law: glasses with such values are what is resampled.
        double largest = sorted[k - 1];
        GlassTail[] tail = perGlass == 1 ? [.. sorted[..(k - 1)].Select(value => new GlassTail(1, Math.Log(largest / value)))] : Tails(values, perGlass, largest);
        double error = Bootstrap.StandardError<GlassTail>(tail, Estimate, seed);
        return new PowerLawTail(Estimate(tail), error, largest, k, sorted.Length);
    }

    // E[n/Σ] = (beta+1) n/(n-1) for n draws.
    private static double Estimate(ReadOnlySpan<GlassTail> tail)
    {
        int count = 0;
        double sum = 0;
        foreach (GlassTail glass in tail)
            (count, sum) = (count + glass.Count, sum + glass.Sum);
        return (count - 1) / sum - 1;
    }

    private static GlassTail[] Tails(ReadOnlySpan<double> values, int perGlass, double largest)
    {
        int glasses = values.Length / perGlass;
        List<GlassTail> tails = [];
        for (int glass = 0; glass < glasses; glass++)
        {
            GlassTail tail = default;
            for (int k = glass; k < values.Length; k += glasses)
                if (values[k] > 0 && values[k] < largest)
                    tail = new GlassTail(tail.Count + 1, tail.Sum + Math.Log(largest / values[k]));
            if (tail.Count > 0)
                tails.Add(tail);
        }
        return [.. tails];
    }

    // What a glass adds to the estimate: its values in the tail, and Σ ln(x_k/x) over them.
    private readonly record struct GlassTail(int Count, double Sum);
}
