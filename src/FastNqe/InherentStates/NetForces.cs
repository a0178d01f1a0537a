using FastNqe.Contractions;

namespace FastNqe;

/// <summary>The net force on every particle of a pair table, F_i = Σ_j A x_ij with A = 2 f1 and x_ij = x_j - x_i.</summary>
/// <remarks>One plain pass over the columns, without a search for neighbours.</remarks>
internal static class NetForces
{
    /// <summary>Writes the force on every particle to its row.</summary>
    public static void Of(PairTable pairs, RowField forces)
    {
        int d = pairs.Order.Dimension, width = pairs.Order.RowWidth, stride = PairColumn.LowStride(d);
        for (int slice = 0; slice < pairs.List.SliceCount; slice++)
        {
            ReadOnlySpan<double> columns = pairs.Columns(slice);
            for (int lane = 0; lane < SlicedList.SliceSize; lane++)
            {
                Span<double> force = forces.Values.Slice((slice * SlicedList.SliceSize + lane) * width, d);
                force.Clear();
                for (int at = lane; at < columns.Length; at += stride)
                    for (int axis = 0; axis < d; axis++)
                        force[axis] += columns[at + SlicedList.SliceSize * d] * columns[at + SlicedList.SliceSize * axis];
            }
        }
    }
}
