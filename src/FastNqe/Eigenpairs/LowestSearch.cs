namespace FastNqe;

/// <summary>One solve from beginning to end: probe the spectrum, choose the transform, search, verify.</summary>
internal sealed class LowestSearch(ISymmetricOperator hessian, EigenpairOptions options, ArpackInstance instance)
{
    private const int MostAttempts = 8;
    private const int MostPolishings = 4;

    // From a millionth of the spectrum's width to more than a thousand times that width.
    private const int MostShifts = 20;

    // In numbers: 380 MB. A basis that is too small for all Lanczos steps is compressed on the way, which costs some of them again.
    private const int LargestBasis = 48_000_000;

    private readonly CountedOperator _hessian = new(hessian, options.Cancellation);
    private int _steps;
    private int _restarts;
    private int _solves;

    /// <summary>The lowest pairs in the space orthogonal to the deflated one.</summary>
    public EigenpairSet Run(int count, Deflation deflation, ulong seed)
    {
        double[] start = StartVector.Create(_hessian.Size, seed, deflation);
        // Enough eigenvalues below the damped interval that the wanted ones are well outside it.
        double below = 20 + 1.4 * count;
        SpectrumProbe probe = SpectrumProbe.Run(_hessian, deflation, start, below);
        if (probe.IsMultipleOfIdentity)
            return OfIdentity(count, deflation, seed, probe);
        return options.Method switch
        {
            EigenpairMethod.Plain => Plain(count, deflation, start, probe),
            EigenpairMethod.ShiftInvert => ShiftInvert(count, deflation, start, probe),
            _ => Filtered(count, deflation, start, probe, below),
        };
    }

    /// <summary>
    /// Looks in the space orthogonal to the pairs found for lower ones, until there are none: a Lanczos process has one vector in
    /// each eigenspace, and never sees the rest of it. Pairs that did not converge are returned as they are.
    /// </summary>
    public EigenpairSet Complete(EigenpairSet found)
    {
        if (!found.Converged)
            return found;
        bool converged = true;
        List<Eigenpair> pairs = [.. found.Pairs];
        for (ulong trial = 1; converged && pairs.Count < _hessian.Size - _hessian.NullSpace.Rank; trial++)
        {
            Deflation deflation = Deflation.Of([.. pairs.Select(pair => pair.Vector)], _hessian.NullSpace);
            EigenpairSet more = Run(1, deflation, options.Seed + trial);
            converged = more.Converged;
            if (more.Pairs.Length == 0 || more.Pairs[0].Stiffness > pairs.Order(ByStiffness).ElementAt(found.Pairs.Length - 1).Stiffness)
                break;
            pairs.Add(more.Pairs[0]);
        }
        pairs.Sort(ByStiffness);
        return found with
        {
            Pairs = [.. pairs.Take(found.Pairs.Length)],
            Converged = converged,
            Applications = _hessian.Applications + _solves,
            LanczosSteps = _steps,
            Restarts = _restarts,
        };
    }

    /// <summary>Pairs with their signs fixed.</summary>
    public static Eigenpair[] Pairs(double[] values, double[][] vectors, double[] residuals)
    {
        Eigenpair[] pairs = new Eigenpair[values.Length];
        for (int k = 0; k < pairs.Length; k++)
        {
            double largest = 0;
            foreach (double component in vectors[k])
                if (Math.Abs(component) > Math.Abs(largest))
                    largest = component;
            if (largest < 0)
                for (int l = 0; l < vectors[k].Length; l++)
                    vectors[k][l] = -vectors[k][l];
            pairs[k] = new() { Stiffness = values[k], Vector = vectors[k], Residual = residuals[k] };
        }
        return pairs;
    }

    private static Comparer<Eigenpair> ByStiffness { get; } = Comparer<Eigenpair>.Create((x, y) => x.Stiffness.CompareTo(y.Stiffness));

