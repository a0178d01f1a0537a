namespace FastNqe;

/// <summary>
/// The cost along z + s·y: K(s) is a quadratic, X(s) a polynomial of degree m, both known from one sweep. Searching its minimum touches no pair.
/// </summary>
internal readonly ref struct LinePolynomials(ReadOnlySpan<double> k, ReadOnlySpan<double> x, int p, int q)
{
    private const int MaxSteps = 100;
    private readonly ReadOnlySpan<double> _k = k;
    private readonly ReadOnlySpan<double> _x = x;

    /// <summary>The nearest minimum at 0 &lt; s ≤ limit of a cost that falls at s = 0.</summary>
    /// <param name="trial">Where to look first.</param>
    /// <param name="limit">The largest s allowed.</param>
    /// <remarks>
    /// Where X (or K) changes sign the cost is infinite (or meaningless): such an s counts as beyond the minimum, so the search stays on the
    /// side of the pole on which the line starts.
    /// </remarks>
    public double NearestMinimum(double trial, double limit)
    {
        double low = 0, slopeLow = Slope(0), high = Math.Min(trial, limit), slopeHigh;
        for (int step = 0; (slopeHigh = Slope(high)) < 0; step++)
        {
            if (high >= limit || step > MaxSteps)
                return high;
            (low, slopeLow) = (high, slopeHigh);
            high = Math.Min(3 * high, limit);
        }
        // Illinois: false position that halves the weight of an end that stays, bisection where a slope is infinite.
        for (int step = 0; step < MaxSteps && high - low > 1e-14 * high; step++)
        {
            double s = double.IsFinite(slopeHigh) ? (low * slopeHigh - high * slopeLow) / (slopeHigh - slopeLow) : 0.5 * (low + high);
            if (!(s > low && s < high))
                s = 0.5 * (low + high);
            double slope = Slope(s);
            if (slope == 0)
                return s;
            if (slope < 0)
            {
                (low, slopeLow) = (s, slope);
                slopeHigh *= 0.5;
            }
            else
            {
                (high, slopeHigh) = (s, slope);
                slopeLow *= 0.5;
            }
        }
        return low > 0 ? low : 0.5 * (low + high);
    }

    /// <summary>K(s) and X(s).</summary>
    public (double K, double X) At(double s) => (Value(_k, s), Value(_x, s));

    // The derivative of the cost's logarithm; beyond a pole infinite.
    private double Slope(double s)
    {
        (double k, double x) = At(s);
        return k > 0 && x * _x[0] > 0 ? p * Derivative(_k, s) / k - q * Derivative(_x, s) / x : double.PositiveInfinity;
    }

    private static double Value(ReadOnlySpan<double> polynomial, double s)
    {
        double value = 0;
        for (int power = polynomial.Length - 1; power >= 0; power--)
            value = value * s + polynomial[power];
        return value;
    }

    private static double Derivative(ReadOnlySpan<double> polynomial, double s)
    {
        double value = 0;
        for (int power = polynomial.Length - 1; power > 0; power--)
            value = value * s + power * polynomial[power];
        return value;
    }
}
