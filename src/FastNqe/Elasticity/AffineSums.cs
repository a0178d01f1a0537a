using FastNqe.Contractions;

namespace FastNqe;

/// <summary>
/// The quadratic contraction with the affine displacements z_ij = E·x_ij of a uniform deformation: what M gives, but for a field that no
/// periodic displacement of particles can hold. With A = 2 f1, B = 4 f2, a = x·Ex and b = Ex·Ex:
/// <code>
/// first derivative of U       Σ A a            (the stress times V, contracted with E)
/// second derivative           Σ B a² + A b     (the Born term of x → (1 + gamma E)·x)
/// non-affine force Xi         Σ B a x + A Ex   (added to j, subtracted from i)
/// </code>
/// Karmakar, Lerner, Procaccia, PRE 82, 026105 (2010).
/// </summary>
/// <remarks>One plain pass over the pair table: the linear solve that follows takes hundreds of sweeps.</remarks>
internal readonly record struct AffineSums(double First, double Second)
{
    /// <summary>Sums over all pairs; Xi goes to <paramref name="force"/> if given.</summary>
    public static AffineSums Of(PairTable pairs, in Deformation deformation, RowField? force = null)
    {
        int d = pairs.Order.Dimension, width = pairs.Order.RowWidth;
        Span<double> gradient = stackalloc double[d * d];
        for (int k = 0; k < gradient.Length; k++)
            gradient[k] = deformation[k / d, k % d];
        Span<double> x = stackalloc double[d], affine = stackalloc double[d], xi = stackalloc double[d];
        double first = 0, second = 0;
        for (int slice = 0; slice < pairs.List.SliceCount; slice++)
        {
            ReadOnlySpan<double> columns = pairs.Columns(slice);
            for (int lane = 0; lane < SlicedList.SliceSize; lane++)
            {
                xi.Clear();
                for (int at = lane; at < columns.Length; at += PairColumn.LowStride(d))
                {
                    double b = 0, a = 0;
                    for (int axis = 0; axis < d; axis++)
                        x[axis] = columns[at + 8 * axis];
                    for (int axis = 0; axis < d; axis++)
                    {
                        double sum = 0;
                        for (int along = 0; along < d; along++)
                            sum += gradient[axis * d + along] * x[along];
                        affine[axis] = sum;
                        a += sum * x[axis];
                        b += sum * sum;
                    }
                    double weight = columns[at + 8 * d], curvature = columns[at + 8 * (d + 1)] * a;
                    first += weight * a;
                    second += curvature * a + weight * b;
                    for (int axis = 0; axis < d; axis++)
                        xi[axis] -= curvature * x[axis] + weight * affine[axis];
                }
                if (force is not null)
                    xi.CopyTo(force.Values.Slice((slice * SlicedList.SliceSize + lane) * width, d));
            }
        }
        // Every pair was met twice.
        return new AffineSums(0.5 * first, 0.5 * second);
    }
}
