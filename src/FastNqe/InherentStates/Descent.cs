using FastNqe.Contractions;

namespace FastNqe;

/// <summary>The way of a quench down to the minimum, in legs: nothing but positions and counts goes from one leg to the next.</summary>
/// <remarks>
/// Limited-memory BFGS with bounded moves as long as forces are large, then truncated Newton steps, whose products with the Hessian cost about
/// half of what force sweeps do; back to BFGS for a while where the curvature turns out not to be positive. A step is taken if the slopes at its
/// ends say that the energy fell enough (the approximate Wolfe condition of Hager and Zhang, SIAM J. Optim. 16, 170 (2005), without their check of the
/// energy, which a quadratic does not need; elsewhere it may rise in a step): unlike energies they do not drown in rounding near the minimum, and forces
/// alone take a tenth less time.
/// </remarks>
internal sealed class Descent
{
    private const int Memory = 4;

    // The share of what the slope promises that the energy has to fall by.
    private const double Armijo = 1e-4;

    // Places along a direction that are looked at before it is given up.
    private const int MostAttempts = 30;

    // The first step along the bare force, [length/force].
    private const double FirstStep = 1e-3;

    // Where a Newton direction fails it is tried again when the largest force has fallen by this factor.
    private const double NewtonRetry = 0.25;

    // The relative residual of a Newton direction, and the products that it may take.
    private const double NewtonTolerance = 0.1;
    private const int NewtonProducts = 2000;

    private readonly PairForces _pairs;
    private readonly QuenchOptions _options;
    private readonly LimitedMemoryBfgs _bfgs;
    private readonly NewtonDirection _newton;
    private readonly QuenchReport _before;
    private double _newtonBelow, _bareStep, _largest = double.PositiveInfinity;
    private int _iterations;

    /// <param name="pairs">The particles; they are moved.</param>
    /// <param name="options">Tolerance and limits.</param>
    /// <param name="from">Where to go on, or null to begin where the particles are.</param>
    public Descent(PairForces pairs, QuenchOptions options, QuenchCheckpoint? from)
    {
        (_pairs, _options) = (pairs, options);
        _bfgs = new LimitedMemoryBfgs(Memory, pairs.Order);
        _newton = new NewtonDirection(pairs);
        _before = from?.Report ?? new QuenchReport(false, 0, 0, 0, double.PositiveInfinity);
        _newtonBelow = options.NewtonBelow;
        if (from is not null)
            GoBackTo(from);
    }

    /// <summary>How it has gone until now.</summary>
    public QuenchReport Report => new(
        _largest <= _options.ForceTolerance,
        _before.Iterations + _iterations,
        _before.ForceSweeps + _pairs.SweepCount,
        _before.HessianProducts + _newton.ProductCount,
        _largest);

    private int Sweeps => _before.Sweeps + _pairs.SweepCount + _newton.ProductCount;

    /// <summary>Goes down for so many sweeps, or some more if they end in the middle of a step.</summary>
    /// <returns>Whether that was the end: forces are small enough, nothing leads on, or all sweeps are used up.</returns>
    /// <exception cref="ArgumentException">The energy is not finite.</exception>
    public bool Leg(int sweeps)
    {
        int end = (int)Math.Min((long)Sweeps + sweeps, _options.MaxSweeps);
        double energy = _pairs.Compute(_bfgs.Forces, out _);
        if (!double.IsFinite(energy))
            throw new ArgumentException($"the energy is {energy}: particles overlap too closely to be quenched");
        _bfgs.Begin();
        _bareStep = FirstStep;
        _largest = FieldAlgebra.LargestRow(_bfgs.Forces, _pairs.Order);
        while (_largest > _options.ForceTolerance && Sweeps < end)
        {
            _options.Cancellation.ThrowIfCancellationRequested();
            if (!TryStep())
                return true;
        }
        return _largest <= _options.ForceTolerance || Sweeps >= _options.MaxSweeps;
    }

