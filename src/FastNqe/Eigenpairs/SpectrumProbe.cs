namespace FastNqe;

/// <summary>
/// What a few dozen plain Lanczos steps tell of a spectrum: an upper bound, and how many eigenvalues lie below a given value.
/// </summary>
/// <remarks>
/// The three-term recurrence without reorthogonalisation: only eigenvalues of T are used, not vectors. The squared first components of
/// T's eigenvectors are the weights of a Gauss quadrature for the density of states seen by the start vector, and a random
/// start vector sees all eigenvectors alike (Lin, Saad, Yang, SIAM Review 58, 34 (2016)).
/// </remarks>
internal sealed class SpectrumProbe
{
    private const int FewestSteps = 20;
    private const int MostSteps = 600;

    private readonly double[] _values;
    private readonly double[] _counts;

    private SpectrumProbe(double[] values, double[] counts, double highest)
    {
        _values = values;
        _counts = counts;
        Highest = highest;
    }

    /// <summary>Whether a random vector is an eigenvector, hence every vector is.</summary>
    public bool IsMultipleOfIdentity => _values.Length == 1;

    /// <summary>A safe upper bound of the spectrum: the largest Ritz value, its residual and one per cent.</summary>
    public double Highest { get; }

    /// <summary>The lowest Ritz value: an upper bound of the lowest eigenvalue.</summary>
    public double Lowest => _values[0];

    /// <summary>
    /// About where the spectrum begins: the lowest Ritz value, less what its distance from the next one tells of its error.
    /// </summary>
    public double Beginning => _values.Length == 1 ? _values[0] : _values[0] - 0.3 * (_values[1] - _values[0]);

    /// <summary>Lanczos steps until the quadrature resolves the lowest <paramref name="resolve"/> eigenvalues, or steps do not help any more.</summary>
    /// <param name="hessian">H.</param>
    /// <param name="deflation">The subspace that is kept out.</param>
    /// <param name="start">A random normalised vector without part in that subspace.</param>
    /// <param name="resolve">A number of eigenvalues.</param>
    /// <exception cref="ArithmeticException">The operator returned a number that is not finite.</exception>
    public static SpectrumProbe Run(ISymmetricOperator hessian, Deflation deflation, ReadOnlySpan<double> start, double resolve)
    {
        int most = Math.Min(MostSteps, start.Length - deflation.Rank);
        List<double> diagonal = [], below = [0];
        double[] previous = new double[start.Length];
        double[] current = start.ToArray();
        double[] next = new double[start.Length];
        int check = FewestSteps;
        while (true)
        {
            hessian.Apply(current, next);
            double alpha = SpanAlgebra.Dot(current, next);
            if (!double.IsFinite(alpha))
                throw new ArithmeticException("the operator returned a number that is not finite");
            SpanAlgebra.Add(-alpha, current, next);
            if (below.Count > 1)
                SpanAlgebra.Add(-below[^1], previous, next);
            deflation.Project(next);
            diagonal.Add(alpha);
            double beta = SpanAlgebra.Normalise(next);
            int steps = diagonal.Count;
            bool exhausted = steps >= most || !(beta > 1e-12 * Math.Abs(alpha) + double.Epsilon);
            if (exhausted || steps == check)
            {
                SpectrumProbe probe = Evaluate([.. diagonal], [.. below], exhausted && steps < most ? 0 : beta, start.Length - deflation.Rank);
                // Half the lowest weight is what the quadrature counts up to its lowest node.
                if (exhausted || probe._counts[0] <= resolve / 2)
                    return probe;
                check += Math.Max(4, check / 8);
            }
            below.Add(beta);
            (previous, current, next) = (current, next, previous);
        }
    }

    /// <summary>The value below which about that many eigenvalues lie, from the quadrature; always above the lowest Ritz value.</summary>
    public double ValueBelowWhichAre(double count)
    {
        int k = 1;
        while (k < _values.Length - 1 && _counts[k] < count)
            k++;
        if (_values.Length == 1)
            return Highest;
        double fraction = Math.Clamp((count - _counts[k - 1]) / (_counts[k] - _counts[k - 1]), 0.05, 1);
        return _values[k - 1] + fraction * (_values[k] - _values[k - 1]);
    }

    private static SpectrumProbe Evaluate(double[] values, double[] below, double lastBeta, int modes)
    {
        int m = values.Length;
        double[] first = new double[m];
        double[] last = new double[m];
        first[0] = 1;
        last[m - 1] = 1;
        TridiagonalEigen.Solve(values, below, first, last);
        double[] counts = new double[m];
        double whole = 0;
        for (int k = 0; k < m; k++)
        {
            double weight = modes * first[k] * first[k];
            counts[k] = whole + weight / 2;
            whole += weight;
        }
        double scale = Math.Max(Math.Abs(values[0]), Math.Abs(values[m - 1]));
        return new(values, counts, values[m - 1] + lastBeta * Math.Abs(last[m - 1]) + 0.01 * scale);
    }
}
