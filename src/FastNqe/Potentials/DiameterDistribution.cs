namespace FastNqe;

/// <summary>
/// Diameters with density p(lambda) ~ lambda^-3 between two bounds: in three dimensions equal volume per interval of
/// size, lambda³ p(lambda) dlambda; a good glass former for swap Monte Carlo (Ninarello, Berthier, Coslovich, PRX 7, 021039 (2017)).
/// </summary>
/// <param name="Smallest">The lower bound [length], positive.</param>
/// <param name="Largest">The upper bound [length], above the lower one.</param>
public sealed record DiameterDistribution(double Smallest, double Largest)
{
    /// <summary>From 1 to 2.22: mean 1.37888, standard deviation 22.9 % of it.</summary>
    public static DiameterDistribution InverseCube { get; } = new(1, 2.22);

    /// <summary>The diameter below which a share u of the particles lies: lambda_min [1 - u(1 - (lambda_min/lambda_max)²)]^(-1/2).</summary>
    /// <param name="share">u, from 0 to 1.</param>
    public double Quantile(double share)
    {
        double ratio = Smallest / Largest;
        return Smallest / Math.Sqrt(1 - share * (1 - ratio * ratio));
    }

    /// <summary>N diameters at u = (i + ½)/N: the same for every sample, so that samples do not scatter by their diameters.</summary>
    public double[] Quantiles(int count) => [.. Enumerable.Range(0, count).Select(i => Quantile((i + 0.5) / count))];

    /// <summary>N independent random diameters.</summary>
    public double[] Draw(int count, RandomSequence random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return [.. Enumerable.Range(0, count).Select(_ => Quantile(random.NextUniform()))];
    }
}
