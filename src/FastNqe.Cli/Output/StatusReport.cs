using FastNqe.Ensembles;

namespace FastNqe.Cli.Output;

/// <summary>How far an ensemble is, under the names its JSON has.</summary>
/// <param name="Study">The study's name.</param>
/// <param name="Samples">How many samples the study has.</param>
/// <param name="Done">Samples that succeeded, each counted once.</param>
/// <param name="Failures">Samples that failed and were not made elsewhere.</param>
/// <param name="Stores">Each store.</param>
/// <param name="Modes">For every kind, the modes whose search did not converge.</param>
/// <param name="ModuliNotConverged">Glasses of which the linear solves behind the shear modulus did not converge.</param>
/// <param name="CoreSeconds">The mean cost of a sample, by stage [core-seconds].</param>
internal sealed record StatusReport(string Study, int Samples, int Done, SampleFailure[] Failures, StoreReport[] Stores, UnconvergedReport[] Modes, int ModuliNotConverged, CostReport CoreSeconds)
{
    public static StatusReport Of(EnsembleStatus status) => new(
        status.Study.Name, status.Study.Samples, status.Done, [.. status.Failures], [.. status.Shards.Select(shard => new StoreReport(shard.Path, shard.Done, shard.Failed))],
        [.. status.Unconverged.Select(modes => new UnconvergedReport(Json.Name(modes.Kind), modes.Count, modes.Undefined))], status.UnconvergedModuli, CostReport.Of(status.MeanCost));
}

/// <summary>How far one store is.</summary>
internal sealed record StoreReport(string File, int Done, int Failed);

/// <summary>Modes of a kind whose search did not converge, and those among them that are undefined.</summary>
internal sealed record UnconvergedReport(string Kind, int NotConverged, int Undefined);

/// <summary>What a sample costs [core-seconds].</summary>
internal sealed record CostReport(double Liquid, double Quench, double Harmonic, double Quartic, double Cubic, double Other, double All)
{
    public static CostReport Of(SampleCost cost) => new(
        cost.LiquidSeconds, cost.QuenchSeconds, cost.HarmonicSeconds, cost.QuarticSeconds, cost.CubicSeconds, cost.OtherSeconds, cost.TotalSeconds);
}