    /// <summary>Ends a leg: what the next one begins with. Lists are forgotten, so that it does the same whether it follows at once or in another process.</summary>
    public QuenchCheckpoint Pause()
    {
        double[] positions = new double[_pairs.Order.ParticleCount * _pairs.Order.Dimension];
        _pairs.Order.Gather(_pairs.Particles.Positions, positions);
        var here = new QuenchCheckpoint(positions, _pairs.Order.Dimension, Report, _newtonBelow);
        GoBackTo(here);
        return here;
    }

    private void GoBackTo(QuenchCheckpoint checkpoint)
    {
        _pairs.MoveTo(checkpoint.Positions);
        _newtonBelow = checkpoint.NewtonBelow;
    }

    // A step, or, where a direction leads nowhere, the end of what led to it; false if that was the bare force.
    private bool TryStep()
    {
        bool isNewton = _largest < _newtonBelow;
        double slope = isNewton ? FindNewtonDirection() : _bfgs.FindDirection();
        if (!(slope < 0))
        {
            _bfgs.Clear();
            slope = _bfgs.FindDirection();
        }
        if (!TryMove(FirstLength(isNewton), slope, out double length))
        {
            if (isNewton)
                _newtonBelow = Math.Min(_newtonBelow, NewtonRetry * _largest);
            else if (_bfgs.IsEmpty)
                return false;
            _bfgs.Clear();
            return true;
        }
        _bfgs.Learn(length, slope);
        // Where nothing is learned, down from a saddle, steps become longer.
        _bareStep = _bfgs.IsEmpty ? 2 * _bareStep : FirstStep;
        _largest = FieldAlgebra.LargestRow(_bfgs.Forces, _pairs.Order);
        _iterations++;
        _options.Progress?.Report(new WorkProgress(Sweeps, _largest));
        return true;
    }

    // Sets the direction and gives the slope of the energy along it.
    private double FindNewtonDirection()
    {
        // Both kinds of directions have the same working memory.
        _bfgs.Clear();
        // The nearer, the better; but no better than the force tolerance asks for.
        double tolerance = Math.Max(Math.Min(NewtonTolerance, Math.Sqrt(_largest)), 0.3 * _options.ForceTolerance / _largest);
        int products = Math.Min(NewtonProducts, _options.MaxSweeps - Sweeps);
        if (!_newton.Find(_bfgs.Forces, _bfgs.Direction, _bfgs.Spare, tolerance, products, _options.Cancellation))
            _newtonBelow = NewtonRetry * _largest;
        return -FieldAlgebra.Dot(_bfgs.Forces, _bfgs.Direction);
    }

    // How far to go first, in units of the direction.
    private double FirstLength(bool isNewton)
    {
        double limit = _options.LargestMove / FieldAlgebra.LargestRow(_bfgs.Direction, _pairs.Order);
        // Without memory the direction is the bare force, whose size says nothing about distances: begin with a small move.
        return _bfgs.IsEmpty && !isNewton ? Math.Min(_bareStep, 0.1 * limit) : Math.Min(1, limit);
    }

    // Along the direction to where the energy has fallen enough; back to where it began if there is no such place.
    private bool TryMove(double first, double slope, out double length)
    {
        RowField positions = _pairs.Particles.Positions;
        double at = 0;
        length = first;
        for (int attempt = 0; attempt < MostAttempts; attempt++)
        {
            FieldAlgebra.Add(positions, length - at, _bfgs.Direction);
            at = length;
            _pairs.Compute(_bfgs.Next);
            double endSlope = _bfgs.SlopeAtNext();
            bool isFinite = double.IsFinite(endSlope);
            if (isFinite && endSlope <= (2 * Armijo - 1) * slope)
                return true;
            length *= isFinite ? Math.Clamp(slope / (slope - endSlope), 0.1, 0.5) : 0.1;
        }
        FieldAlgebra.Add(positions, -at, _bfgs.Direction);
        return false;
    }
}
