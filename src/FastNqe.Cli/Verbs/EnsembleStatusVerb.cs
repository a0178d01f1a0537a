using System.CommandLine;
using System.Globalization;
using FastNqe.Cli.Output;
using FastNqe.Ensembles;

namespace FastNqe.Cli.Verbs;

/// <summary>fastnqe ensemble status: how far an ensemble is.</summary>
internal sealed class EnsembleStatusVerb : Verb<string[]>
{
    private readonly Argument<string[]> _stores = EnsembleFiles.Stores();

    public EnsembleStatusVerb() : base("status", "Says how far an ensemble is, what failed and what a sample costs. Also while it runs.") => Add(_stores);

    protected override string[] Read(ParseResult parse) => parse.GetRequiredValue(_stores);

    protected override ExitCode Run(string[] stores, Session session)
    {
        EnsembleStatus status = EnsembleStatus.Of(stores);
        TextWriter output = session.Output;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{status.Study.Name}: {status.Done} of {status.Study.Samples} samples, {status.Failures.Count} failed"));
        TextTable shards = new("store", "done", "failed");
        foreach (ShardStatus shard in status.Shards)
            shards.Add(Path.GetFileName(shard.Path), TextTable.Number(shard.Done), TextTable.Number(shard.Failed));
        shards.Write(output);
        SampleCost cost = status.MeanCost;
        TextTable costs = new("core-seconds per sample", "");
        foreach ((string stage, double seconds) in new[]
            {
                ("liquid", cost.LiquidSeconds), ("quench", cost.QuenchSeconds), ("harmonic", cost.HarmonicSeconds), ("quartic", cost.QuarticSeconds),
                ("cubic", cost.CubicSeconds), ("other", cost.OtherSeconds), ("all", cost.TotalSeconds),
            })
            costs.Add(stage, seconds.ToString("0.0000", CultureInfo.InvariantCulture));
        costs.Write(output);
        foreach (SampleFailure failure in status.Failures)
            output.WriteLine($"failed: sample {failure.Sample}, seed {failure.Seed}: {failure.Reason}");
        return status.Failures.Count > 0 ? ExitCode.NotConverged : ExitCode.Done;
    }
}
