using FastNqe.Contractions;

namespace FastNqe;

/// <summary>
/// The limited-memory BFGS approximation H of an inverse Hessian: the last few steps s_k and the changes of the gradient over them, y_k = F - F'
/// (Liu and Nocedal, Math. Program. 45, 503 (1989)).
/// </summary>
/// <remarks>
/// The two-loop recursion runs on coefficients: H·F is a combination of F, s_k and y_k, and all that the coefficients depend on are scalar products
/// of these. One pass over memory takes the products of every new F with all fields, another one combines them; products with a new
/// change are differences of those with F and F'.
/// </remarks>
internal sealed class LimitedMemoryBfgs
{
    // F, then d_0, y_0, d_1, y_1 ..., the newest step first, where s_k = t_k d_k is kept as the direction that was followed and how far.
    private readonly RowField[] _fields;
    private readonly double[] _lengths;

    // d_i·y_j where step i is not newer than step j, and y_i·y_j.
    private readonly double[,] _curvatures, _squares;

    // Of the fields with the last force, and of the fields then with the force before it.
    private double[] _products, _before;
    private readonly double[] _weights;
    private int _count;

    /// <param name="memory">How many steps are kept.</param>
    /// <param name="order">The particles.</param>
    public LimitedMemoryBfgs(int memory, ParticleOrder order)
    {
        _fields = new RowField[2 * memory + 1];
        for (int k = 1; k < _fields.Length; k++)
            _fields[k] = order.NewField();
        _lengths = new double[memory];
        (_curvatures, _squares) = (new double[memory, memory], new double[memory, memory]);
        (_products, _before, _weights) = (new double[_fields.Length], new double[_fields.Length], new double[_fields.Length]);
    }

    /// <summary>Whether there is any step to learn from.</summary>
    public bool IsEmpty => _count == 0;

    /// <summary>Fields, 2·memory of them, that others may use as long as this <see cref="IsEmpty"/>.</summary>
    public ReadOnlySpan<RowField> Spare => _fields.AsSpan(1);

    /// <summary>Forgets all steps.</summary>
    public void Clear() => _count = 0;

    /// <summary>Learns from a step t·d. One without positive curvature is passed over.</summary>
    /// <param name="t">How far it went.</param>
    /// <param name="direction">d, exchanged for a field of unknown content.</param>
    /// <param name="slope">-F·d, where it began.</param>
    /// <param name="nextSlope">-F'·d, where it ended.</param>
    /// <param name="forces">F, the forces that were learned from last.</param>
    /// <param name="nextForces">F', which stay as they are until the next step is learned.</param>
    public void Learn(double t, ref RowField direction, double slope, double nextSlope, RowField forces, RowField nextForces)
    {
        int memory = _lengths.Length;
        (RowField oldest, RowField change) = (_fields[^2], _fields[^1]);
        FieldAlgebra.Combine(change, 1, forces, -1, nextForces);
        double curvature = nextSlope - slope, square = FieldAlgebra.Dot(change, change);
        bool isCurved = t * curvature > 1e-12 * square;
        // Passed over or not, it has overwritten the oldest one.
        _count = Math.Min(_count, memory - 1);
        if (isCurved)
        {
            Array.Copy(_fields, 1, _fields, 3, 2 * memory - 2);
            (_fields[1], _fields[2], direction) = (direction, change, oldest);
            Array.Copy(_lengths, 0, _lengths, 1, memory - 1);
            _lengths[0] = t;
            Age(_curvatures);
            Age(_squares);
            _count++;
        }
        _fields[0] = nextForces;
        (_products, _before) = (_before, _products);
        FieldAlgebra.Dots(_fields, nextForces, _products.AsSpan(0, 2 * _count + 1));
        if (!isCurved)
            return;
        (_curvatures[0, 0], _squares[0, 0]) = (curvature, square);
        for (int k = 1; k < _count; k++)
        {
            _curvatures[k, 0] = _before[2 * k - 1] - _products[2 * k + 1];
            _squares[k, 0] = _squares[0, k] = _before[2 * k] - _products[2 * k + 2];
        }
    }

    /// <summary>direction = H·forces.</summary>
    /// <param name="forces">The forces that were learned from last; any while this <see cref="IsEmpty"/>, and H is 1.</param>
    /// <param name="direction">Receives it.</param>
    /// <returns>The slope of the energy along it, -forces·direction.</returns>
    public double Direction(RowField forces, RowField direction)
    {
        if (_count == 0)
        {
            FieldAlgebra.Copy(forces, direction);
            return -FieldAlgebra.Dot(forces, direction);
        }
        Span<double> ofSteps = stackalloc double[_count], ofChanges = stackalloc double[_count];
        for (int k = 0; k < _count; k++)
        {
            double product = _products[2 * k + 1];
            for (int newer = 0; newer < k; newer++)
                product -= ofChanges[newer] * _curvatures[k, newer];
            ofChanges[k] = product / _curvatures[k, k];
        }
        double scale = _lengths[0] * _curvatures[0, 0] / _squares[0, 0];
        for (int k = _count - 1; k >= 0; k--)
        {
            double product = scale * _products[2 * k + 2];
            for (int other = 0; other < _count; other++)
                product -= scale * ofChanges[other] * _squares[k, other];
            for (int older = k + 1; older < _count; older++)
                product += ofSteps[older] * _curvatures[older, k];
            ofSteps[k] = _lengths[k] * ofChanges[k] - product / _curvatures[k, k];
        }

        Span<double> weights = _weights.AsSpan(0, 2 * _count + 1);
        weights[0] = scale;
        for (int k = 0; k < _count; k++)
            (weights[2 * k + 1], weights[2 * k + 2]) = (ofSteps[k], -scale * ofChanges[k]);
        FieldAlgebra.Combine(direction, weights, _fields);
        double slope = 0;
        for (int k = 0; k < weights.Length; k++)
            slope -= weights[k] * _products[k];
        return slope;
    }

    // What step k had is step k + 1's.
    private void Age(double[,] products)
    {
        for (int i = _lengths.Length - 1; i > 0; i--)
            for (int j = _lengths.Length - 1; j > 0; j--)
                products[i, j] = products[i - 1, j - 1];
    }
}
