using System.Globalization;
using FastNqe.Ensembles;

namespace FastNqe.Cli;

/// <summary>Chains are shared out whole: says so when there are more shards than chains, for then some shards have nothing to do.</summary>
internal static class ShardWarning
{
    /// <summary>Writes one line if some shards stay idle.</summary>
    /// <param name="error">Where warnings go.</param>
    /// <param name="study">The study; where it does not say how many glasses from files there are, nothing is said.</param>
    /// <param name="shards">The number of shards.</param>
    public static void WriteIfIdle(TextWriter error, Study study, int shards)
    {
        if (study.ChainCount >= shards || study.Samples == 0)
            return;
        string advice = study.Configurations is null && study.Samples >= shards
            ? string.Create(CultureInfo.InvariantCulture, $"; --chain-length {study.Samples / shards} gives every shard a chain, each to be equilibrated, and is another study")
            : "";
        error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"warning: shards beyond number {study.ChainCount} of {shards} have nothing to do, for chains of samples are shared out whole{advice}"));
    }
}
