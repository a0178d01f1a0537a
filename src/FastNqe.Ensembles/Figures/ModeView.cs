namespace FastNqe.Ensembles;

/// <summary>
/// A displacement field seen from one direction: the particles around the mode's core, projected on two axes.
/// </summary>
/// <remarks>Positions are nearest images relative to the core, so that a core on the boundary is not torn apart.</remarks>
internal sealed class ModeView
{
    /// <summary>A particle of the picture.</summary>
    /// <param name="X">Horizontal position relative to the core [a0].</param>
    /// <param name="Y">Vertical position relative to the core [a0].</param>
    /// <param name="Diameter">The particle's diameter [a0].</param>
    /// <param name="U">Horizontal displacement, relative to the largest |z_i|.</param>
    /// <param name="V">Vertical displacement, relative to the largest |z_i|.</param>
    /// <param name="Magnitude">|z_i| (all components) relative to the largest.</param>
    internal readonly record struct Particle(double X, double Y, double Diameter, double U, double V, double Magnitude);

    private ModeView(Particle[] particles) => Particles = particles;

    /// <summary>The particles, those that move most last, so that they are drawn on top.</summary>
    public IReadOnlyList<Particle> Particles { get; }

    /// <summary>The field as seen around a point.</summary>
    /// <param name="glass">Box, positions and diameters (1 where unknown).</param>
    /// <param name="displacement">N·d numbers.</param>
    /// <param name="core">d numbers: the point that comes to lie in the middle.</param>
    /// <param name="axes">The two axes that span the picture.</param>
    public static ModeView Of(Configuration glass, ReadOnlySpan<double> displacement, ReadOnlySpan<double> core, (int X, int Y) axes)
    {
        int d = glass.Dimension;
        double largest = Math.Sqrt(LargestSquare(displacement, d, out _));
        double unit = glass.UnitLength;
        Particle[] particles = new Particle[glass.ParticleCount];
        Span<double> separation = stackalloc double[d];
        for (int i = 0; i < particles.Length; i++)
        {
            ReadOnlySpan<double> z = displacement.Slice(i * d, d);
            Separation(glass, i, core, separation);
            particles[i] = new Particle(
                separation[axes.X] / unit, separation[axes.Y] / unit, (glass.Diameters.IsEmpty ? 1 : glass.Diameters[i]) / unit,
                z[axes.X] / largest, z[axes.Y] / largest, Math.Sqrt(Square(z)) / largest);
        }
        Array.Sort(particles, (left, right) => left.Magnitude.CompareTo(right.Magnitude));
        return new ModeView(particles);
    }

    /// <summary>The centre of |z_i|⁴ among the images nearest to the particle that moves most.</summary>
    public static double[] Core(Configuration glass, ReadOnlySpan<double> displacement)
    {
        int d = glass.Dimension;
        LargestSquare(displacement, d, out int strongest);
        ReadOnlySpan<double> origin = glass.Positions.Slice(strongest * d, d);
        Span<double> separation = stackalloc double[d];
        double[] core = new double[d];
        double weights = 0;
        for (int i = 0; i < glass.ParticleCount; i++)
        {
            double square = Square(displacement.Slice(i * d, d));
            Separation(glass, i, origin, separation);
            weights += square * square;
            for (int axis = 0; axis < d; axis++)
                core[axis] += square * square * separation[axis];
        }
        for (int axis = 0; axis < d; axis++)
            core[axis] = origin[axis] + core[axis] / weights;
        return core;
    }

    /// <summary>The two axes along which the fields move most, in ascending order: the plane that shows most of them.</summary>
    public static (int X, int Y) Axes(int dimension, IEnumerable<ReadOnlyMemory<double>> displacements)
    {
        double[] weight = new double[dimension];
        foreach (ReadOnlyMemory<double> displacement in displacements)
            for (int k = 0; k < displacement.Length; k++)
                weight[k % dimension] += displacement.Span[k] * displacement.Span[k];
        int[] order = [.. Enumerable.Range(0, dimension).OrderByDescending(axis => weight[axis])];
        return (Math.Min(order[0], order[1]), Math.Max(order[0], order[1]));
    }

    private static void Separation(Configuration glass, int particle, ReadOnlySpan<double> origin, Span<double> separation)
    {
        for (int axis = 0; axis < separation.Length; axis++)
            separation[axis] = glass.Positions[particle * separation.Length + axis] - origin[axis];
        glass.Box.MinimumImage(separation);
    }

    private static double LargestSquare(ReadOnlySpan<double> displacement, int dimension, out int particle)
    {
        double largest = 0;
        particle = 0;
        for (int i = 0; i < displacement.Length / dimension; i++)
        {
            double square = Square(displacement.Slice(i * dimension, dimension));
            if (square > largest)
                (largest, particle) = (square, i);
        }
        return largest;
    }

    private static double Square(ReadOnlySpan<double> z)
    {
        double sum = 0;
        foreach (double component in z)
            sum += component * component;
        return sum;
    }
}
