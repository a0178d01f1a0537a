namespace FastNqe.Ensembles;

/// <summary>y = A x^p through points with errors.</summary>
/// <param name="Exponent">p.</param>
/// <param name="Error">Its standard error, from the points' errors; NaN for two points without errors.</param>
/// <param name="Prefactor">A.</param>
public sealed record ScalingFit(double Exponent, double Error, double Prefactor)
{
    /// <summary>Weighted least squares in the logarithms.</summary>
    /// <param name="points">x, y and the standard error of y, all positive; points that are not are left out.</param>
    /// <returns>The fit; null for fewer than two different x.</returns>
    public static ScalingFit? Of(IEnumerable<(double X, double Y, double Error)> points)
    {
        double sum = 0, sumX = 0, sumY = 0, sumXX = 0, sumXY = 0;
        foreach ((double x, double y, double error) in points)
        {
            if (!(x > 0 && y > 0 && error > 0) || !double.IsFinite(y / error))
                continue;
            // The error of ln y is error/y.
            double weight = y / error * (y / error), lx = Math.Log(x), ly = Math.Log(y);
            sum += weight;
            sumX += weight * lx;
            sumY += weight * ly;
            sumXX += weight * lx * lx;
            sumXY += weight * lx * ly;
        }
        double determinant = sum * sumXX - sumX * sumX;
        if (!(determinant > 1e-12 * sum * sumXX))
            return null;
        double exponent = (sum * sumXY - sumX * sumY) / determinant;
        return new ScalingFit(exponent, Math.Sqrt(sum / determinant), Math.Exp((sumY - exponent * sumX) / sum));
    }
}