    // Any orthonormal vectors are eigenvectors, of zero where particles do not touch each other.
    private EigenpairSet OfIdentity(int count, Deflation deflation, ulong seed, SpectrumProbe probe)
    {
        double[][] vectors = [.. Enumerable.Range(0, count).Select(k => StartVector.Create(_hessian.Size, seed + (ulong)k, deflation))];
        (double[] values, double[] norms) = RayleighRitz.Solve(_hessian, deflation, vectors);
        EigenpairSet set = Result(count, values, vectors, new ResidualScale(Math.Abs(probe.Lowest)).Relative(values, norms));
        // Equal but for rounding, in any order.
        return set with { Pairs = [.. set.Pairs.Order(ByStiffness)] };
    }

    private EigenpairSet Filtered(int count, Deflation deflation, double[] start, SpectrumProbe probe, double below)
    {
        (double low, double high) = (probe.ValueBelowWhichAre(below), probe.Highest);
        int free = start.Length - deflation.Rank;
        int basisSize = (int)Math.Min(free, Math.Clamp(LargestBasis / start.Length, 2 * count + 10, 2 * count + 100));
        for (int attempt = 1; ; attempt++)
        {
            int degree = options.FilterDegree > 0 ? options.FilterDegree
                : Math.Max(2, (int)Math.Ceiling(Growth(count) / ChebyshevFilter.GrowthRate(probe.Beginning, low, high)));
            ChebyshevFilter filter = new(_hessian, deflation, low, high, degree);
            ResidualScale scale = new(Math.Max(Math.Abs(probe.Lowest), Math.Abs(high)));
            FilteredSearch search = new(_hessian, deflation, filter, count, scale, options);
            ArpackOutcome outcome = ArpackSolve.Run(instance, search, start, count, basisSize, search.TightestTolerance, MaxRestarts(basisSize, degree));
            _steps += outcome.Steps;
            _restarts += outcome.Restarts;
            (double[][] vectors, double[] values, double[] residuals) = search.Vectors is { } found
                ? (found, search.Values, search.Residuals)
                : Polish(outcome.Vectors, filter.Apply, deflation, scale);

            // A wanted eigenvalue in the damped interval, or an unwanted one above it, shows in the Ritz values of H.
            bool tooLow = search.BelowInterval >= 0 || (values.Length > 0 && values[^1] >= low && values[^1] <= high);
            bool tooHigh = values.Length > 0 && values[^1] > high;
            if (!(tooLow || tooHigh) || attempt == MostAttempts || _hessian.Applications >= options.MaxApplications)
                return Result(count, values, vectors, residuals) with { FilterDegree = degree, Damped = (low, high) };
            _restarts++;
            if (tooHigh)
            {
                high = values[^1] + 0.05 * (values[^1] - low);
            }
            else
            {
                int outside = search.BelowInterval >= 0 ? search.BelowInterval : count;
                double factor = Math.Max(1.6, (1.5 * count + 5) / (outside + 2));
                low = Math.Min(probe.Lowest + factor * (low - probe.Lowest), 0.5 * (low + high));
            }
        }
    }

    private EigenpairSet Plain(int count, Deflation deflation, double[] start, SpectrumProbe probe)
    {
        ResidualScale scale = new(Math.Max(Math.Abs(probe.Lowest), Math.Abs(probe.Highest)));
        PlainOperator plain = new(_hessian, deflation, scale.Largest);
        int basisSize = Math.Min(start.Length - deflation.Rank, Math.Max(2 * count + 20, 30));
        ArpackOutcome outcome = ArpackSolve.Run(instance, new TransformedSearch(plain), start, count, basisSize, 0.3 * options.Tolerance, MaxRestarts(basisSize, 1));
        _steps += outcome.Steps;
        _restarts += outcome.Restarts;
        (double[][] vectors, double[] values, double[] residuals) = Polish(outcome.Vectors, improve: null, deflation, scale);
        return Result(count, values, vectors, residuals);
    }

