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
    /// <param name="fraction">The share of the values taken for the tail, above 0 and at most 1.</param>
    /// <param name="seed">Of the bootstrap.</param>
    /// <returns>The fit; null if the tail has fewer than <see cref="LeastCount"/> values.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is out of range.</exception>
    public static PowerLawTail? Fit(ReadOnlySpan<double> values, double fraction, int seed = 1)
    {
        if (!(fraction > 0 && fraction <= 1))
            throw new ArgumentOutOfRangeException(nameof(fraction), fraction, "the tail's share is above 0 and at most 1");
        double[] sorted = Order.PositiveSorted(values);
        int k = (int)Math.Round(fraction * sorted.Length);
        if (k < LeastCount)
            return null;
        // Given x_k the values below it are independent draws from the power law: they are what is resampled.
        double largest = sorted[k - 1];
        double[] tail = sorted[..(k - 1)];
        double error = Bootstrap.StandardError(tail, resampled => Estimate(resampled, largest), seed);
        return new PowerLawTail(Estimate(tail, largest), error, largest, k, sorted.Length);
    }

    // E[n/Σ] = (beta+1) n/(n-1) for n draws.
    private static double Estimate(ReadOnlySpan<double> tail, double largest)
    {
        double sum = 0;
        foreach (double value in tail)
            sum += Math.Log(largest / value);
        return (tail.Length - 1) / sum - 1;
    }
}
