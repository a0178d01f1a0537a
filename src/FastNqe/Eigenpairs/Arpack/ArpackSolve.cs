namespace FastNqe;

/// <summary>One solve with dsaupd and dseupd by reverse communication.</summary>
internal static unsafe class ArpackSolve
{
    /// <summary>Finds eigenvectors.</summary>
    /// <param name="instance">The library copy to work in; used by nobody else meanwhile.</param>
    /// <param name="problem">The operator and the watch over its basis.</param>
    /// <param name="start">The start vector.</param>
    /// <param name="wanted">How many pairs.</param>
    /// <param name="basisSize">The number of basis vectors at most: above <paramref name="wanted"/>, at most n.</param>
    /// <param name="tolerance">ARPACK's own: the estimated residual relative to the eigenvalue of the operator.</param>
    /// <param name="maxRestarts">After so many the solve ends with what it has.</param>
    /// <exception cref="ArgumentException">The Lanczos basis would be too large.</exception>
    /// <exception cref="ArithmeticException">The operator returned numbers that are not finite.</exception>
    /// <exception cref="ArpackException">ARPACK reports an error, or asks for data outside its arrays.</exception>
    public static ArpackOutcome Run(ArpackInstance instance, ArpackProblem problem, ReadOnlySpan<double> start, int wanted, int basisSize, double tolerance, int maxRestarts)
    {
        int n = start.Length;
        // A leading dimension that is a multiple of 4096 bytes would put every column into the same cache sets.
        int leading = (n + 7) / 8 * 8;
        if (leading % 512 == 0)
            leading += 8;
        // Spans over the basis count in 32 bits.
        if ((long)leading * basisSize > int.MaxValue)
            throw new ArgumentException($"{wanted} eigenpairs of {n} unknowns take a Lanczos basis of {basisSize} vectors, more than {int.MaxValue} numbers; expected fewer eigenpairs");
        int lworkl = basisSize * (basisSize + 8);
        nuint length = (nuint)leading * (nuint)basisSize;
        double* basis = instance.Workspace(length + 4 * (nuint)leading + (nuint)lworkl + 2 * (nuint)basisSize);
        double* residual = basis + length;
        double* workd = residual + leading;
        double* workl = workd + 3 * leading;
        double* eigenvalues = workl + lworkl;
        double* select = eigenvalues + basisSize;
        start.CopyTo(new Span<double>(residual, n));

        instance.Set(instance.Request, 0, 0);
        instance.Set(instance.Status, 0, 1);            // the start vector is given
        for (int k = 0; k < 11; k++)
            instance.Set(instance.Parameters, k, 0);
        instance.Set(instance.Parameters, 0, 1);        // exact shifts
        instance.Set(instance.Parameters, 2, maxRestarts);
        instance.Set(instance.Parameters, 3, 1);        // block size
        instance.Set(instance.Parameters, 6, 1);        // mode 1: A itself
        byte* which = stackalloc byte[2];
        problem.Wanted.CopyTo(new Span<byte>(which, 2));

        int steps = 0;
        while (true)
        {
            instance.Saupd(which, n, wanted, tolerance, residual, basisSize, basis, leading, workd, workl, lworkl);
            long request = instance.Get(instance.Request);
            if (request is not (1 or -1))
                break;
            if (request == -1 && steps > 0)
                instance.Tainted = true;
            if (request == 1 && steps > 0 && steps < basisSize)
            {
                long t = instance.Get(instance.Pointers, 4) - 1;
                if (t < 0 || t + 2 * basisSize > lworkl)
                    throw new ArpackException($"ARPACK keeps its tridiagonal matrix at {t + 1} of {lworkl} numbers: the library's state is corrupt");
                double norm = SpanAlgebra.Norm(new ReadOnlySpan<double>(residual, n));
                LanczosBasis factorisation = new(
                    steps, new(workl + t + basisSize, steps), new(workl + t, steps), norm, new(basis, checked(leading * steps)), n, leading);
                if (problem.Stop(in factorisation))
                    return new(steps, Restarts: 0, []);
            }
            (long from, long to) = (instance.Get(instance.Pointers, 0) - 1, instance.Get(instance.Pointers, 1) - 1);
            if (from < 0 || to < 0 || from + n > 3L * n || to + n > 3L * n || Math.Abs(from - to) < n)
                throw new ArpackException($"ARPACK asks for the product of numbers {from + 1}.. into {to + 1}.. of {3L * n}: the library's state is corrupt");
            Span<double> product = new(workd + to, n);
            problem.Apply(new ReadOnlySpan<double>(workd + from, n), product);
            // From here on NaN would only come to light in LAPACK, which prints a complaint and goes on.
            if (!double.IsFinite(SpanAlgebra.Dot(product, product)))
                throw new ArithmeticException("the operator returned numbers that are not finite, or too large to be squared");
            if (request == 1)
                steps++;
        }
        long status = instance.Get(instance.Status);
        // 1: the restarts are used up, 2: not used any more. Both leave what has converged.
        if (status is < 0 or > 2)
            throw ArpackException.FromStatus("dsaupd", (int)status);
        int restarts = (int)instance.Get(instance.Parameters, 2);
        int converged = (int)instance.Get(instance.Parameters, 4);
        if (converged == 0)
            return new(steps, restarts, []);

        instance.Set(instance.Status, 0, 0);
        instance.Seupd((byte*)select, eigenvalues, which, n, wanted, tolerance, residual, basisSize, basis, leading, workd, workl, lworkl);
        long extraction = instance.Get(instance.Status);
        if (extraction != 0)
            throw ArpackException.FromStatus("dseupd", (int)extraction);
        double[][] vectors = new double[Math.Min(converged, wanted)][];
        for (int k = 0; k < vectors.Length; k++)
            vectors[k] = new ReadOnlySpan<double>(basis + (nint)k * leading, n).ToArray();
        return new(steps, restarts, vectors);
    }
}

/// <summary>How a solve ended.</summary>
/// <param name="Steps">Lanczos steps, one product each.</param>
/// <param name="Restarts">Compressions of the basis.</param>
/// <param name="Vectors">The eigenvectors that converged; none if the problem stopped the solve.</param>
internal sealed record ArpackOutcome(int Steps, int Restarts, double[][] Vectors);
