namespace FastNqe.Tests;

/// <summary>All eigenpairs of a dense symmetric matrix by cyclic Jacobi rotations: slow, simple, accurate; the reference for eigensolvers.</summary>
internal static class JacobiEigen
{
    /// <summary>Eigenvalues, ascending, and the eigenvector of each.</summary>
    public static (double[] Values, double[][] Vectors) Solve(double[,] symmetric)
    {
        int n = symmetric.GetLength(0);
        double[,] a = new double[n, n];
        double[,] v = new double[n, n];
        double scale = 0;
        for (int i = 0; i < n; i++)
        {
            v[i, i] = 1;
            for (int j = 0; j < n; j++)
            {
                a[i, j] = (symmetric[i, j] + symmetric[j, i]) / 2;
                scale += a[i, j] * a[i, j];
            }
        }
        for (int sweep = 0; OffDiagonal(a) > 1e-29 * scale; sweep++)
        {
            Assert.That(sweep, Is.LessThan(50), "Jacobi rotations do not settle");
            for (int p = 0; p < n; p++)
                for (int q = p + 1; q < n; q++)
                    Rotate(a, v, p, q);
        }
        int[] order = [.. Enumerable.Range(0, n).OrderBy(k => a[k, k])];
        return ([.. order.Select(k => a[k, k])], [.. order.Select(k => Enumerable.Range(0, n).Select(row => v[row, k]).ToArray())]);
    }

    private static void Rotate(double[,] a, double[,] v, int p, int q)
    {
        if (a[p, q] == 0)
            return;
        int n = a.GetLength(0);
        double theta = (a[q, q] - a[p, p]) / (2 * a[p, q]);
        double t = Math.CopySign(1, theta) / (Math.Abs(theta) + Math.Sqrt(theta * theta + 1));
        double c = 1 / Math.Sqrt(t * t + 1), s = t * c;
        for (int k = 0; k < n; k++)
            (a[k, p], a[k, q]) = (c * a[k, p] - s * a[k, q], s * a[k, p] + c * a[k, q]);
        for (int k = 0; k < n; k++)
        {
            (a[p, k], a[q, k]) = (c * a[p, k] - s * a[q, k], s * a[p, k] + c * a[q, k]);
            (v[k, p], v[k, q]) = (c * v[k, p] - s * v[k, q], s * v[k, p] + c * v[k, q]);
        }
    }

    private static double OffDiagonal(double[,] a)
    {
        double sum = 0;
        for (int p = 0; p < a.GetLength(0); p++)
            for (int q = 0; q < p; q++)
                sum += 2 * a[p, q] * a[p, q];
        return sum;
    }
}
