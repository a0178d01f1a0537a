using FastNqe.Contractions;

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
    /// <param name="configuration">The configuration; it need not have diameters.</param>
    /// <exception cref="ArgumentException">Two particles are at the same place.</exception>
    public static double CrystallineShare(Configuration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var bonds = new Bonds(configuration, BondLength * configuration.UnitLength);
        double[] norms = new double[bonds.SlotCount];
        for (int i = 0; i < norms.Length; i++)
            norms[i] = Math.Sqrt(Product(bonds, i, i));
        int solid = 0;
        for (int i = 0; i < norms.Length; i++)
        {
            int alike = 0;
            foreach (int j in bonds.NeighboursOf(i))
                alike += Product(bonds, i, j) > LeastCorrelation * norms[i] * norms[j] ? 1 : 0;
            if (alike > 0 && alike >= LeastShare * bonds.NeighboursOf(i).Length)
                solid++;
        }
        return (double)solid / configuration.ParticleCount;
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

    // Over all bonds of one particle and all of another.
    private static double Product(Bonds bonds, int one, int other)
    {
        int d = bonds.Dimension;
        ReadOnlySpan<double> theirs = bonds.DirectionsOf(other);
        double sum = 0;
        for (ReadOnlySpan<double> ours = bonds.DirectionsOf(one); ours.Length > 0; ours = ours[d..])
        {
            for (int b = 0; b < theirs.Length; b += d)
            {
                double cosine = 0;
                for (int axis = 0; axis < d; axis++)
                    cosine += ours[axis] * theirs[b + axis];
                sum += ZonalHarmonic(cosine, d);
            }
        }
        return sum;
    }

    // Who is nearer than a length, and in which direction; by slots of the order that the pair search likes.
    private sealed class Bonds
    {
        private readonly NeighbourSearch _search;
        private readonly double[] _directions;

        public Bonds(Configuration configuration, double longest)
        {
            Dimension = configuration.Dimension;
            ParticleOrder order = ParticleOrder.AlongCurve(configuration, longest / 2);
            _search = new NeighbourSearch(configuration.Box, longest, 0, order.SlotCount, order.ParticleCount);
            // A bond does not depend on sizes, which the configuration need not have.
            Configuration equal = configuration.WithDiameters([.. Enumerable.Repeat(1.0, order.ParticleCount)]);
            _search.Run(new PairPotential<Reach>(new(longest)), OrderedParticles.From(equal, order), Simd.Width);
            SlotCount = order.SlotCount;
            _directions = new double[_search.Total * Dimension];
            for (int i = 0; i < SlotCount; i++)
            {
                Span<double> directions = _directions.AsSpan(_search.FirstOf(i) * Dimension, _search.Count[i] * Dimension);
                foreach (int j in _search.NeighboursOf(i))
                {
                    Direction(configuration, order.ParticleOf[i], order.ParticleOf[j], directions[..Dimension]);
                    directions = directions[Dimension..];
                }
            }
        }

        public int Dimension { get; }

        public int SlotCount { get; }

        public ReadOnlySpan<int> NeighboursOf(int slot) => _search.NeighboursOf(slot);

        public ReadOnlySpan<double> DirectionsOf(int slot) => _directions.AsSpan(_search.FirstOf(slot) * Dimension, _search.Count[slot] * Dimension);

        private static void Direction(Configuration configuration, int i, int j, Span<double> direction)
        {
            int d = direction.Length;
            for (int axis = 0; axis < d; axis++)
                direction[axis] = configuration.Positions[j * d + axis] - configuration.Positions[i * d + axis];
            configuration.Box.MinimumImage(direction);
            double square = 0;
            foreach (double component in direction)
                square += component * component;
            for (int axis = 0; axis < d; axis++)
                direction[axis] /= Math.Sqrt(square);
        }
    }
}
