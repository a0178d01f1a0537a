using FastNqe.Contractions;

namespace FastNqe.Benchmarks.Studies;

/// <summary>The library's quench until forces are small, then Newton steps M·dx = F, solved by conjugate gradients on Hessian products.</summary>
internal sealed class NewtonFinish : IQuenchMethod
{
    private const double NearMinimum = 1e-2, LargestMove = 0.1;

    public string Name => "L-BFGS, Newton from 1e-2";

    public QuenchOutcome Run(Configuration liquid, PairPotential potential, double tolerance)
    {
        InherentState glass = Quench.Run(liquid, potential, new QuenchOptions { ForceTolerance = NearMinimum });
        int sweeps = glass.Quench!.ForceSweeps;
        while (glass.MaxForce > tolerance && sweeps < QuenchOutcome.MaxSweeps)
        {
            PairTable table = glass.Pairs;
            RowField force = table.Order.NewField(), step = table.Order.NewField();
            new ForceSum(potential, table.Order.SlotCount, table.Order.Dimension).Compute(table.Particles, table.List, force);
            // No more digits than the step's own error leaves: the next step squares the force.
            var options = new LinearSolveOptions { Tolerance = Math.Max(Math.Min(1e-2, glass.MaxForce), 0.1 * tolerance / glass.MaxForce) };
            sweeps += new HessianSolver(table).Solve(force, step, options).Sweeps + 2;
            double shorten = Math.Min(1, LargestMove / FieldAlgebra.LargestRow(step, table.Order));
            double[] displacement = new double[glass.ParticleCount * glass.Dimension], positions = glass.Configuration.Positions.ToArray();
            table.Order.Gather(step, displacement);
            for (int k = 0; k < positions.Length; k++)
                positions[k] += shorten * displacement[k];
            InherentState moved = InherentState.At(glass.Configuration.WithPositions(positions), potential);
            if (moved.MaxForce > glass.MaxForce)
            {
                // Too far from the minimum for Newton: nearer first.
                moved = Quench.Run(glass.Configuration, potential, new QuenchOptions { ForceTolerance = Math.Max(tolerance, 0.1 * glass.MaxForce) });
                sweeps += moved.Quench!.ForceSweeps;
            }
            glass = moved;
        }
        return new QuenchOutcome(glass.Configuration, sweeps, glass.MaxForce <= tolerance);
    }
}
