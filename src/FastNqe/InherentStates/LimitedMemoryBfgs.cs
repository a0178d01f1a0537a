using FastNqe.Contractions;

namespace FastNqe;

/// <summary>
/// The limited-memory BFGS approximation H of an inverse Hessian: the last few steps s_k and the changes of the gradient over them, y_k = F_k+1 - F_k
/// (Liu and Nocedal, Math. Program. 45, 503 (1989); step 0 is the newest, F_0 the forces where it ended).
/// </summary>
/// <remarks>
/// What is kept are the last forces and the directions between them; s_k is a direction times a length, y_k a difference of forces. The two-loop
/// recursion runs on coefficients: H·F is a combination of these fields, and all that its weights depend on are scalar products. One pass over
/// memory takes the products of new forces with all fields, another one combines them.
/// </remarks>
internal sealed class LimitedMemoryBfgs
{
    // Forces and directions by turns, the newest first: what is looked at, F_0, d_0, F_1, d_1 ... of which F_k is number 2k + 2.
    private readonly RowField[] _fields;

    // Of every kept force with itself and with all fields that are older. The first row is that of the forces which are looked at.
    private readonly double[][] _products;

    // Of step k: how far it went, and the slope of the energy where it began.
    private readonly double[] _lengths, _slopes;
    private readonly double[] _weights, _ofSteps, _ofChanges;
    private int _count;

    /// <param name="memory">How many steps are kept.</param>
    /// <param name="order">The particles.</param>
    public LimitedMemoryBfgs(int memory, ParticleOrder order)
    {
        _fields = [.. Enumerable.Range(0, 2 * memory + 3).Select(_ => order.NewField())];
        _products = [.. Enumerable.Range(0, memory + 2).Select(_ => new double[2 * memory + 1])];
        (_lengths, _slopes) = (new double[memory], new double[memory]);
        (_weights, _ofSteps, _ofChanges) = (new double[2 * memory + 1], new double[memory], new double[memory]);
    }

    /// <summary>Whether there is any step to learn from; if not, H is 1.</summary>
    public bool IsEmpty => _count == 0;

    /// <summary>F_0, the forces where the particles are.</summary>
    public RowField Forces => _fields[2];

    /// <summary>Where they go from there.</summary>
    public RowField Direction => _fields[1];

    /// <summary>The forces at some place along the direction.</summary>
    public RowField Next => _fields[0];

    /// <summary>Fields, 2·memory of them, that others may use as long as this <see cref="IsEmpty"/>.</summary>
    public ReadOnlySpan<RowField> Spare => _fields.AsSpan(3);

    /// <summary>Forgets all steps, because <see cref="Forces"/> are of another place.</summary>
    public void Begin()
    {
        Clear();
        _products[1][0] = FieldAlgebra.Dot(Forces, Forces);
    }

    /// <summary>Forgets all steps.</summary>
    public void Clear() => _count = 0;

    /// <summary>Sets <see cref="Direction"/> to H·F_0.</summary>
    /// <returns>The slope of the energy along it, -F_0·direction.</returns>
    public double FindDirection()
    {
        // H·F = q + Σ ofSteps_k d_k with q = scale (F_0 - Σ ofChanges_k y_k).
        for (int k = 0; k < _count; k++)
        {
            double product = OfStep(k, 0);
            for (int newer = 0; newer < k; newer++)
                product -= _ofChanges[newer] * Curvature(k, newer);
            _ofChanges[k] = product / Curvature(k, k);
        }
        double scale = _count == 0 ? 1 : _lengths[0] * Curvature(0, 0) / OfChanges(0, 0);
        for (int k = _count - 1; k >= 0; k--)
        {
            double product = OfForces(k + 1, 0) - OfForces(k, 0);
            for (int other = 0; other < _count; other++)
                product -= _ofChanges[other] * OfChanges(k, other);
            product *= scale;
            for (int older = k + 1; older < _count; older++)
                product += _ofSteps[older] * Curvature(older, k);
            _ofSteps[k] = _lengths[k] * _ofChanges[k] - product / Curvature(k, k);
        }

        Span<double> weights = _weights.AsSpan(0, 2 * _count + 1);
        weights.Clear();
        weights[0] = scale;
        for (int k = 0; k < _count; k++)
        {
            weights[2 * k] += scale * _ofChanges[k];
            weights[2 * k + 1] = _ofSteps[k];
            weights[2 * k + 2] -= scale * _ofChanges[k];
        }
        FieldAlgebra.Combine(Direction, weights, _fields.AsSpan(2));
        double slope = 0;
        for (int k = 0; k < weights.Length; k++)
            slope -= weights[k] * _products[1][k];
        return slope;
    }

    /// <summary>The slope of the energy along <see cref="Direction"/> where the forces are <see cref="Next"/>.</summary>
    public double SlopeAtNext()
    {
        // With all that will still be kept when a step has been made there.
        int kept = Math.Min(2 * _count + 3, _products[0].Length);
        FieldAlgebra.Dots(_fields, Next, _products[0].AsSpan(0, kept));
        return -_products[0][1];
    }

    /// <summary>Learns from the step along <see cref="Direction"/> to the place of <see cref="Next"/>, which become <see cref="Forces"/>; all are forgotten if its curvature is not positive, or too small to be told from rounding.</summary>
    /// <param name="t">How far it went.</param>
    /// <param name="slope">The slope where it began; that where it ended was asked for last.</param>
    public void Learn(double t, double slope)
    {
        Age(_fields);
        Age(_fields);
        Age(_products);
        Age(_lengths);
        Age(_slopes);
        (_lengths[0], _slopes[0]) = (t, slope);
        _count = Math.Min(_count + 1, _lengths.Length);
        double change = OfChanges(0, 0);
        if (!(t * Curvature(0, 0) > 1e-12 * change && change > 1e-12 * OfForces(0, 0)))
            Clear();
    }

    // F_i·F_j
    private double OfForces(int i, int j) => _products[1 + Math.Min(i, j)][2 * Math.Abs(i - j)];

    // d_k·F_i, where step k is not newer than those forces, or began with them.
    private double OfStep(int k, int i) => i == k + 1 ? -_slopes[k] : _products[1 + i][2 * (k - i) + 1];

    // d_i·y_j, where step i is not newer than step j.
    private double Curvature(int i, int j) => OfStep(i, j + 1) - OfStep(i, j);

    // y_i·y_j
    private double OfChanges(int i, int j) => OfForces(i + 1, j + 1) - OfForces(i + 1, j) - OfForces(i, j + 1) + OfForces(i, j);

    // What number k was is number k + 1; the oldest comes to the front, to be used again.
    private static void Age<T>(T[] values)
    {
        T oldest = values[^1];
        Array.Copy(values, 0, values, 1, values.Length - 1);
        values[0] = oldest;
    }
}
