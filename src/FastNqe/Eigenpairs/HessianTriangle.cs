using FastNqe.Contractions;

namespace FastNqe;

/// <summary>The Hessian as a sparse matrix, for methods that factorise it.</summary>
internal static class HessianTriangle
{
    /// <summary>The lower triangle: a d by d block for each pair, -(4 f2 x x^T + 2 f1), and minus their sum on the diagonal.</summary>
    public static SparseTriangle Of(InherentState glass)
    {
        int n = glass.ParticleCount, d = glass.Dimension;
        List<(int J, double[] Block)>[] lower = new List<(int, double[])>[n];
        double[][] diagonal = new double[n][];
        for (int i = 0; i < n; i++)
        {
            lower[i] = [];
            diagonal[i] = new double[d * d];
        }
        SlicedList list = glass.Pairs.List;
        ParticleOrder order = glass.Pairs.Order;
        for (int slot = 0; slot < n; slot++)
        {
            (int slice, int lane) = Math.DivRem(slot, SlicedList.SliceSize);
            for (int column = list.FirstColumn[slice]; column < list.FirstColumn[slice + 1]; column++)
            {
                int neighbour = list.Rows[column * SlicedList.SliceSize + lane] / order.RowWidth;
                if (neighbour == slot)
                    continue;
                (int i, int j) = (order.ParticleOf[slot], order.ParticleOf[neighbour]);
                double[] block = Block(glass, i, j);
                for (int k = 0; k < block.Length; k++)
                    diagonal[i][k] -= block[k];
                if (j < i)
                    lower[i].Add((j, block));
            }
        }

        int[] starts = new int[n * d + 1];
        List<int> columns = [];
        List<double> values = [];
        for (int i = 0; i < n; i++)
        {
            lower[i].Sort((a, b) => a.J.CompareTo(b.J));
            lower[i].Add((i, diagonal[i]));
            for (int row = 0; row < d; row++)
            {
                foreach ((int j, double[] block) in lower[i])
                {
                    for (int column = 0; column < (j == i ? row + 1 : d); column++)
                    {
                        columns.Add(j * d + column);
                        values.Add(block[row * d + column]);
                    }
                }
                starts[i * d + row + 1] = columns.Count;
            }
        }
        return new([.. starts], [.. columns], [.. values]);
    }

    private static double[] Block(InherentState glass, int i, int j)
    {
        Configuration configuration = glass.Configuration;
        int d = glass.Dimension;
        Span<double> x = stackalloc double[d];
        for (int axis = 0; axis < d; axis++)
            x[axis] = configuration.Positions[j * d + axis] - configuration.Positions[i * d + axis];
        configuration.Box.MinimumImage(x);
        double squared = 0;
        foreach (double component in x)
            squared += component * component;
        PairDerivatives f = glass.Potential.At(squared, configuration.Diameters[i], configuration.Diameters[j]);
        double[] block = new double[d * d];
        for (int a = 0; a < d; a++)
            for (int b = 0; b < d; b++)
                block[a * d + b] = -(4 * f.F2 * x[a] * x[b] + (a == b ? 2 * f.F1 : 0));
        return block;
    }
}
