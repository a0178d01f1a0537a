namespace FastNqe.Tests;

/// <summary>Small configurations of every dimension and shape of box, none of them at a minimum: all pair terms are large there.</summary>
internal static class TestGlasses
{
    /// <summary>The names that <see cref="Named"/> knows.</summary>
    public static IEnumerable<string> Names => ["2D", "3D", "4D", "2D tilted", "3D tilted", "3D polydisperse", "3D smoother", "3D clusters"];

    public static (Configuration Configuration, PairPotential Potential) Named(string name) => name switch
    {
        "2D" => (Disordered(Box.Orthogonal([11.5, 9.25]), 83, 1), InversePowerLaw.Binary2D),
        "3D" => (Disordered(Box.Orthogonal([6.5, 5.75, 5.25]), 157, 2), InversePowerLaw.Binary3D),
        "4D" => (Disordered(Box.Cubic(4, 4.25), 253, 3), InversePowerLaw.Binary4D),
        "2D tilted" => (Disordered(Box.Tilted([10, 9], 3.5, 0, 0), 75, 4), InversePowerLaw.Binary2D),
        "3D tilted" => (Disordered(Box.Tilted([7, 6.5, 6.5], 1.5, -1.25, 2), 240, 5), InversePowerLaw.Binary3D),
        "3D polydisperse" => (Disordered(Box.Cubic(3, 7.5), 270, 6, i => Math.Pow(1 - (i + 0.5) / 270 * (1 - Math.Pow(2.22, -2)), -0.5)), InversePowerLaw.Polydisperse3D),
        "3D smoother" => (Disordered(Box.Cubic(3, 6), 170, 8), new PairPotential<InversePowerLaw>(new(12, 1.55, 4, 0.1))),
        "3D clusters" => (Clusters(), InversePowerLaw.Binary3D),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such glass"),
    };

    /// <summary>N·d numbers, none of them special, with a translation.</summary>
    public static double[] Field(Configuration configuration, int seed)
    {
        var random = new Random(seed);
        double[] field = new double[configuration.Positions.Length];
        for (int k = 0; k < field.Length; k++)
            field[k] = random.NextDouble() - 0.375;
        return field;
    }

    /// <summary>Particles at random, but not closer than a typical liquid's.</summary>
    public static Configuration Disordered(Box box, int count, int seed, Func<int, double>? size = null)
    {
        var random = new Random(seed);
        int d = box.Dimension;
        double[] positions = new double[count * d], sizes = new double[count];
        double closest = 0.85 * Math.Pow(box.Volume / count, 1.0 / d);
        for (int i = 0, attempts = 0; i < count; attempts++)
        {
            if (attempts % 1000 == 999)
                closest *= 0.97;
            Span<double> point = positions.AsSpan(i * d, d);
            for (int axis = 0; axis < d; axis++)
                point[axis] = (3 * random.NextDouble() - 1) * box.Length(axis);
            if (Closest(box, positions.AsSpan(0, i * d), point) < closest)
                continue;
            sizes[i] = size?.Invoke(i) ?? (i % 2 == 0 ? 1 : 1.4);
            i++;
        }
        return new Configuration(box, positions, sizes);
    }

    // Forty-one clusters, far apart, of 1 to 41 particles each: lists of 0 to 40 neighbours in one configuration.
    private static Configuration Clusters()
    {
        var random = new Random(7);
        var positions = new List<double>();
        const int Largest = 41, PerAxis = 4;
        const double Spacing = 4.5, Radius = 0.7;
        for (int cluster = 1; cluster <= Largest; cluster++)
            for (int k = 0; k < cluster; k++)
                for (int axis = 0, cell = cluster; axis < 3; axis++, cell /= PerAxis)
                    positions.Add(Spacing * (cell % PerAxis) + Radius / Math.Sqrt(3) * (2 * random.NextDouble() - 1));
        return new Configuration(Box.Cubic(3, Spacing * PerAxis), positions.ToArray(), Enumerable.Repeat(1.4, positions.Count / 3).ToArray());
    }

    private static double Closest(Box box, ReadOnlySpan<double> positions, ReadOnlySpan<double> point)
    {
        int d = point.Length;
        double closest = double.PositiveInfinity;
        Span<double> separation = stackalloc double[d];
        for (int k = 0; k < positions.Length; k += d)
        {
            double square = 0;
            for (int axis = 0; axis < d; axis++)
                separation[axis] = positions[k + axis] - point[axis];
            box.MinimumImage(separation);
            foreach (double component in separation)
                square += component * component;
            closest = Math.Min(closest, Math.Sqrt(square));
        }
        return closest;
    }

    /// <summary>A glass of 16,384 particles: eight times the same one.</summary>
    public static (Configuration, PairPotential) Large()
    {
        ReferenceCase reference = ReferenceCase.Load("b03");
        Configuration small = reference.Configuration;
        int n = small.ParticleCount, d = small.Dimension;
        double length = small.Box.Length(0);
        double[] positions = new double[8 * n * d], sizes = new double[8 * n];
        for (int i = 0; i < 8 * n; i++)
        {
            for (int axis = 0; axis < d; axis++)
                positions[i * d + axis] = small.Positions[i % n * d + axis] + (i / n >> axis & 1) * length;
            sizes[i] = small.Diameters[i % n];
        }
        return (new Configuration(Box.Cubic(d, 2 * length), positions, sizes), reference.Potential);
    }
}
