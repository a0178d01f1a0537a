namespace FastNqe;

/// <summary>One shell around a mode's core.</summary>
/// <param name="Distance">The mean distance of the shell's particles from the centre [length].</param>
/// <param name="MedianMagnitude">The median of |z_i| over the shell's particles.</param>
/// <param name="Count">The number of particles in the shell.</param>
public readonly record struct DecayShell(double Distance, double MedianMagnitude, int Count);

/// <summary>How a mode fades with the distance from its core: a quasilocalized one like r^(1-d), as the field of a force dipole does.</summary>
public static class SpatialDecay
{
    /// <summary>The median of |z_i| in spherical shells of equal width, from the core to half of the box's smallest height. Shells without particles are left out.</summary>
    /// <param name="configuration">The particles.</param>
    /// <param name="direction">N·d numbers.</param>
    /// <param name="shells">The number of shells.</param>
    /// <exception cref="ArgumentException">The length is not N·d, or there are no shells.</exception>
    public static IReadOnlyList<DecayShell> Of(Configuration configuration, ReadOnlySpan<double> direction, int shells = 20)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        if (shells < 1)
            throw new ArgumentException($"the number of shells is {shells}; expected at least 1", nameof(shells));
        double[] magnitudes = ModePlace.Magnitudes(configuration, direction);
        double[] centre = ModePlace.Of(configuration, direction).Centre;
        int d = configuration.Dimension;
        double reach = configuration.Box.SmallestHeight / 2;
        var inShell = new List<(double Distance, double Magnitude)>[shells];
        Span<double> image = stackalloc double[d];
        for (int i = 0; i < magnitudes.Length; i++)
        {
            for (int axis = 0; axis < d; axis++)
                image[axis] = configuration.Positions[i * d + axis] - centre[axis];
            configuration.Box.MinimumImage(image);
            double square = 0;
            foreach (double component in image)
                square += component * component;
            double distance = Math.Sqrt(square);
            if (distance < reach)
                (inShell[(int)(shells * distance / reach)] ??= []).Add((distance, magnitudes[i]));
        }
        return [.. inShell.Where(shell => shell is not null).Select(shell => new DecayShell(
            shell.Average(particle => particle.Distance), Median([.. shell.Select(particle => particle.Magnitude).Order()]), shell.Count))];
    }

    private static double Median(double[] sorted) => 0.5 * (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]);
}
