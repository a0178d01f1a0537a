namespace FastNqe.Ensembles;

/// <summary>
/// The distribution of the smallest of many independent values whose density grows as x^beta: p(x) ~ x^beta exp(-(x/s)^(beta+1)), a Weibull distribution of
/// shape beta + 1.
/// </summary>
/// <remarks>
/// The lowest of many soft modes in a glass is such a minimum: all its values, not only the smallest, then say what beta is, as long as the power law
/// holds over the whole range of the minima (glasses large enough), and as long as the modes are not phonons.
/// </remarks>
/// <param name="Exponent">beta.</param>
/// <param name="Error">Its standard error.</param>
/// <param name="Scale">s.</param>
/// <param name="Distance">The Kolmogorov-Smirnov distance to the data: above about 1/√Count the fit is not the data's law.</param>
/// <param name="Count">How many values were used.</param>
public sealed record Weibull(double Exponent, double Error, double Scale, double Distance, int Count)
{
    /// <summary>The fitted density.</summary>
    public double Density(double x) => (Exponent + 1) / Scale * Math.Pow(x / Scale, Exponent) * Math.Exp(-Math.Pow(x / Scale, Exponent + 1));

    /// <summary>Maximum likelihood over all values; errors by bootstrap.</summary>
    /// <param name="values">Positive values in any order; others are left out.</param>
    /// <param name="seed">Of the bootstrap.</param>
    /// <returns>The fit; null for fewer than <see cref="PowerLawTail.LeastCount"/> values.</returns>
    public static Weibull? Fit(ReadOnlySpan<double> values, int seed = 1)
    {
        double[] sorted = Order.PositiveSorted(values);
        if (sorted.Length < PowerLawTail.LeastCount)
            return null;
        double[] logarithms = [.. sorted.Select(value => Math.Log(value))];
        (double shape, double scale) = Estimate(logarithms);
        double error = Bootstrap.StandardError<double>(logarithms, resampled => Estimate(resampled).Shape, seed);
        double distance = 0;
        for (int k = 0; k < sorted.Length; k++)
        {
            double cumulative = -double.ExpM1(-Math.Pow(sorted[k] / scale, shape));
            distance = Math.Max(distance, Math.Max(cumulative - (double)k / sorted.Length, (k + 1.0) / sorted.Length - cumulative));
        }
        return new Weibull(shape - 1, error, scale, distance, sorted.Length);
    }

    // The likelihood's maximum in the scale is s^m = <x^m>; what is left, Σ x^m ln x/Σ x^m - 1/m - <ln x> = 0, grows with m: Newton, kept positive.
    private static (double Shape, double Scale) Estimate(ReadOnlySpan<double> logarithms)
    {
        double mean = 0, square = 0, largest = double.NegativeInfinity;
        foreach (double x in logarithms)
        {
            mean += x;
            square += x * x;
            largest = Math.Max(largest, x);
        }
        mean /= logarithms.Length;
        double spread = Math.Sqrt(Math.Max(square / logarithms.Length - mean * mean, 1e-300));
        double m = Math.PI / (Math.Sqrt(6) * spread);
        for (int iteration = 0; iteration < 100; iteration++)
        {
            (double s0, double s1, double s2) = Moments(logarithms, m, largest);
            double value = s1 / s0 - 1 / m - mean;
            double slope = (s2 * s0 - s1 * s1) / (s0 * s0) + 1 / (m * m);
            double next = Math.Max(m - value / slope, 0.2 * m);
            bool settled = Math.Abs(next - m) < 1e-12 * m;
            m = next;
            if (settled)
                break;
        }
        double sum = Moments(logarithms, m, largest).S0;
        return (m, Math.Exp(largest + Math.Log(sum / logarithms.Length) / m));
    }

    // Σ x^m, Σ x^m ln x, Σ x^m ln² x, in units of the largest x^m so that nothing overflows.
    private static (double S0, double S1, double S2) Moments(ReadOnlySpan<double> logarithms, double m, double largest)
    {
        double s0 = 0, s1 = 0, s2 = 0;
        foreach (double x in logarithms)
        {
            double power = Math.Exp(m * (x - largest));
            s0 += power;
            s1 += power * x;
            s2 += power * x * x;
        }
        return (s0, s1, s2);
    }
}
