using FastNqe.Contractions;

namespace FastNqe;

/// <summary>
/// macopt (D. MacKay, 2004), modified as in the paper such that z is always normalised: Polak-Ribière conjugate gradients whose line search
/// uses gradients only.
/// </summary>
/// <remarks>
/// Along a line it steps until the directional derivative changes sign (lengthening by <see cref="Lengthen"/> or shortening by
/// <see cref="Shorten"/>), then interpolates linearly between the two gradients; the next line's first step is the last step times
/// <see cref="NextStep"/>. Two safeguards are added, because costs level off far away and have poles: a step turns z by no more than
/// <see cref="MinimiserOptions.LargestTurn"/>, and a point where the cost rose or X changed its sign counts as past the minimum.
/// </remarks>
internal sealed class MacoptSearch
{
    // What each of them is: README.md in this folder.
    private const double Lengthen = 2.0;
    private const double NextStep = 1.25;
    private const double Shorten = 0.5;
    private const double FirstStep = 0.01;
    private const int MaxLineSteps = 20;

    private readonly PairTable _pairs;
    private readonly CostFunction _cost;
    private readonly SearchPoint _at, _trial;
    private readonly RowField _gradient, _trialGradient, _next, _direction;

    public MacoptSearch(PairTable pairs, CostFunction cost, SearchPoint at)
    {
        (_pairs, _cost, _at) = (pairs, cost, at);
        _trial = new SearchPoint(pairs, cost);
        ParticleOrder order = pairs.Order;
        (_gradient, _trialGradient, _next, _direction) = (order.NewField(), order.NewField(), order.NewField(), order.NewField());
    }

    public SearchResult Run(MinimiserOptions options)
    {
        _at.Evaluate();
        double residual = _at.Gradient(_gradient);
        double typical = FirstStep;
        int iteration = 0;
        FieldAlgebra.Combine(_direction, -1, _gradient, 0, _gradient);
        var stop = new StopRule(options);
        while (!stop.IsMet(_at, residual, _at.Sweeps + _trial.Sweeps))
        {
            options.Cancellation.ThrowIfCancellationRequested();
            double square = FieldAlgebra.Dot(_gradient, _gradient);
            FieldAlgebra.Add(_direction, -FieldAlgebra.Dot(_direction, _at.Z), _at.Z);
            if (!(FieldAlgebra.Dot(_direction, _gradient) < 0))
                FieldAlgebra.Combine(_direction, -1, _gradient, 0, _gradient);

            double step = LineMinimum(typical / Math.Sqrt(square), options.LargestTurn);
            typical = Math.Max(step * NextStep * Math.Sqrt(square), 1e-12);
            FieldAlgebra.Add(_at.Z, step, _direction);
            _at.Evaluate();
            residual = _at.Gradient(_next);
            double beta = (FieldAlgebra.Dot(_next, _next) - FieldAlgebra.Dot(_next, _gradient)) / square;
            FieldAlgebra.Combine(_direction, -1, _next, beta, _direction);
            FieldAlgebra.Copy(_next, _gradient);
            iteration++;
            options.Progress?.Report(new WorkProgress(_at.Sweeps + _trial.Sweeps, residual));
        }
        return new SearchResult(residual, stop.End, iteration, _at.Sweeps + _trial.Sweeps);
    }

    private double LineMinimum(double first, double largestTurn)
    {
        double limit = Math.Tan(largestTurn) / FieldAlgebra.Norm(_direction);
        double x = Math.Min(first, limit);
        double slopeX = SlopeAt(x);
        double y = x, slopeY = slopeX;
        if (slopeX < 0)
        {
            for (int step = 0; step < MaxLineSteps && slopeY < 0 && y < limit; step++)
            {
                (x, slopeX) = (y, slopeY);
                y = Math.Min(y * Lengthen, limit);
                slopeY = SlopeAt(y);
            }
            if (slopeY < 0)
                return y;
        }
        else
        {
            for (int step = 0; step < MaxLineSteps && slopeY > 0; step++)
            {
                (x, slopeX) = (y, slopeY);
                y *= Shorten;
                slopeY = SlopeAt(y);
            }
            if (slopeY > 0)
                return y;
        }
        if (!double.IsFinite(slopeX) || !double.IsFinite(slopeY))
            return Math.Min(x, y);
        double weightX = Math.Abs(slopeY) / (Math.Abs(slopeX) + Math.Abs(slopeY));
        return weightX * x + (1 - weightX) * y;
    }

    // The derivative of the cost's logarithm along the line at z + s·direction; beyond a pole, or where the cost rose or has no value, infinite.
    private double SlopeAt(double s)
    {
        FieldAlgebra.Combine(_trial.Z, 1, _at.Z, s, _direction);
        _trial.Evaluate();
        if (!(_trial.IsDefined && _trial.X * _at.X > 0))
            return double.PositiveInfinity;
        _trial.Gradient(_trialGradient);
        double slope = FieldAlgebra.Dot(_trialGradient, _direction);
        bool rose = Math.Abs(_trial.Cost) > _at.Cost * (1 + 1e-12);
        return rose && slope < 0 ? double.PositiveInfinity : slope;
    }
}
