namespace FastNqe;

/// <summary>All eigenpairs of a small dense symmetric matrix: Householder reduction to tridiagonal form, then implicit QL.</summary>
internal static class DenseSymmetricEigen
{
    /// <summary>Eigenvalues, ascending, and the matrix whose column k is eigenvector k.</summary>
    /// <param name="matrix">m by m, symmetric; the lower triangle is read. Overwritten.</param>
    public static (double[] Values, double[][] Rows) Solve(double[][] matrix)
    {
        int m = matrix.Length;
        double[] diagonal = new double[m];
        double[] below = new double[m];
        double[][] q = new double[m][];
        for (int i = 0; i < m; i++)
        {
            q[i] = new double[m];
            q[i][i] = 1;
            for (int j = 0; j < i; j++)
                matrix[j][i] = matrix[i][j];
        }
        double[] v = new double[m];
        double[] p = new double[m];
        // Reflection 1 - 2 v vT / |v|² brings column k to tridiagonal form; A ← A - v wT - w vT, Golub and Van Loan 8.3.1.
        for (int k = 0; k + 2 < m; k++)
        {
            double norm = 0;
            for (int i = k + 1; i < m; i++)
                norm += matrix[i][k] * matrix[i][k];
            norm = Math.Sqrt(norm);
            if (norm == 0)
                continue;
            Array.Clear(v);
            for (int i = k + 1; i < m; i++)
                v[i] = matrix[i][k];
            v[k + 1] += Math.CopySign(norm, v[k + 1]);
            double half = norm * Math.Abs(v[k + 1]);
            double projection = 0;
            for (int i = k; i < m; i++)
            {
                p[i] = Dot(matrix[i], v, k + 1) / half;
                projection += p[i] * v[i];
            }
            for (int i = k; i < m; i++)
                p[i] -= projection / (2 * half) * v[i];
            for (int i = k; i < m; i++)
                for (int j = k; j < m; j++)
                    matrix[i][j] -= v[i] * p[j] + p[i] * v[j];
            for (int i = 0; i < m; i++)
            {
                double overlap = Dot(q[i], v, k + 1) / half;
                for (int j = k + 1; j < m; j++)
                    q[i][j] -= overlap * v[j];
            }
        }
        for (int k = 0; k < m; k++)
        {
            diagonal[k] = matrix[k][k];
            below[k] = k == 0 ? 0 : matrix[k][k - 1];
        }
        TridiagonalEigen.Solve(diagonal, below, q);
        return (diagonal, q);
    }

    private static double Dot(double[] x, double[] y, int from)
    {
        double sum = 0;
        for (int i = from; i < x.Length; i++)
            sum += x[i] * y[i];
        return sum;
    }
}
