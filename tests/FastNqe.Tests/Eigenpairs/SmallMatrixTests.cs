namespace FastNqe.Tests;

public sealed class SmallMatrixTests
{
    [Test]
    public void Tridiagonal_eigenvalues_and_rows_are_those_of_jacobi([Values(1, 2, 3, 10, 60)] int size, [Values(1, 2, 3)] int seed)
    {
        Random random = new(seed);
        double[] diagonal = [.. Enumerable.Range(0, size).Select(_ => random.NextDouble() * Math.Pow(10, random.Next(-3, 4)))];
        double[] below = [.. Enumerable.Range(0, size).Select(k => seed == 2 && k % 4 == 0 ? 0 : random.NextDouble() - 0.5)];
        double[,] dense = new double[size, size];
        for (int k = 0; k < size; k++)
        {
            dense[k, k] = diagonal[k];
            if (k > 0)
                dense[k, k - 1] = dense[k - 1, k] = below[k];
        }
        (double[] values, double[][] vectors) = JacobiEigen.Solve(dense);
        double[] first = new double[size], last = new double[size];
        first[0] = 1;
        last[^1] = 1;

        TridiagonalEigen.Solve(diagonal, below, first, last);

        for (int k = 0; k < size; k++)
        {
            Assert.That(diagonal[k], Is.EqualTo(values[k]).Within(1e-13 * Math.Abs(values[^1])));
            Assert.That(first[k] * last[k], Is.EqualTo(vectors[k][0] * vectors[k][^1]).Within(1e-9));
        }
    }

    [Test]
    public void Dense_eigenpairs_satisfy_their_definition([Values(1, 2, 3, 7, 40)] int size)
    {
        Random random = new(size);
        double[][] matrix = [.. Enumerable.Range(0, size).Select(_ => new double[size])];
        for (int i = 0; i < size; i++)
            for (int j = 0; j <= i; j++)
                matrix[i][j] = matrix[j][i] = random.NextDouble() - 0.5;
        double[][] copy = [.. matrix.Select(row => (double[])row.Clone())];

        (double[] values, double[][] rows) = DenseSymmetricEigen.Solve(matrix);

        Assert.That(values, Is.Ordered);
        for (int k = 0; k < size; k++)
        {
            double[] vector = [.. rows.Select(row => row[k])];
            Assert.That(NaiveGlass.Dot(vector, vector), Is.EqualTo(1).Within(1e-13));
            for (int i = 0; i < size; i++)
                Assert.That(NaiveGlass.Dot(copy[i], vector), Is.EqualTo(values[k] * vector[i]).Within(1e-13));
        }
    }
}
