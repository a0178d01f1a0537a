namespace FastNqe.Tests;

/// <summary>What every set of eigenpairs has to be, checked from the definition.</summary>
internal static class PairAssert
{
    /// <summary>Converged, ascending, orthonormal, free of the null space, with the residuals that it states.</summary>
    public static void IsSound(EigenpairSet set, ISymmetricOperator hessian, int count, double largest)
    {
        Assert.That(set.Converged);
        Assert.That(set.Pairs, Has.Length.EqualTo(count));
        Assert.That(set.Pairs.Select(pair => pair.Stiffness), Is.Ordered);
        double[] product = new double[hessian.Size];
        for (int k = 0; k < count; k++)
        {
            Eigenpair pair = set.Pairs[k];
            hessian.Apply(pair.Vector, product);
            double square = 0;
            for (int i = 0; i < product.Length; i++)
                square += Math.Pow(product[i] - pair.Stiffness * pair.Vector[i], 2);
            double residual = Math.Sqrt(square) / Math.Max(Math.Abs(pair.Stiffness), 1e-4 * largest);
            Assert.That(residual, Is.LessThan(1.1e-9), $"residual of pair {k}");
            Assert.That(residual, Is.EqualTo(pair.Residual).Within(0.05).Percent.Or.EqualTo(pair.Residual).Within(2e-11), $"stated residual of pair {k}");
            double[] projected = [.. pair.Vector];
            hessian.NullSpace.Project(projected);
            Assert.That(NaiveGlass.Dot(projected, projected), Is.EqualTo(1).Within(1e-12), $"pair {k} outside the null space");
            for (int l = 0; l <= k; l++)
                Assert.That(NaiveGlass.Dot(pair.Vector, set.Pairs[l].Vector), Is.EqualTo(k == l ? 1 : 0).Within(1e-11), $"pairs {k} and {l}");
            Assert.That(pair.Vector.MaxBy(Math.Abs), Is.Positive, $"sign of pair {k}");
        }
    }

    /// <summary>The eigenvalues of a set against known ones.</summary>
    public static void HasValues(EigenpairSet set, IEnumerable<double> expected, double tolerance)
    {
        double[] values = [.. expected.Take(set.Pairs.Length)];
        for (int k = 0; k < values.Length; k++)
            Assert.That(set.Pairs[k].Stiffness, Is.EqualTo(values[k]).Within(tolerance), $"eigenvalue {k}");
    }
}
