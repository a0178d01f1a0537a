namespace FastNqe;

/// <summary>
/// Watches a Lanczos basis of the filtered operator and takes the lowest pairs of H from it as soon as they are there.
/// </summary>
internal sealed class FilteredSearch(CountedOperator hessian, Deflation deflation, ChebyshevFilter filter, int count, ResidualScale scale, EigenpairOptions options) : ArpackProblem
{
    // The estimated residual of a filtered pair bounds its part in the damped interval; H magnifies that part by less than the width of
    // the spectrum, in practice by a few times less. If the true residuals disagree, the factor is lowered.
    private double _eagerness = 6;
    private int _nextLook = count + 4;

    /// <summary>The Ritz vectors of H, once they passed or the applications are used up; null before.</summary>
    public double[][]? Vectors { get; private set; }

    /// <summary>The Ritz values that go with them.</summary>
    public double[] Values { get; private set; } = [];

    /// <summary>Their residuals.</summary>
    public double[] Residuals { get; private set; } = [];

    /// <summary>How many Ritz values lay clearly below the damped interval when too few did; -1 otherwise.</summary>
    public int BelowInterval { get; private set; } = -1;

    public override ReadOnlySpan<byte> Wanted => filter.Wanted;

    /// <summary>The smallest estimate that is ever needed: what ARPACK is told.</summary>
    public double TightestTolerance => options.Tolerance * scale.Of(0) / scale.Largest;

    public override void Apply(ReadOnlySpan<double> x, Span<double> y) => filter.Apply(x, y);

    public override bool Stop(in LanczosBasis basis)
    {
        int m = basis.Steps;
        if (hessian.Applications >= options.MaxApplications && m >= count)
        {
            (Vectors, Values, Residuals) = Extract(basis);
            return true;
        }
        if (m < _nextLook)
            return false;
        // Looking costs O(m²); a look at every sixteenth of the way is never felt.
        _nextLook = m + 1 + m / 16;
        double[] values = basis.Diagonal.ToArray();
        double[] last = new double[m];
        last[m - 1] = 1;
        TridiagonalEigen.Solve(values, basis.Below.ToArray(), last);

        if (m >= 2 * count + 40 && values[m - count] < 1.5)
        {
            BelowInterval = values.Count(value => value >= 1.5);
            return true;
        }
        if (!HaveSettled(values, last, basis.ResidualNorm))
            return false;

        (double[][] vectors, double[] ritz, double[] residuals) = Extract(basis);
        double excess = residuals.Max() / options.Tolerance;
        if (excess > 1)
        {
            _eagerness *= Math.Max(0.02, 0.7 / excess);
            return false;
        }
        (Vectors, Values, Residuals) = (vectors, ritz, residuals);
        return true;
    }

    private bool HaveSettled(double[] values, double[] last, double residualNorm)
    {
        int m = values.Length;
        for (int k = 0; k < count; k++)
        {
            double filtered = values[m - 1 - k];
            if (filtered < 1.5)
                return false;
            double wanted = options.Tolerance * scale.Of(filter.Inverse(filtered)) / scale.Largest;
            if (residualNorm * Math.Abs(last[m - 1 - k]) > _eagerness * wanted * filtered)
                return false;
        }
        // The pair after the last wanted one has to be known roughly: a lower one may still be on its way through its place.
        return m <= count || residualNorm * Math.Abs(last[m - 1 - count]) <= 1e-3 * Math.Abs(values[m - 1 - count]) + 1e-3;
    }

    private (double[][] Vectors, double[] Values, double[] Residuals) Extract(in LanczosBasis basis)
    {
        int m = basis.Steps;
        double[][] rows = new double[m][];
        for (int l = 0; l < m; l++)
        {
            rows[l] = new double[m];
            rows[l][l] = 1;
        }
        TridiagonalEigen.Solve(basis.Diagonal.ToArray(), basis.Below.ToArray(), rows);
        double[][] vectors = new double[count][];
        for (int k = 0; k < count; k++)
        {
            vectors[k] = new double[hessian.Size];
            for (int l = 0; l < m; l++)
                SpanAlgebra.Add(rows[l][m - 1 - k], basis.Vector(l), vectors[k]);
        }
        (double[] values, double[] norms) = RayleighRitz.Solve(hessian, deflation, vectors);
        return (vectors, values, scale.Relative(values, norms));
    }
}
