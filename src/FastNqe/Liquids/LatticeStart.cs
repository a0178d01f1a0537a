namespace FastNqe;

/// <summary>
/// The first configuration of a liquid: particles on randomly chosen sites of a jittered hypercubic lattice, species and diameters in
/// random order, the box from the model's density.
/// </summary>
/// <remarks>
/// It is not a liquid yet, and a large particle may still press hard on its neighbours: the dynamics that start from it
/// relax that first (molecular dynamics by capped descent, Monte Carlo by its moves), then equilibrate.
/// </remarks>
public static class LatticeStart
{
    // The largest jitter of a coordinate in units of the lattice constant: no two particles come closer than 0.8 of it.
    private const double Jitter = 0.1;

    /// <summary>Makes a start.</summary>
    /// <param name="model">Composition, density and dimension.</param>
    /// <param name="particleCount">N; for a mixture, a number that its shares divide (even for 50:50).</param>
    /// <param name="random">Where the disorder comes from.</param>
    /// <param name="randomDiameters">For a polydisperse model: independent random diameters instead of the quantiles of their distribution.</param>
    /// <exception cref="ArgumentException">N is too small, or the shares of the species do not divide it.</exception>
    public static Configuration Make(GlassModel model, int particleCount, RandomSequence random, bool randomDiameters = false)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfLessThan(particleCount, 2);
        int d = model.Dimension;
        double length = PortableMath.Root(particleCount / model.NumberDensity, d);

        int[] types = new int[particleCount];
        double[] diameters;
        if (model.Polydispersity is { } distribution)
        {
            diameters = randomDiameters ? distribution.Draw(particleCount, random) : distribution.Quantiles(particleCount);
            random.Shuffle<double>(diameters);
        }
        else
        {
            types = Species(model, particleCount);
            random.Shuffle<int>(types);
            diameters = [.. types.Select(type => model.SpeciesDiameters[type])];
        }

        return new Configuration(Box.Cubic(d, length), Sites(particleCount, d, length, random), diameters, types);
    }

    private static int[] Species(GlassModel model, int particleCount)
    {
        int count = model.SpeciesDiameters.Count;
        if (count == 0)
            throw new ArgumentException($"model {model.Name} has neither species nor a distribution of diameters", nameof(model));
        List<int> types = new(particleCount);
        for (int type = 0; type < count; type++)
        {
            double share = model.SpeciesShares.Count == 0 ? 1.0 / count : model.SpeciesShares[type];
            int members = (int)Math.Round(share * particleCount);
            if (Math.Abs(members - share * particleCount) > 1e-6)
                throw new ArgumentException($"{particleCount} particles cannot be shared out as {share:0.###} for species {type} of model {model.Name}{(count == 2 && share == 0.5 ? "; expected an even number" : "")}", nameof(particleCount));
            types.AddRange(Enumerable.Repeat(type, members));
        }
        return types.Count == particleCount
            ? [.. types]
            : throw new ArgumentException($"the shares of the species of model {model.Name} do not add up to 1", nameof(model));
    }

    private static double[] Sites(int particleCount, int d, double length, RandomSequence random)
    {
        int perSide = 1;
        while (Math.Pow(perSide, d) < particleCount)
            perSide++;
        int[] sites = [.. Enumerable.Range(0, (int)Math.Pow(perSide, d))];
        random.Shuffle<int>(sites);
        double spacing = length / perSide;
        double[] positions = new double[particleCount * d];
        for (int i = 0; i < particleCount; i++)
        {
            int site = sites[i];
            for (int axis = 0; axis < d; axis++, site /= perSide)
                positions[i * d + axis] = spacing * (site % perSide + 0.5 + Jitter * (2 * random.NextUniform() - 1));
        }
        return positions;
    }
}