    private EigenpairSet ShiftInvert(int count, Deflation deflation, double[] start, SpectrumProbe probe)
    {
        if (hessian is not ISparseSymmetric sparse)
            throw new ArgumentException($"the method {nameof(EigenpairMethod.ShiftInvert)} needs an operator that has a matrix ({nameof(ISparseSymmetric)}); this one only applies it");
        SparseTriangle matrix = sparse.LowerTriangle();
        matrix.Validate(hessian.Size);
        ResidualScale scale = new(Math.Max(Math.Abs(probe.Lowest), Math.Abs(probe.Highest)));
        // The null space makes H singular, and off a minimum H has negative eigenvalues: shifted until it is positive definite.
        double shift = 1e-6 * scale.Largest + Math.Max(0, -1.2 * probe.Lowest);
        CholmodFactor? factor;
        for (int attempt = 1; (factor = CholmodFactor.TryCreate(CholmodLibrary.Default, matrix, shift)) is null; attempt++)
        {
            options.Cancellation.ThrowIfCancellationRequested();
            if (attempt == MostShifts)
                throw new ArithmeticException($"the operator's matrix is not positive definite with {shift} added to its diagonal, far more than its largest eigenvalue {scale.Largest}: an entry is not finite, or it is not the matrix that the operator applies");
            shift *= 3;
        }
        using (factor)
        {
            FactorisedInverse inverse = new(factor, deflation, options.Cancellation);
            int basisSize = Math.Min(start.Length - deflation.Rank, Math.Max(2 * count + 1, 20));
            ArpackOutcome outcome = ArpackSolve.Run(instance, new TransformedSearch(inverse), start, count, basisSize, 1e-3 * options.Tolerance, MaxRestarts(basisSize, 1));
            _steps += outcome.Steps;
            _restarts += outcome.Restarts;
            (double[][] vectors, double[] values, double[] residuals) = Polish(outcome.Vectors, inverse.Apply, deflation, scale);
            _solves += inverse.Solves;
            return Result(count, values, vectors, residuals);
        }
    }

    // m·acosh of the mapped lowest eigenvalue. A stronger filter needs fewer Lanczos steps and more products in all; steps cost the more
    // the larger the basis. Measured on glasses with 1 to 200 pairs; the optimum is flat.
    private static double Growth(int count) => 2.1 * (1 + count / 60.0);

    private int MaxRestarts(int basisSize, int degree) =>
        (int)Math.Clamp(2L * options.MaxApplications / ((long)basisSize * degree), 1, 1_000_000);

    // ARPACK's own stopping rule is about the transformed operator; if H's residuals are not there yet, the transform is applied to
    // the vectors once more: a step of subspace iteration.
    private (double[][] Vectors, double[] Values, double[] Residuals) Polish(double[][] vectors, Transformation? improve, Deflation deflation, ResidualScale scale)
    {
        if (vectors.Length == 0)
            return (vectors, [], []);
        for (int polishing = 0; ; polishing++)
        {
            (double[] values, double[] norms) = RayleighRitz.Solve(_hessian, deflation, vectors);
            double[] residuals = scale.Relative(values, norms);
            if (residuals.Max() <= options.Tolerance || improve is null || polishing == MostPolishings)
                return (vectors, values, residuals);
            double[] improved = new double[hessian.Size];
            foreach (double[] vector in vectors)
            {
                improve(vector, improved);
                improved.CopyTo(vector, 0);
            }
        }
    }

    private EigenpairSet Result(int count, double[] values, double[][] vectors, double[] residuals) => new()
    {
        Pairs = Pairs(values, vectors, residuals),
        Converged = residuals.Length == count && residuals.Max() <= options.Tolerance,
        Method = options.Method,
        Applications = _hessian.Applications + _solves,
        LanczosSteps = _steps,
        Restarts = _restarts,
    };

    private delegate void Transformation(ReadOnlySpan<double> x, Span<double> y);
}
