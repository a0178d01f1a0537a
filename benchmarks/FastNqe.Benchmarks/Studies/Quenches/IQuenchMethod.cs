using FastNqe.Contractions;

namespace FastNqe.Benchmarks.Studies;

/// <summary>A way from a liquid to a minimum that takes part in the comparison.</summary>
internal interface IQuenchMethod
{
    string Name { get; }

    /// <summary>Moves the particles until no net force is above the tolerance; says how many sweeps over the pairs it took.</summary>
    QuenchOutcome Run(Configuration liquid, PairPotential potential, double tolerance);
}

/// <summary>Where a quench ended.</summary>
/// <param name="Glass">The positions.</param>
/// <param name="Sweeps">Force sweeps and Hessian products.</param>
/// <param name="Converged">Whether the tolerance was reached.</param>
internal sealed record QuenchOutcome(Configuration Glass, int Sweeps, bool Converged)
{
    public const int MaxSweeps = 200_000;

    public static QuenchOutcome Of(PairForces pairs, Configuration liquid, double largest, double tolerance) =>
        new(pairs.ToConfiguration(liquid), pairs.SweepCount, largest <= tolerance);
}

/// <summary>The library's quench: limited-memory BFGS, then truncated Newton steps from a largest force on.</summary>
internal sealed class LibraryQuench(string name, double newtonBelow) : IQuenchMethod
{
    public string Name => name;

    public QuenchOutcome Run(Configuration liquid, PairPotential potential, double tolerance)
    {
        InherentState glass = Quench.Run(liquid, potential, new QuenchOptions { ForceTolerance = tolerance, NewtonBelow = newtonBelow });
        return new QuenchOutcome(glass.Configuration, glass.Quench!.Sweeps, glass.Quench.Converged);
    }
}

/// <summary>Steepest descent in steps too small to leave a basin: every step is along the force, far below the stiffest mode's limit, and no particle moves far. Its last digits are left to the library's quench.</summary>
internal sealed class CarefulDescent : IQuenchMethod
{
    private const double Mobility = 5e-4, LargestMove = 2e-3, NearMinimum = 1e-2;

    public string Name => "careful descent";

    public QuenchOutcome Run(Configuration liquid, PairPotential potential, double tolerance)
    {
        var pairs = new PairForces(liquid, potential, new QuenchOptions().Skin, repairs: true);
        RowField force = pairs.Order.NewField();
        double largest;
        do
        {
            pairs.Compute(force);
            largest = FieldAlgebra.LargestRow(force, pairs.Order);
            FieldAlgebra.Add(pairs.Particles.Positions, Math.Min(Mobility, LargestMove / largest), force);
        }
        while (largest > NearMinimum && pairs.SweepCount < QuenchOutcome.MaxSweeps);
        InherentState glass = Quench.Run(pairs.ToConfiguration(liquid), potential, new QuenchOptions { ForceTolerance = tolerance, LargestMove = 1e-2 });
        return new QuenchOutcome(glass.Configuration, pairs.SweepCount + glass.Quench!.Sweeps, glass.Quench.Converged);
    }
}
