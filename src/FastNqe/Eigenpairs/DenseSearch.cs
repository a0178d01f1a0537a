namespace FastNqe;

/// <summary>All eigenpairs of a small operator from its dense matrix, where a Lanczos basis would fill the whole space.</summary>
internal static class DenseSearch
{
    /// <summary>The number of unknowns up to which this is the way.</summary>
    public static int Limit(int count) => Math.Max(96, 2 * count);

    public static EigenpairSet Run(ISymmetricOperator hessian, int count, EigenpairOptions options)
    {
        CountedOperator counted = new(hessian, options.Cancellation);
        Deflation deflation = hessian.NullSpace;
        int n = hessian.Size;
        double[][] rows = new double[n][];
        double[] unit = new double[n];
        double norm = 0;
        for (int k = 0; k < n; k++)
        {
            Array.Clear(unit);
            unit[k] = 1;
            deflation.Project(unit);
            rows[k] = new double[n];
            counted.Apply(unit, rows[k]);
            deflation.Project(rows[k]);
            double rowSum = 0;
            foreach (double entry in rows[k])
                rowSum += Math.Abs(entry);
            norm = Math.Max(norm, rowSum);
        }
        if (!double.IsFinite(norm))
            throw new ArithmeticException("the operator returned a number that is not finite");
        // The deflated subspace goes above everything else: + 2 norm (1 - P), or 1 - P where H is zero.
        double above = norm > 0 ? 2 * norm : 1;
        for (int k = 0; k < n; k++)
        {
            Array.Clear(unit);
            unit[k] = 1;
            deflation.Project(unit);
            for (int l = 0; l < n; l++)
                rows[k][l] += above * ((k == l ? 1 : 0) - unit[l]);
        }
        double[][] eigenvectors = DenseSymmetricEigen.Solve(rows).Rows;
        double[][] lowest = new double[count][];
        for (int k = 0; k < count; k++)
        {
            lowest[k] = new double[n];
            for (int l = 0; l < n; l++)
                lowest[k][l] = eigenvectors[l][k];
        }
        (double[] values, double[] norms) = RayleighRitz.Solve(counted, deflation, lowest);
        double[] residuals = new ResidualScale(norm).Relative(values, norms);
        return new()
        {
            Pairs = LowestSearch.Pairs(values, lowest, residuals),
            Converged = residuals.Max() <= options.Tolerance,
            Method = options.Method,
            Applications = counted.Applications,
            LanczosSteps = 0,
            Restarts = 0,
        };
    }
}
