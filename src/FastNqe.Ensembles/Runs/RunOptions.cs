namespace FastNqe.Ensembles;

/// <summary>How a run goes about its work; nothing here changes a result.</summary>
public sealed record RunOptions
{
    /// <summary>How many samples are worked on at the same time.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>The shard to work on.</summary>
    public ShardRange Shard { get; init; } = ShardRange.Whole;

    /// <summary>Whether samples recorded as failures are tried again.</summary>
    public bool RetryFailures { get; init; }

    /// <summary>Liquid dynamics of about this much processor time may have to be done again after an interruption: a chain's liquid is kept in the store this often.</summary>
    public TimeSpan LiquidAtRisk { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Told about the progress after every commit, from the writing thread; null for nobody.</summary>
    public Action<RunProgress>? Progress { get; init; }
}

/// <summary>How far a run is.</summary>
/// <param name="Wanted">Samples of this shard.</param>
/// <param name="Done">Samples committed, failures among them, by this run and earlier ones.</param>
/// <param name="Failed">Failures among them.</param>
/// <param name="MadeNow">Samples committed by this run.</param>
/// <param name="Elapsed">Since this run began.</param>
/// <param name="Way">
/// The share of the way to their next samples that liquids have done, the mean over those that were kept on their way; null if no way is that long.
/// </param>
public readonly record struct RunProgress(int Wanted, int Done, int Failed, int MadeNow, TimeSpan Elapsed, double? Way = null)
{
    /// <summary>Samples per second of this run.</summary>
    public double Rate => MadeNow / Math.Max(Elapsed.TotalSeconds, 1e-9);

    /// <summary>An estimate from the rate so far; null before the first sample.</summary>
    public TimeSpan? Left => MadeNow == 0 ? null : TimeSpan.FromSeconds(Math.Min((Wanted - Done) / Rate, TimeSpan.MaxValue.TotalSeconds / 2));
}
