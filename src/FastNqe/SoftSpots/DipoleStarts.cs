using FastNqe.Contractions;

namespace FastNqe;

/// <summary>
/// Responses to local force dipoles, u = M⁻¹·f with f pushing two neighbours apart: starts that know only of one place, in the order in
/// which that place is expected to be soft.
/// </summary>
/// <remarks>
/// Pairs are ranked by how far a unit dipole moves them apart while all other particles are held, n·(D_i⁻¹ + D_j⁻¹)·n with the diagonal
/// blocks D of M: the exact compliance would take a solve per pair. No particle is used twice, so the starts spread over the glass.
/// </remarks>
internal sealed class DipoleStarts
{
    // A start needs the shape of the response, not its digits.
    private static readonly LinearSolveOptions Rough = new() { Tolerance = 1e-3 };

    private readonly ParticleOrder _order;
    private readonly HessianSolver _solver;
    private readonly (int I, int J, double[] Normal)[] _pairs;

    public DipoleStarts(PairTable pairs)
    {
        _order = pairs.Order;
        _solver = new HessianSolver(pairs);
        _pairs = [.. Disjoint(Ranked(pairs, _solver.Blocks), pairs.Order.SlotCount)];
    }

    /// <summary>How many there are.</summary>
    public int Count => _pairs.Length;

    /// <summary>The response to a dipole, in the caller's order; stops after <paramref name="cancellation"/>.</summary>
    public double[] Response(int index, CancellationToken cancellation)
    {
        (int i, int j, double[] normal) = _pairs[index];
        RowField force = _order.NewField(), response = _order.NewField();
        for (int axis = 0; axis < normal.Length; axis++)
        {
            force.Values[i * _order.RowWidth + axis] = -normal[axis];
            force.Values[j * _order.RowWidth + axis] = normal[axis];
        }
        _solver.Solve(force, response, Rough with { Cancellation = cancellation });
        double[] field = new double[_order.ParticleCount * _order.Dimension];
        _order.Gather(response, field);
        return field;
    }

    private static IEnumerable<(int I, int J, double[] Normal)> Ranked(PairTable pairs, DiagonalBlocks blocks)
    {
        int d = pairs.Order.Dimension, stride = PairColumn.LowStride(d);
        var ranked = new List<(int I, int J, double[] Normal, double Compliance)>(pairs.PairCount);
        for (int slice = 0; slice < pairs.List.SliceCount; slice++)
        {
            ReadOnlySpan<double> columns = pairs.Columns(slice);
            for (int at = 0; at < columns.Length; at += stride)
            {
                for (int lane = 0; lane < SlicedList.SliceSize; lane++)
                {
                    int i = slice * SlicedList.SliceSize + lane;
                    int j = pairs.List.Rows[(pairs.List.FirstColumn[slice] + at / stride) * SlicedList.SliceSize + lane] / pairs.Order.RowWidth;
                    // Every pair is met twice, and a place filled up names the particle itself.
                    if (j <= i)
                        continue;
                    double[] normal = new double[d];
                    for (int axis = 0; axis < d; axis++)
                        normal[axis] = columns[at + lane + 8 * axis];
                    double length = Math.Sqrt(normal.Sum(component => component * component));
                    for (int axis = 0; axis < d; axis++)
                        normal[axis] /= length;
                    ranked.Add((i, j, normal, blocks.Compliance(i, normal) + blocks.Compliance(j, normal)));
                }
            }
        }
        return ranked.OrderByDescending(pair => pair.Compliance).Select(pair => (pair.I, pair.J, pair.Normal));
    }

    private static IEnumerable<(int I, int J, double[] Normal)> Disjoint(IEnumerable<(int I, int J, double[] Normal)> ranked, int slots)
    {
        bool[] used = new bool[slots];
        foreach ((int i, int j, double[] normal) in ranked)
        {
            if (used[i] || used[j])
                continue;
            used[i] = used[j] = true;
            yield return (i, j, normal);
        }
    }
}
