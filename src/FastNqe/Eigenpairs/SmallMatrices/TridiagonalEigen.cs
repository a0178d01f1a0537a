namespace FastNqe;

/// <summary>Eigenvalues of a symmetric tridiagonal matrix, with any rows of its eigenvectors: the implicit QL algorithm.</summary>
/// <remarks>Dubrulle, Martin, Wilkinson, Numer. Math. 12, 377 (1968), in the form of EISPACK's imtql2.</remarks>
internal static class TridiagonalEigen
{
    /// <summary>Solves in place; eigenvalues ascend on return.</summary>
    /// <param name="diagonal">m numbers; the eigenvalues on return.</param>
    /// <param name="below">m numbers: element k is the entry (k, k - 1), element 0 is ignored. Overwritten.</param>
    /// <param name="rows">
    /// Rows of m numbers each, to which the transformation is applied from the right: a row of the unit matrix on entry is the
    /// same row of the matrix of eigenvectors on return.
    /// </param>
    /// <exception cref="ArithmeticException">The matrix holds NaN or infinity.</exception>
    public static void Solve(Span<double> diagonal, Span<double> below, params ReadOnlySpan<double[]> rows)
    {
        int m = diagonal.Length;
        for (int k = 1; k < m; k++)
            below[k - 1] = below[k];
        below[m - 1] = 0;
        for (int l = 0; l < m; l++)
        {
            for (int sweep = 0; ; sweep++)
            {
                int split = l;
                while (split < m - 1 && Math.Abs(below[split]) > double.Epsilon + 1.1e-16 * (Math.Abs(diagonal[split]) + Math.Abs(diagonal[split + 1])))
                    split++;
                if (split == l)
                    break;
                if (sweep == 60)
                    throw new ArithmeticException($"eigenvalue {l} of a tridiagonal matrix of order {m} does not settle; its entries may not be finite");
                Rotate(diagonal, below, rows, l, split);
            }
        }
        Sort(diagonal, rows);
    }

    private static void Rotate(Span<double> diagonal, Span<double> below, ReadOnlySpan<double[]> rows, int l, int split)
    {
        double g = (diagonal[l + 1] - diagonal[l]) / (2 * below[l]);
        double r = Hypotenuse(g, 1);
        g = diagonal[split] - diagonal[l] + below[l] / (g + Math.CopySign(r, g));
        (double s, double c, double p) = (1, 1, 0);
        for (int i = split - 1; i >= l; i--)
        {
            double f = s * below[i];
            double b = c * below[i];
            r = Hypotenuse(f, g);
            below[i + 1] = r;
            if (r == 0)
            {
                diagonal[i + 1] -= p;
                below[split] = 0;
                return;
            }
            s = f / r;
            c = g / r;
            g = diagonal[i + 1] - p;
            r = (diagonal[i] - g) * s + 2 * c * b;
            p = s * r;
            diagonal[i + 1] = g + p;
            g = c * r - b;
            foreach (double[] row in rows)
                (row[i + 1], row[i]) = (s * row[i] + c * row[i + 1], c * row[i] - s * row[i + 1]);
        }
        diagonal[l] -= p;
        below[l] = g;
        below[split] = 0;
    }

    private static void Sort(Span<double> values, ReadOnlySpan<double[]> rows)
    {
        int[] order = new int[values.Length];
        for (int k = 0; k < order.Length; k++)
            order[k] = k;
        values.Sort(order);
        double[] copy = new double[values.Length];
        foreach (double[] row in rows)
        {
            row.AsSpan(0, copy.Length).CopyTo(copy);
            for (int k = 0; k < copy.Length; k++)
                row[k] = copy[order[k]];
        }
    }

    private static double Hypotenuse(double x, double y) => Math.Sqrt(x * x + y * y);
}
