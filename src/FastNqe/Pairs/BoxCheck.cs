namespace FastNqe.Contractions;

/// <summary>Refuses a box in which a pair could interact through more than one image, and particles too far from it.</summary>
internal static class BoxCheck
{
    // Boxes away from the origin: a coordinate then has ten digits left within its box.
    private const double Farthest = 1e6;

    private const int MostSpecies = 64;

    /// <summary>Looks at every coordinate before kernels do.</summary>
    /// <exception cref="ArgumentException">A particle is so far away that nothing is left of its place within the box.</exception>
    public static void RefuseFarAway(Configuration configuration)
    {
        int d = configuration.Dimension;
        for (int k = 0; k < configuration.Positions.Length; k++)
            if (!(Math.Abs(configuration.Positions[k]) < Farthest * configuration.Box.Length(k % d)))
                throw new ArgumentException(
                    $"particle {k / d + 1} is at {Place.Of(configuration.Positions.Slice(k / d * d, d))}, farther away than a million boxes: nothing is left of its place within the box",
                    nameof(configuration));
    }

    /// <summary>The largest cutoff of any two particles of a configuration.</summary>
    /// <exception cref="ArgumentException">There are no diameters, or the box is smaller than twice the largest cutoff.</exception>
    public static double LargestCutoff(Configuration configuration, PairPotential potential)
    {
        if (configuration.Diameters.Length == 0)
            throw new ArgumentException("the configuration has no diameters; GlassModel.Complete takes them from the species", nameof(configuration));
        double largest = 0, smallestSize = double.PositiveInfinity, largestSize = 0;
        var species = new HashSet<double>();
        foreach (double size in configuration.Diameters)
        {
            (smallestSize, largestSize) = (Math.Min(smallestSize, size), Math.Max(largestSize, size));
            if (species.Count <= MostSpecies)
                species.Add(size);
        }
        if (!(potential.Cutoff(smallestSize, largestSize) > 0))
            throw new ArgumentException($"particles of sizes {smallestSize:R} and {largestSize:R} would not interact at any distance: the non-additivity is too large for them", nameof(configuration));
        // In a mixture any two species can reach farthest. Where every particle has a size of its own, the cutoff is a formula of the sizes: a
        // mixed pair never reaches beyond the maximum over sizes against themselves and the extremes.
        if (species.Count <= MostSpecies)
            foreach (double size in species)
                foreach (double other in species)
                    largest = Math.Max(largest, potential.Cutoff(size, other));
        else
            foreach (double size in configuration.Diameters)
                largest = Math.Max(largest, Math.Max(potential.Cutoff(size, size), Math.Max(potential.Cutoff(size, largestSize), potential.Cutoff(smallestSize, size))));
        double height = configuration.Box.SmallestHeight;
        if (height < 2 * largest)
            throw new ArgumentException(
                $"the box is too small for the minimum image: its smallest height is {height:R}, and twice the largest cutoff is {2 * largest:R}; use more particles or a smaller cutoff",
                nameof(configuration));
        return largest;
    }
}
