using FastNqe.Contractions;

namespace FastNqe;

/// <summary>The Hessian as a sparse matrix, for methods that factorise it.</summary>
internal static class HessianTriangle
{
    /// <summary>The lower triangle: a d by d block for each pair, -(B x xᵀ + A), A = 2 f1 and B = 4 f2, and minus their sum on the diagonal.</summary>
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
        int stride = PairColumn.LowStride(d);
        for (int slice = 0; slice < list.SliceCount; slice++)
        {
            ReadOnlySpan<double> columns = glass.Pairs.Columns(slice);
            for (int place = 0; place < columns.Length / stride * SlicedList.SliceSize; place++)
            {
                (int column, int lane) = Math.DivRem(place, SlicedList.SliceSize);
                int slot = slice * SlicedList.SliceSize + lane, neighbour = list.Rows[list.FirstColumn[slice] * SlicedList.SliceSize + place] / order.RowWidth;
                // A place filled up names the particle itself.
                if (neighbour == slot)
                    continue;
                (int i, int j) = (order.ParticleOf[slot], order.ParticleOf[neighbour]);
                double[] block = Block(columns[(column * stride + lane)..], d);
                for (int k = 0; k < block.Length; k++)
                    diagonal[i][k] -= block[k];
                if (j < i)
                    lower[i].Add((j, block));
            }
        }

        int[] starts = new int[n * d + 1];
        List<int> indices = [];
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
                        indices.Add(j * d + column);
                        values.Add(block[row * d + column]);
                    }
                }
                starts[i * d + row + 1] = indices.Count;
            }
        }
        return new([.. starts], [.. indices], [.. values]);
    }

    private static double[] Block(ReadOnlySpan<double> pair, int d)
    {
        const int Lane = SlicedList.SliceSize;
        double[] block = new double[d * d];
        for (int a = 0; a < d; a++)
            for (int b = 0; b < d; b++)
                block[a * d + b] = -(pair[Lane * (d + 1)] * pair[Lane * a] * pair[Lane * b] + (a == b ? pair[Lane * d] : 0));
        return block;
    }
}
