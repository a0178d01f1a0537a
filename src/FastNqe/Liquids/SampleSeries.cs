namespace FastNqe;

/// <summary>
/// What the liquids at successive samples say about their equilibrium, at hardly any cost: how far particles move from one sample to the next,
/// and whether the energy of the later samples of a chain differs from that of the earlier ones.
/// </summary>
/// <remarks>
/// A liquid that still relaxes during the first few of many samples has no drift that could be seen here; <see cref="SampleChain.TestEquilibrium"/>
/// looks at each liquid itself.
/// </remarks>
public sealed class SampleSeries
{
    // With fewer values the standard error is hardly known.
    private const int LeastDegreesOfFreedom = 14;

    // Q falls to this value within one relaxation time, by the definition of that time.
    private const double LargestOverlap = 1 / Math.E;

    private readonly List<List<double>> _chains = [];
    private readonly List<double> _overlaps = [];
    private (long Chain, long Sample, Configuration Liquid)? _last;

    /// <summary>
    /// The share of particles that are displaced by less than <see cref="Trajectory.OverlapLength"/> from one sample of a chain to the next, on average;
    /// null if there are no two successive samples.
    /// </summary>
    public double? Overlap => _overlaps.Count > 0 ? _overlaps.Average() : null;

    /// <summary>Whether successive samples are alike: less than a relaxation time apart.</summary>
    public bool IsCorrelated => Overlap > LargestOverlap;

    /// <summary>
    /// The change of the potential energy per particle from the first to the second half of each chain's samples, averaged over chains [energy]; null if there are
    /// too few samples to know its error: below 16 of one chain.
    /// </summary>
    /// <remarks>The error takes samples for independent: it is too small where <see cref="IsCorrelated"/>.</remarks>
    public EnergyDrift? Drift
    {
        get
        {
            double difference = 0, squares = 0;
            int pairs = 0, degrees = 0;
            foreach (List<double> energies in _chains)
            {
                int half = energies.Count / 2;
                if (half == 0)
                    continue;
                List<double> first = energies[..half], second = energies[^half..];
                difference += half * (second.Average() - first.Average());
                squares += SquaredDeviations(first) + SquaredDeviations(second);
                pairs += half;
                degrees += 2 * (half - 1);
            }
            return degrees < LeastDegreesOfFreedom ? null : new EnergyDrift(difference / pairs, Math.Sqrt(2 * squares / degrees / pairs));
        }
    }

    /// <summary>Adds the liquid of a chain that stands at a sample, after those of the samples before.</summary>
    /// <param name="chain">The chain; it is not touched.</param>
    public void Add(SampleChain chain)
    {
        ArgumentNullException.ThrowIfNull(chain);
        Add(chain.Chain, chain.Sample, chain.Liquid, chain.PotentialEnergy);
    }

    internal void Add(long chain, long sample, Configuration liquid, double energy)
    {
        if (_last?.Chain != chain)
            _chains.Add([]);
        else if (_last is { } last && last.Sample == sample - 1)
            _overlaps.Add(OverlapOf(last.Liquid, liquid));
        _chains[^1].Add(energy / liquid.ParticleCount);
        _last = (chain, sample, liquid);
    }

    private static double OverlapOf(Configuration before, Configuration after)
    {
        Trajectory trajectory = new(before.Dimension, 1);
        trajectory.Add(before.Positions);
        trajectory.Add(after.Positions);
        return trajectory.Relaxation(before.UnitLength).Overlap[1];
    }

    private static double SquaredDeviations(List<double> values)
    {
        double mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean));
    }
}
