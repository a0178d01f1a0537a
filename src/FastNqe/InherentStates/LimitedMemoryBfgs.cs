using FastNqe.Contractions;

namespace FastNqe;

/// <summary>
/// The limited-memory BFGS approximation of an inverse Hessian: the last few steps and gradient changes (Liu and Nocedal, Math. Program.
/// 45, 503 (1989)).
/// </summary>
internal sealed class LimitedMemoryBfgs(ParticleOrder order, int memory)
{
    private readonly RowField[] _steps = Fields(order, memory);
    private readonly RowField[] _changes = Fields(order, memory);
    private readonly double[] _curvatures = new double[memory];
    private readonly double[] _weights = new double[memory];
    private int _count;
    private int _newest = -1;
    private double _scale;

    /// <summary>Forgets all steps.</summary>
    public void Clear() => (_count, _newest) = (0, -1);

    /// <summary>Whether there is any step to learn from.</summary>
    public bool IsEmpty => _count == 0;

    /// <summary>Learns from a step: <paramref name="step"/> = x' - x, <paramref name="change"/> = g' - g. A step without positive curvature is passed over.</summary>
    public void Learn(RowField step, RowField change)
    {
        double curvature = FieldAlgebra.Dot(step, change), square = FieldAlgebra.Dot(change, change);
        if (!(curvature > 1e-12 * square))
            return;
        _newest = (_newest + 1) % memory;
        FieldAlgebra.Copy(step, _steps[_newest]);
        FieldAlgebra.Copy(change, _changes[_newest]);
        _curvatures[_newest] = curvature;
        _scale = curvature / square;
        _count = Math.Min(_count + 1, memory);
    }

    /// <summary>direction = -H·gradient by the two-loop recursion.</summary>
    public void Direction(RowField gradient, RowField direction)
    {
        FieldAlgebra.Combine(direction, -1, gradient, 0, gradient);
        for (int k = 0; k < _count; k++)
        {
            int at = (_newest - k + memory) % memory;
            _weights[at] = FieldAlgebra.Dot(_steps[at], direction) / _curvatures[at];
            FieldAlgebra.Add(direction, -_weights[at], _changes[at]);
        }
        FieldAlgebra.Scale(direction, _scale);
        for (int k = _count - 1; k >= 0; k--)
        {
            int at = (_newest - k + memory) % memory;
            double weight = FieldAlgebra.Dot(_changes[at], direction) / _curvatures[at];
            FieldAlgebra.Add(direction, _weights[at] - weight, _steps[at]);
        }
    }

    private static RowField[] Fields(ParticleOrder order, int count)
    {
        var fields = new RowField[count];
        for (int k = 0; k < count; k++)
            fields[k] = order.NewField();
        return fields;
    }
}
