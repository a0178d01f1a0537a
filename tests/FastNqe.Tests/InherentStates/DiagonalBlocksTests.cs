using FastNqe.Contractions;

namespace FastNqe.Tests;

/// <summary>The preconditioner against blocks summed pair by pair.</summary>
public sealed class DiagonalBlocksTests
{
    [TestCaseSource(typeof(TestGlasses), nameof(TestGlasses.Names))]
    public void What_is_solved_for_is_the_field_again_and_blocks_that_are_not_positive_are_the_identity(string name)
    {
        (Configuration configuration, PairPotential potential) = TestGlasses.Named(name);
        int d = configuration.Dimension, identities = 0;
        double[] z = TestGlasses.Field(configuration, 1);
        double[][] solutions = [.. from width in Widths.Supported
                                   from storage in (PairStorage[])[PairStorage.Columns, PairStorage.Reduced, PairStorage.List]
                                   select Solved(new PairTable(configuration, potential, storage, width), z)];
        foreach (double[] other in solutions)
            Assert.That(other, Is.EqualTo(solutions[0]), "at every width and storage");
        double[][,] blocks = Blocks(configuration, potential);
        for (int particle = 0; particle < blocks.Length; particle++)
        {
            Span<double> x = solutions[0].AsSpan(particle * d, d), rhs = z.AsSpan(particle * d, d);
            bool isPositive = IsPositive(blocks[particle]);
            identities += isPositive ? 0 : 1;
            for (int a = 0; a < d; a++)
            {
                double product = isPositive ? 0 : x[a], size = 1e-3;
                for (int b = 0; b < d && isPositive; b++)
                {
                    product += blocks[particle][a, b] * x[b];
                    size += Math.Abs(blocks[particle][a, b] * x[b]);
                }
                Assert.That(product, Is.EqualTo(rhs[a]).Within(1e-10 * size), $"particle {particle}");
            }
        }
        if (name == "3D clusters")
            Assert.That(identities, Is.InRange(1, blocks.Length - 1), "particles without neighbours");
    }

    private static double[] Solved(PairTable table, double[] z)
    {
        RowField field = table.Order.NewField();
        table.Order.Scatter(z, field);
        new DiagonalBlocks(table).Solve(field, field);
        double[] solved = new double[z.Length];
        table.Order.Gather(field, solved);
        return solved;
    }

    private static double[][,] Blocks(Configuration configuration, PairPotential potential)
    {
        int d = configuration.Dimension;
        double[][,] blocks = [.. Enumerable.Range(0, configuration.ParticleCount).Select(_ => new double[d, d])];
        foreach ((int i, int j, double[] x, PairDerivatives f) in new NaiveGlass(configuration, potential).Pairs)
            foreach (int particle in (int[])[i, j])
                for (int a = 0; a < d; a++)
                    for (int b = 0; b < d; b++)
                        blocks[particle][a, b] += 4 * f.F2 * x[a] * x[b] + (a == b ? 2 * f.F1 : 0);
        return blocks;
    }

    // Whether a Cholesky decomposition exists.
    private static bool IsPositive(double[,] block)
    {
        int d = block.GetLength(0);
        double[,] rest = (double[,])block.Clone();
        for (int pivot = 0; pivot < d; pivot++)
        {
            if (!(rest[pivot, pivot] > 0))
                return false;
            for (int a = pivot + 1; a < d; a++)
                for (int b = pivot + 1; b < d; b++)
                    rest[a, b] -= rest[a, pivot] * rest[pivot, b] / rest[pivot, pivot];
        }
        return true;
    }
}
