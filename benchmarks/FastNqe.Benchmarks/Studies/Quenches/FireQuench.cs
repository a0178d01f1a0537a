using FastNqe.Contractions;

namespace FastNqe.Benchmarks.Studies;

/// <summary>FIRE: molecular dynamics that is steered downhill (Bitzek et al., Phys. Rev. Lett. 97, 170201 (2006)), with its recommended constants.</summary>
internal sealed class FireQuench : IQuenchMethod
{
    private const double FirstStep = 0.005, LargestStep = 0.05, LargestMove = 0.1;

    public string Name => "FIRE";

    public QuenchOutcome Run(Configuration liquid, PairPotential potential, double tolerance)
    {
        var pairs = new PairForces(liquid, potential, new QuenchOptions().Skin, repairs: true);
        RowField force = pairs.Order.NewField(), velocity = pairs.Order.NewField();
        double step = FirstStep, mixing = 0.1, largest;
        int downhill = 0;
        pairs.Compute(force);
        while ((largest = FieldAlgebra.LargestRow(force, pairs.Order)) > tolerance && pairs.SweepCount < QuenchOutcome.MaxSweeps)
        {
            if (FieldAlgebra.Dot(force, velocity) > 0)
            {
                FieldAlgebra.Combine(velocity, 1 - mixing, velocity, mixing * FieldAlgebra.Norm(velocity) / FieldAlgebra.Norm(force), force);
                if (++downhill > 5)
                    (step, mixing) = (Math.Min(1.1 * step, LargestStep), 0.99 * mixing);
            }
            else
            {
                velocity.Values.Clear();
                (step, mixing, downhill) = (0.5 * step, 0.1, 0);
            }
            FieldAlgebra.Add(velocity, step, force);
            double fastest = FieldAlgebra.LargestRow(velocity, pairs.Order);
            if (fastest * step > LargestMove)
                FieldAlgebra.Scale(velocity, LargestMove / (fastest * step));
            FieldAlgebra.Add(pairs.Particles.Positions, step, velocity);
            pairs.Compute(force);
        }
        return QuenchOutcome.Of(pairs, liquid, largest, tolerance);
    }
}
