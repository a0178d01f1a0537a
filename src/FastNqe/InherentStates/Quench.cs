using System.Runtime.CompilerServices;
using FastNqe.Contractions;

namespace FastNqe;

/// <summary>
/// From a liquid to its inherent state: the local minimum of U that the configuration belongs to.
/// </summary>
/// <remarks>
/// Limited-memory BFGS with bounded moves as long as forces are large, then truncated Newton steps, whose products with the Hessian cost about
/// half of what force sweeps do; back to BFGS for a while where the curvature turns out not to be positive. A step is taken if the slopes at its
/// ends say that the energy fell enough (the approximate Wolfe condition of Hager and Zhang, SIAM J. Optim. 16, 170 (2005), without their check of the
/// energy, which a quadratic does not need; elsewhere it may rise in a step): unlike energies they do not drown in rounding near the minimum, and forces
/// alone take a tenth less time.
/// </remarks>
public static class Quench
{
    private const int Memory = 4;

    // The share of what the slope promises that the energy has to fall by.
    private const double Armijo = 1e-4;

    // The first step along the bare force, [length/force].
    private const double FirstStep = 1e-3;

    // Where a Newton direction fails it is tried again when the largest force has fallen by this factor.
    private const double NewtonRetry = 0.25;

    // The relative residual of a Newton direction, and the products that it may take.
    private const double NewtonTolerance = 0.1;
    private const int NewtonProducts = 2000;

    /// <summary>Quenches a configuration.</summary>
    /// <param name="liquid">N particles with diameters.</param>
    /// <param name="potential">The pair potential.</param>
    /// <param name="options">Tolerance and limits, or null for the defaults.</param>
    /// <returns>The inherent state; <see cref="InherentState.Quench"/> says whether the tolerance was reached.</returns>
    /// <exception cref="ArgumentException">The box is too small, diameters are missing, a particle is farther than a million boxes away, particles overlap so that the energy is not finite, or a setting is out of its range.</exception>
    public static InherentState Run(Configuration liquid, PairPotential potential, QuenchOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(liquid);
        ArgumentNullException.ThrowIfNull(potential);
        options ??= new QuenchOptions();
        options.Validate();
        (Configuration minimum, QuenchReport report) = Minimum(liquid, potential, options);
        // In time for the pair table, which would else come on top of what the quench worked with.
        LargeSystem.GiveMemoryBack(liquid.ParticleCount);
        return new InherentState(minimum, potential, report);
    }

    // A method to itself, so that nothing of a quench's working memory is in use when it returns.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (Configuration Minimum, QuenchReport Report) Minimum(Configuration liquid, PairPotential potential, QuenchOptions options)
    {
        var forces = new PairForces(liquid, potential, options.Skin, repairs: true);
        QuenchReport report = Run(forces, options);
        return (forces.ToConfiguration(liquid), report);
    }

    /// <summary>Moves the particles of <paramref name="pairs"/> to the minimum.</summary>
    internal static QuenchReport Run(PairForces pairs, QuenchOptions options)
    {
        ParticleOrder order = pairs.Order;
        RowField positions = pairs.Particles.Positions;
        var bfgs = new LimitedMemoryBfgs(Memory, order);
        var newton = new NewtonDirection(pairs);

        double energy = pairs.Compute(bfgs.Forces, out _);
        if (!double.IsFinite(energy))
            throw new ArgumentException($"the energy is {energy}: particles overlap too closely to be quenched");
        bfgs.Begin();
        double largest = FieldAlgebra.LargestRow(bfgs.Forces, order);
        int iterations = 0;
        double newtonBelow = options.NewtonBelow, bareStep = FirstStep;
        while (largest > options.ForceTolerance && pairs.SweepCount + newton.ProductCount < options.MaxSweeps)
        {
            options.Cancellation.ThrowIfCancellationRequested();
            bool isNewton = largest < newtonBelow;
            double slope;
            if (isNewton)
            {
                // Both kinds of directions have the same working memory.
                bfgs.Clear();
                // The nearer, the better; but no better than the force tolerance asks for.
                double tolerance = Math.Max(Math.Min(NewtonTolerance, Math.Sqrt(largest)), 0.3 * options.ForceTolerance / largest);
                int products = Math.Min(NewtonProducts, options.MaxSweeps - pairs.SweepCount - newton.ProductCount);
                if (!newton.Find(bfgs.Forces, bfgs.Direction, bfgs.Spare, tolerance, products, options.Cancellation))
                    newtonBelow = NewtonRetry * largest;
                slope = -FieldAlgebra.Dot(bfgs.Forces, bfgs.Direction);
            }
            else
            {
                slope = bfgs.FindDirection();
            }
            if (!(slope < 0))
            {
                bfgs.Clear();
                slope = bfgs.FindDirection();
            }
            double reach = FieldAlgebra.LargestRow(bfgs.Direction, order);
            // Without memory the direction is the bare force, whose size says nothing about distances: begin with a small move.
            double limit = options.LargestMove / reach;
            double t = bfgs.IsEmpty && !isNewton ? Math.Min(bareStep, 0.1 * limit) : Math.Min(1, limit);

            bool accepted = false;
            double at = 0;
            for (int attempt = 0; attempt < 30 && !accepted; attempt++)
            {
                FieldAlgebra.Add(positions, t - at, bfgs.Direction);
                at = t;
                pairs.Compute(bfgs.Next);
                double endSlope = bfgs.SlopeAtNext();
                bool isFinite = double.IsFinite(endSlope);
                accepted = isFinite && endSlope <= (2 * Armijo - 1) * slope;
                if (!accepted)
                    t *= isFinite ? Math.Clamp(slope / (slope - endSlope), 0.1, 0.5) : 0.1;
            }
            if (!accepted)
            {
                FieldAlgebra.Add(positions, -at, bfgs.Direction);
                if (isNewton)
                    newtonBelow = Math.Min(newtonBelow, NewtonRetry * largest);
                else if (bfgs.IsEmpty)
                    break;
                bfgs.Clear();
                continue;
            }

            bfgs.Learn(t, slope);
            // Where nothing is learned, down from a saddle, steps become longer.
            bareStep = bfgs.IsEmpty ? 2 * bareStep : FirstStep;
            largest = FieldAlgebra.LargestRow(bfgs.Forces, order);
            iterations++;
            options.Progress?.Report(new WorkProgress(pairs.SweepCount + newton.ProductCount, largest));
        }
        return new QuenchReport(largest <= options.ForceTolerance, iterations, pairs.SweepCount, newton.ProductCount, largest);
    }
}
