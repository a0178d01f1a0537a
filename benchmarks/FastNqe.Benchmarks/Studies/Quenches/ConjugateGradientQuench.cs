using FastNqe.Contractions;

namespace FastNqe.Benchmarks.Studies;

/// <summary>Polak-Ribière conjugate gradients: along each line one trial step, then one to where the slope, taken as linear, vanishes.</summary>
internal sealed class ConjugateGradientQuench : IQuenchMethod
{
    private const double LargestMove = 0.1;

    public string Name => "conjugate gradients";

    public QuenchOutcome Run(Configuration liquid, PairPotential potential, double tolerance)
    {
        var pairs = new PairForces(liquid, potential, new QuenchOptions().Skin, repairs: true);
        RowField force = pairs.Order.NewField(), next = pairs.Order.NewField(), direction = pairs.Order.NewField(), start = pairs.Order.NewField();
        RowField positions = pairs.Particles.Positions;
        pairs.Compute(force);
        FieldAlgebra.Copy(force, direction);
        double trial = 1e-4, square = FieldAlgebra.Dot(force, force), largest;
        while ((largest = FieldAlgebra.LargestRow(force, pairs.Order)) > tolerance && pairs.SweepCount < QuenchOutcome.MaxSweeps)
        {
            double slope = FieldAlgebra.Dot(force, direction);
            if (!(slope > 0))
            {
                FieldAlgebra.Copy(force, direction);
                slope = square;
            }
            double limit = LargestMove / FieldAlgebra.LargestRow(direction, pairs.Order);
            trial = Math.Min(trial, limit);
            FieldAlgebra.Copy(positions, start);
            FieldAlgebra.Combine(positions, 1, start, trial, direction);
            pairs.Compute(next);
            double endSlope = FieldAlgebra.Dot(next, direction);
            double curvature = (slope - endSlope) / trial;
            double step = curvature > 0 ? Math.Min(slope / curvature, Math.Min(4 * trial, limit)) : Math.Min(4 * trial, limit);
            FieldAlgebra.Combine(positions, 1, start, step, direction);
            pairs.Compute(next);
            double nextSquare = FieldAlgebra.Dot(next, next);
            double beta = Math.Max(0, (nextSquare - FieldAlgebra.Dot(next, force)) / square);
            FieldAlgebra.Combine(direction, 1, next, beta, direction);
            (force, next, square, trial) = (next, force, nextSquare, step);
        }
        return QuenchOutcome.Of(pairs, liquid, largest, tolerance);
    }
}
