using FastNqe.Contractions;

namespace FastNqe;

/// <summary>
/// The limited-memory BFGS approximation of an inverse Hessian: the last few steps and changes of the gradient (Liu and Nocedal, Math. Program.
/// 45, 503 (1989)).
/// </summary>
/// <param name="memory">How many steps.</param>
/// <param name="work">Holds them: 2·memory fields, free for others to use as long as this <see cref="IsEmpty"/>.</param>
internal sealed class LimitedMemoryBfgs(int memory, RowField[] work)
{
    private readonly RowField[] _steps = work[..memory];
    private readonly RowField[] _changes = work[memory..];
    private readonly double[] _curvatures = new double[memory];
    private readonly double[] _weights = new double[memory];
    private int _count;
    private int _newest = -1;
    private double _scale;

    /// <summary>Forgets all steps.</summary>
    public void Clear() => (_count, _newest) = (0, -1);

    /// <summary>Whether there is any step to learn from.</summary>
    public bool IsEmpty => _count == 0;

    /// <summary>Learns from a step from x to <paramref name="nextPositions"/>. One without positive curvature is passed over.</summary>
    public void Learn(RowField positions, RowField nextPositions, RowField forces, RowField nextForces)
    {
        int at = (_newest + 1) % memory;
        FieldAlgebra.Combine(_steps[at], 1, nextPositions, -1, positions);
        FieldAlgebra.Combine(_changes[at], 1, forces, -1, nextForces);
        double curvature = FieldAlgebra.Dot(_steps[at], _changes[at]), square = FieldAlgebra.Dot(_changes[at], _changes[at]);
        if (!(curvature > 1e-12 * square))
        {
            // The oldest step has been overwritten.
            _count = Math.Min(_count, memory - 1);
            return;
        }
        _newest = at;
        _curvatures[at] = curvature;
        _scale = curvature / square;
        _count = Math.Min(_count + 1, memory);
    }

    /// <summary>direction = H·forces by the two-loop recursion.</summary>
    /// <returns>The slope of the energy along it, -forces·direction.</returns>
    public double Direction(RowField forces, RowField direction)
    {
        FieldAlgebra.Copy(forces, direction);
        if (_count == 0)
            return -FieldAlgebra.Dot(forces, direction);
        // Every product is taken in the same pass in which the direction changed before it.
        double product = FieldAlgebra.Dot(_steps[At(0)], direction);
        for (int k = 0; k < _count; k++)
        {
            int at = At(k);
            _weights[at] = product / _curvatures[at];
            product = FieldAlgebra.AddDot(direction, -_weights[at], _changes[at], k + 1 < _count ? _steps[At(k + 1)] : _changes[at]);
        }
        FieldAlgebra.Scale(direction, _scale);
        product *= _scale;
        for (int k = _count - 1; k >= 0; k--)
        {
            int at = At(k);
            double weight = _weights[at] - product / _curvatures[at];
            product = FieldAlgebra.AddDot(direction, weight, _steps[at], k > 0 ? _changes[At(k - 1)] : forces);
        }
        return -product;
    }

    // Where the k-th newest step is.
    private int At(int k) => (_newest - k + memory) % memory;
}
