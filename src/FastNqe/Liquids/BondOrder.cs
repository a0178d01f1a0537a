namespace FastNqe;

/// <summary>
/// How much of a configuration is crystalline, from sixth-order bond orientations: Frenkel and ten Wolde's criterion
/// (J. Chem. Phys. 104, 9932 (1996)) in d = 2, 3, 4.
/// </summary>
/// <remarks>
/// The correlation of the surroundings of i and j is Σ_ab P(n_ia·n_jb), normalised, over their bonds a and b. By the addition theorem this is
/// the scalar product of their order-6 harmonics, which need not be computed: P is the zonal harmonic of order 6, in 2D cos 6θ (so the
/// criterion is hexatic order), in 3D the Legendre polynomial P_6, in 4D the Gegenbauer polynomial C_6^(1)/7. A particle is solid-like if its
/// surroundings are alike with most of its neighbours'.
/// </remarks>
public static class BondOrder
{
    // Neighbours are within the first minimum of the pair distribution of dense liquids.
    private const double BondLength = 1.45;
    private const double LeastCorrelation = 0.6;
    private const double LeastShare = 0.7;

    /// <summary>The share of solid-like particles, from 0 to 1: some percent in a liquid (a quarter in 2D, where disks have six neighbours anyway), above one half in a crystal.</summary>
    /// <param name="configuration">The configuration.</param>
    public static double CrystallineShare(Configuration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        int n = configuration.ParticleCount, d = configuration.Dimension;
        List<(int Neighbour, double[] Direction)>[] bonds = Bonds(configuration);
        double[] norms = [.. bonds.Select(own => Math.Sqrt(Product(own, own, d)))];
        int solid = 0;
        for (int i = 0; i < n; i++)
        {
            int alike = bonds[i].Count(bond => Product(bonds[i], bonds[bond.Neighbour], d) > LeastCorrelation * norms[i] * norms[bond.Neighbour]);
            if (bonds[i].Count > 0 && alike >= LeastShare * bonds[i].Count)
                solid++;
        }
        return (double)solid / n;
    }

    /// <summary>The zonal harmonic of order 6 at the cosine of an angle; 1 at 1.</summary>
    internal static double ZonalHarmonic(double cosine, int dimension)
    {
        double x = cosine * cosine;
        return dimension switch
        {
            2 => ((32 * x - 48) * x + 18) * x - 1,
            3 => (((231 * x - 315) * x + 105) * x - 5) / 16,
            _ => (((64 * x - 80) * x + 24) * x - 1) / 7,
        };
    }

    private static double Product(List<(int Neighbour, double[] Direction)> one, List<(int Neighbour, double[] Direction)> other, int dimension)
    {
        double sum = 0;
        foreach ((_, double[] a) in one)
        {
            foreach ((_, double[] b) in other)
            {
                double cosine = 0;
                for (int axis = 0; axis < dimension; axis++)
                    cosine += a[axis] * b[axis];
                sum += ZonalHarmonic(cosine, dimension);
            }
        }
        return sum;
    }

    private static List<(int Neighbour, double[] Direction)>[] Bonds(Configuration configuration)
    {
        int n = configuration.ParticleCount, d = configuration.Dimension;
        double longest = BondLength * configuration.UnitLength;
        var bonds = new List<(int, double[])>[n];
        for (int i = 0; i < n; i++)
            bonds[i] = [];
        Span<double> separation = stackalloc double[d];
        for (int i = 0; i < n; i++)
        {
            for (int j = i + 1; j < n; j++)
            {
                for (int axis = 0; axis < d; axis++)
                    separation[axis] = configuration.Positions[j * d + axis] - configuration.Positions[i * d + axis];
                configuration.Box.MinimumImage(separation);
                double square = 0;
                foreach (double component in separation)
                    square += component * component;
                if (!(square < longest * longest) || square == 0)
                    continue;
                double[] there = separation.ToArray(), back = separation.ToArray();
                for (int axis = 0; axis < d; axis++)
                {
                    there[axis] /= Math.Sqrt(square);
                    back[axis] = -there[axis];
                }
                bonds[i].Add((j, there));
                bonds[j].Add((i, back));
            }
        }
        return bonds;
    }
}
