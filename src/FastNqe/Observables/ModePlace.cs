namespace FastNqe;

/// <summary>Where a mode's core is and how large it is.</summary>
/// <param name="Centre">The centre of |z_i|⁴ in the periodic box, inside the cell: d numbers [length].</param>
/// <param name="Radius">The root mean square distance from the centre, weighted with |z_i|⁴ [length].</param>
/// <param name="Particle">The index of the particle that moves most, from 0.</param>
public sealed record ModePlace(double[] Centre, double Radius, int Particle)
{
    private const int MaxSteps = 50;

    /// <summary>The place of a displacement field.</summary>
    /// <param name="configuration">The particles.</param>
    /// <param name="direction">N·d numbers.</param>
    /// <exception cref="ArgumentException">The length is not N·d.</exception>
    public static ModePlace Of(Configuration configuration, ReadOnlySpan<double> direction)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        double[] magnitudes = Magnitudes(configuration, direction);
        int d = configuration.Dimension, largest = 0;
        for (int i = 0; i < magnitudes.Length; i++)
            if (magnitudes[i] > magnitudes[largest])
                largest = i;

        // In a periodic box a centre is where the weighted nearest images average out; from the particle that moves most it is found at once.
        double[] centre = configuration.Positions.Slice(largest * d, d).ToArray(), shift = new double[d];
        double spread = 0;
        for (int step = 0; step < MaxSteps; step++)
        {
            spread = MeanImage(configuration, magnitudes, centre, shift);
            double moved = 0;
            for (int axis = 0; axis < d; axis++)
            {
                centre[axis] += shift[axis];
                moved += shift[axis] * shift[axis];
            }
            if (moved < 1e-24 * configuration.Box.SmallestHeight * configuration.Box.SmallestHeight)
                break;
        }
        configuration.Box.Wrap(centre);
        return new ModePlace(centre, Math.Sqrt(spread), largest);
    }

    /// <summary>|z_i| of every particle.</summary>
    internal static double[] Magnitudes(Configuration configuration, ReadOnlySpan<double> direction)
    {
        int d = configuration.Dimension;
        if (direction.Length != configuration.ParticleCount * d)
            throw new ArgumentException($"the direction has {direction.Length} numbers; expected {configuration.ParticleCount * d}", nameof(direction));
        double[] magnitudes = new double[configuration.ParticleCount];
        for (int k = 0; k < direction.Length; k++)
            magnitudes[k / d] += direction[k] * direction[k];
        for (int i = 0; i < magnitudes.Length; i++)
            magnitudes[i] = Math.Sqrt(magnitudes[i]);
        return magnitudes;
    }

    // The mean of the nearest images relative to the centre, and their mean square.
    private static double MeanImage(Configuration configuration, double[] magnitudes, double[] centre, double[] mean)
    {
        int d = configuration.Dimension;
        Span<double> image = stackalloc double[d];
        double total = 0, square = 0;
        Array.Clear(mean);
        for (int i = 0; i < magnitudes.Length; i++)
        {
            double weight = Math.Pow(magnitudes[i], 4);
            for (int axis = 0; axis < d; axis++)
                image[axis] = configuration.Positions[i * d + axis] - centre[axis];
            configuration.Box.MinimumImage(image);
            total += weight;
            for (int axis = 0; axis < d; axis++)
            {
                mean[axis] += weight * image[axis];
                square += weight * image[axis] * image[axis];
            }
        }
        for (int axis = 0; axis < d; axis++)
            mean[axis] /= total;
        return square / total;
    }
}
