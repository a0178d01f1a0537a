using FastNqe.Contractions;

namespace FastNqe;

/// <summary>
/// The d by d blocks on the diagonal of the Hessian, Σ_j B x xᵀ + A 1 for every particle, factorised: the block-Jacobi preconditioner.
/// </summary>
internal sealed class DiagonalBlocks
{
    private readonly ParticleOrder _order;

    // Per slot the upper triangle of the block's Cholesky factor by rows, with the reciprocals of its diagonal.
    private readonly double[] _factors;

    /// <param name="pairs">The pair table.</param>
    /// <remarks>
    /// A block that is not positive definite (a particle without neighbours, or a state that is no minimum) is replaced by the
    /// identity: a preconditioner may be anything symmetric and positive.
    /// </remarks>
    public DiagonalBlocks(PairTable pairs)
    {
        _order = pairs.Order;
        int d = _order.Dimension, size = d * (d + 1) / 2;
        _factors = new double[_order.SlotCount * size];
        for (int slice = 0; slice < pairs.List.SliceCount; slice++)
        {
            ReadOnlySpan<double> columns = pairs.Columns(slice);
            for (int lane = 0; lane < SlicedList.SliceSize; lane++)
            {
                Span<double> block = _factors.AsSpan((slice * SlicedList.SliceSize + lane) * size, size);
                for (int at = lane; at < columns.Length; at += PairColumn.Stride(d))
                {
                    double weight = columns[at + 8 * d], curvature = columns[at + 8 * (d + 1)];
                    for (int a = 0; a < d; a++)
                    {
                        block[Place(a, a, d)] += weight;
                        for (int b = a; b < d; b++)
                            block[Place(a, b, d)] += curvature * columns[at + 8 * a] * columns[at + 8 * b];
                    }
                }
                Factorise(block, d);
            }
        }
    }

    /// <summary>to = D⁻¹·field.</summary>
    public void Solve(RowField field, RowField to)
    {
        int d = _order.Dimension, width = _order.RowWidth;
        for (int slot = 0; slot < _order.ParticleCount; slot++)
            Solve(slot, field.Values.Slice(slot * width, d), to.Values.Slice(slot * width, d));
    }

    /// <summary>n·D_i⁻¹·n: how far a unit force on one particle moves it while all others are held [length²/energy].</summary>
    public double Compliance(int slot, ReadOnlySpan<double> n)
    {
        Span<double> moved = stackalloc double[n.Length];
        Solve(slot, n, moved);
        double sum = 0;
        for (int axis = 0; axis < n.Length; axis++)
            sum += n[axis] * moved[axis];
        return sum;
    }

    private void Solve(int slot, ReadOnlySpan<double> right, Span<double> x)
    {
        int d = right.Length, size = d * (d + 1) / 2;
        ReadOnlySpan<double> factor = _factors.AsSpan(slot * size, size);
        for (int a = 0; a < d; a++)
        {
            double sum = right[a];
            for (int c = 0; c < a; c++)
                sum -= factor[Place(c, a, d)] * x[c];
            x[a] = sum * factor[Place(a, a, d)];
        }
        for (int a = d - 1; a >= 0; a--)
        {
            for (int c = a + 1; c < d; c++)
                x[a] -= factor[Place(a, c, d)] * x[c];
            x[a] *= factor[Place(a, a, d)];
        }
    }

    private static int Place(int row, int column, int d) => row * (2 * d - row - 1) / 2 + column;

    private static void Factorise(Span<double> block, int d)
    {
        for (int a = 0; a < d; a++)
        {
            for (int b = a; b < d; b++)
                for (int c = 0; c < a; c++)
                    block[Place(a, b, d)] -= block[Place(c, a, d)] * block[Place(c, b, d)];
            double pivot = block[Place(a, a, d)];
            if (!(pivot > 0))
            {
                block.Clear();
                for (int axis = 0; axis < d; axis++)
                    block[Place(axis, axis, d)] = 1;
                return;
            }
            double inverse = 1 / Math.Sqrt(pivot);
            block[Place(a, a, d)] = inverse;
            for (int b = a + 1; b < d; b++)
                block[Place(a, b, d)] *= inverse;
        }
    }
}
