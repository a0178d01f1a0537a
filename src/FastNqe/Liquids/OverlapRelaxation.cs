using FastNqe.Contractions;

namespace FastNqe;

/// <summary>
/// Pushes overlapping particles apart: descent along the forces with every particle's move capped, because the power law's force on
/// two particles far inside each other has no sensible scale.
/// </summary>
internal static class OverlapRelaxation
{
    // Some ten times the typical force in a liquid at T = 2: from there Verlet's steps are stable.
    private const double HarmlessForce = 500;
    private const double LargestMove = 0.05;
    private const double MovePerForce = LargestMove / HarmlessForce;
    private const int MaxMoves = 500;

    /// <summary>Moves the particles until no force is harmful, and leaves the forces at the end in <paramref name="forces"/>.</summary>
    public static void Run(PairForces pairs, RowField forces)
    {
        pairs.Compute(forces);
        for (int move = 0; move < MaxMoves && !(FieldAlgebra.LargestRow(forces, pairs.Order) < HarmlessForce); move++)
        {
            Push(pairs, forces);
            pairs.Compute(forces);
        }
    }

    private static void Push(PairForces pairs, RowField forces)
    {
        int width = pairs.Order.RowWidth, d = pairs.Order.Dimension;
        for (int row = 0; row < pairs.Order.ParticleCount * width; row += width)
        {
            Span<double> force = forces.Values.Slice(row, d), position = pairs.Particles.Positions.Values.Slice(row, d);
            double square = 0;
            foreach (double component in force)
                square += component * component;
            double scale = Math.Min(MovePerForce, LargestMove / Math.Sqrt(square));
            for (int axis = 0; axis < d; axis++)
                position[axis] += scale * force[axis];
        }
    }
}
