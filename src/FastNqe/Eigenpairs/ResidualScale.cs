namespace FastNqe;

/// <summary>What a residual is relative to: the eigenvalue, but no less than a ten-thousandth of the largest one.</summary>
/// <param name="largest">The largest eigenvalue's magnitude, or a bound of it.</param>
internal readonly struct ResidualScale(double largest)
{
    public double Largest => largest;

    public double Of(double eigenvalue) => Math.Max(Math.Abs(eigenvalue), 1e-4 * largest);

    public double[] Relative(double[] values, double[] norms)
    {
        double[] relative = new double[values.Length];
        for (int k = 0; k < relative.Length; k++)
            relative[k] = largest > 0 ? norms[k] / Of(values[k]) : norms[k];
        return relative;
    }
}
