namespace FastNqe;

/// <summary>The best approximate eigenpairs of H in the span of given vectors, with their true residuals.</summary>
internal static class RayleighRitz
{
    // Numbers of a field treated at a time, so that the same part of every vector stays in cache.
    private const int Block = 512;

    /// <summary>Turns the vectors, in place, into Ritz vectors in ascending order; returns values and |H·u - theta u|.</summary>
    /// <param name="hessian">H.</param>
    /// <param name="deflation">Projected out of the vectors first.</param>
    /// <param name="vectors">Linearly independent vectors; orthonormal on return.</param>
    public static (double[] Values, double[] ResidualNorms) Solve(ISymmetricOperator hessian, Deflation deflation, double[][] vectors)
    {
        Orthonormalise(deflation, vectors);
        int m = vectors.Length;
        double[] product = new double[hessian.Size];
        if (m > 1)
        {
            double[][] projected = new double[m][];
            for (int k = 0; k < m; k++)
            {
                hessian.Apply(vectors[k], product);
                projected[k] = new double[m];
                for (int l = 0; l <= k; l++)
                    projected[k][l] = SpanAlgebra.Dot(vectors[l], product);
            }
            Combine(vectors, DenseSymmetricEigen.Solve(projected).Rows, vectors);
        }
        double[] values = new double[m];
        double[] norms = new double[m];
        for (int k = 0; k < m; k++)
        {
            hessian.Apply(vectors[k], product);
            values[k] = SpanAlgebra.Dot(vectors[k], product);
            SpanAlgebra.Add(-values[k], vectors[k], product);
            norms[k] = SpanAlgebra.Norm(product);
        }
        return (values, norms);
    }

    /// <summary>results[k] ← Σ_l basis[l]·rows[l][k]; results may be the basis itself.</summary>
    public static void Combine(double[][] basis, double[][] rows, double[][] results)
    {
        int size = basis[0].Length;
        double[] sums = new double[results.Length * Block];
        for (int start = 0; start < size; start += Block)
        {
            int length = Math.Min(Block, size - start);
            Array.Clear(sums);
            for (int k = 0; k < results.Length; k++)
                for (int l = 0; l < basis.Length; l++)
                    SpanAlgebra.Add(rows[l][k], basis[l].AsSpan(start, length), sums.AsSpan(k * Block, length));
            for (int k = 0; k < results.Length; k++)
                sums.AsSpan(k * Block, length).CopyTo(results[k].AsSpan(start, length));
        }
    }

    // Gram-Schmidt, twice: enough for vectors that are nearly orthonormal to begin with.
    private static void Orthonormalise(Deflation deflation, double[][] vectors)
    {
        for (int k = 0; k < vectors.Length; k++)
        {
            for (int pass = 0; pass < 2; pass++)
            {
                deflation.Project(vectors[k]);
                for (int l = 0; l < k; l++)
                    SpanAlgebra.Add(-SpanAlgebra.Dot(vectors[l], vectors[k]), vectors[l], vectors[k]);
                SpanAlgebra.Normalise(vectors[k]);
            }
        }
    }
}
