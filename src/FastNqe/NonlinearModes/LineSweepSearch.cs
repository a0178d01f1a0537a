using FastNqe.Contractions;

namespace FastNqe;

/// <summary>
/// Conjugate gradients (Polak-Ribière) on the unit sphere with one pair sweep per iteration: the sweep along the line gives the cost as a
/// function of the step, so the line search is exact and free, and the mixed vectors give the next gradient. Near the minimum gradients are
/// preconditioned by the diagonal blocks of M, which saves a quarter of the sweeps (benchmarks/results).
/// </summary>
internal sealed class LineSweepSearch
{
    // The vectors are carried along by addition; after so many iterations a fresh sweep removes what rounding has piled up.
    private const int RefreshInterval = 40;

    // Below this residual the search preconditions. Farther away it follows the bare gradient: which minimum a start belongs to is decided
    // there, and another metric decides otherwise (seen with non-affine velocities as starts).
    private const double NearResidual = 0.05;

    private static readonly double[][] Binomials = [[1], [1, 1], [1, 2, 1], [1, 3, 3, 1], [1, 4, 6, 4, 1]];

    private readonly PairTable _pairs;
    private readonly CostFunction _cost;
    private readonly SearchPoint _at;
    private readonly DiagonalBlocks _blocks;
    private readonly RowField _descent, _direction, _stiffnessAlong;

    // X_(z..z), X_(z..y) ...; and the same after M·z and M·y.
    private readonly RowField[] _formAlong, _onLine;
    private RowField _gradient, _previous;
    private bool _isNear;

    public LineSweepSearch(PairTable pairs, CostFunction cost, SearchPoint at)
    {
        (_pairs, _cost, _at) = (pairs, cost, at);
        ParticleOrder order = pairs.Order;
        _blocks = new DiagonalBlocks(pairs);
        (_gradient, _previous, _descent) = (order.NewField(), order.NewField(), order.NewField());
        (_direction, _stiffnessAlong) = (order.NewField(), order.NewField());
        _formAlong = new RowField[cost.Degree];
        _formAlong[0] = at.Form;
        for (int k = 1; k < cost.Degree; k++)
            _formAlong[k] = order.NewField();
        _onLine = [at.Stiffness, _stiffnessAlong, .. _formAlong];
    }

    public SearchResult Run(MinimiserOptions options)
    {
        int m = _cost.Degree;
        Span<double> k = stackalloc double[3];
        Span<double> x = stackalloc double[m + 1];
        Span<double> products = stackalloc double[_onLine.Length];
        double limit = Math.Tan(options.LargestTurn);
        double step = 0.01;
        int iteration = 0, sinceRefresh = 0;

        _at.Evaluate();
        double residual = _at.Gradient(_gradient);
        double square = Precondition();
        FieldAlgebra.Combine(_direction, -1, _descent, 0, _descent);
        var stop = new StopRule(options);
        while (!stop.IsMet(_at, residual, _at.Sweeps))
        {
            options.Cancellation.ThrowIfCancellationRequested();
            double length = Straighten(out double slope);
            if (!(slope < 0))
            {
                FieldAlgebra.Combine(_direction, -1, _descent, 0, _descent);
                length = Straighten(out _);
            }

            _cost.Line(_pairs, _at.Z, _direction, _stiffnessAlong, _formAlong);
            _at.Sweeps++;
            FieldAlgebra.Dots(_onLine, _direction, products);
            (k[0], k[1], k[2]) = (_at.K, 2 * products[0], products[1]);
            x[0] = _at.X;
            for (int power = 1; power <= m; power++)
                x[power] = Binomials[m][power] * products[power + 1];

            var line = new LinePolynomials(k, x, _cost.StiffnessPower, _cost.FormPower);
            step = line.NearestMinimum(step, limit);
            Move(step, line);
            iteration++;
            if (++sinceRefresh == RefreshInterval)
            {
                _at.Evaluate();
                sinceRefresh = 0;
            }

            (_gradient, _previous) = (_previous, _gradient);
            residual = _at.Gradient(_gradient);
            if (residual <= options.Tolerance && sinceRefresh > 0)
            {
                // Convergence counts only for a freshly swept point.
                _at.Evaluate();
                sinceRefresh = 0;
                residual = _at.Gradient(_gradient);
            }
            // The first preconditioned direction starts anew: conjugacy to those in the other metric means nothing.
            bool startsAnew = !_isNear && residual < NearResidual;
            _isNear |= startsAnew;
            double next = Precondition();
            double beta = startsAnew ? 0 : Math.Max(0, (next - FieldAlgebra.Dot(_descent, _previous)) / square);
            FieldAlgebra.Combine(_direction, -1, _descent, beta * length, _direction);
            square = next;
            options.Progress?.Report(new WorkProgress(_at.Sweeps, residual));
        }
        return new SearchResult(residual, stop.End, iteration, _at.Sweeps);
    }

    // Makes the direction y a unit vector at right angles to z, so that s is the tangent of the turn. Its length and its product with the gradient are those from before; the product's
    // sign stays, because the gradient is at right angles to z.
    private double Straighten(out double slope)
    {
        Span<double> products = stackalloc double[3];
        FieldAlgebra.Dots([_at.Z, _direction, _gradient], _direction, products);
        double length = Math.Sqrt(products[1] - products[0] * products[0]);
        FieldAlgebra.Combine(_direction, 1 / length, _direction, -products[0] / length, _at.Z);
        slope = products[2];
        return length;
    }

    // D⁻¹·gradient without translation, or the gradient itself, and its product with the gradient.
    private double Precondition()
    {
        if (_isNear)
            _blocks.Solve(_gradient, _descent);
        else
            FieldAlgebra.Copy(_gradient, _descent);
        FieldAlgebra.RemoveTranslation(_descent, _pairs.Order);
        return FieldAlgebra.Dot(_gradient, _descent);
    }

    // z + s·y back on the sphere, with all that is known there: M·(z + s y) and Σ_k binomial s^k X_(z..zy..y).
    private void Move(double s, in LinePolynomials line)
    {
        int m = _cost.Degree;
        double shrink = 1 / Math.Sqrt(1 + s * s);
        (double k, double x) = line.At(s);
        FieldAlgebra.Combine(_at.Z, shrink, _at.Z, s * shrink, _direction);
        FieldAlgebra.Combine(_at.Stiffness, shrink, _at.Stiffness, s * shrink, _stiffnessAlong);
        double formShrink = Math.Pow(shrink, m - 1), power = formShrink;
        Span<double> weights = stackalloc double[m];
        for (int order = 0; order < m; order++)
        {
            weights[order] = Binomials[m - 1][order] * power;
            power *= s;
        }
        FieldAlgebra.Combine(_at.Form, weights, _formAlong);
        _at.K = k * shrink * shrink;
        _at.X = x * formShrink * shrink;
    }
}
