using System.CommandLine;
using System.Globalization;
using FastNqe.Cli.Output;
using FastNqe.Ensembles;

namespace FastNqe.Cli.Verbs;

/// <summary>fastnqe ensemble status: how far an ensemble is.</summary>
internal sealed class EnsembleStatusVerb : Verb<(string[] Stores, string? Json)>
{
    private readonly Argument<string[]> _stores = EnsembleFiles.Stores();
    private readonly Option<string?> _json = new("--json") { Description = "Writes the numbers as JSON; - is standard output.", HelpName = "FILE|-" };

    public EnsembleStatusVerb() : base("status", "Says how far an ensemble is, what failed or did not converge and what a sample costs. Also while it runs.")
    {
        Add(_stores);
        Add(_json);
    }

    protected override (string[] Stores, string? Json) Read(ParseResult parse) => (parse.GetRequiredValue(_stores), Files.Json(parse.GetValue(_json), _json));

    protected override ExitCode Run((string[] Stores, string? Json) arguments, Session session)
    {
        StatusReport report = StatusReport.Of(EnsembleStatus.Of(arguments.Stores));
        if (arguments.Json is not null)
            Json.Write(arguments.Json, report, session);
        if (arguments.Json != Json.StandardOutput)
            Write(report, session.Output);
        return report.Failures.Length > 0 ? ExitCode.NotConverged : ExitCode.Done;
    }

    private static void Write(StatusReport report, TextWriter output)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.Study}: {report.Done} of {report.Samples} samples, {report.Failures.Length} failed"));
        TextTable stores = new("store", "done", "failed");
        foreach (StoreReport store in report.Stores)
            stores.Add(Path.GetFileName(store.File), TextTable.Number(store.Done), TextTable.Number(store.Failed));
        stores.Write(output);
        TextTable modes = new("modes", "not converged", "of these undefined");
        foreach (UnconvergedReport kind in report.Modes)
            modes.Add(kind.Kind, TextTable.Number(kind.NotConverged), TextTable.Number(kind.Undefined));
        modes.Write(output);
        if (report.ModuliNotConverged > 0)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"shear moduli that did not converge: {report.ModuliNotConverged}"));
        CostReport cost = report.CoreSeconds;
        TextTable costs = new("core-seconds per sample", "");
        foreach ((string stage, double seconds) in new[]
            {
                ("liquid", cost.Liquid), ("quench", cost.Quench), ("harmonic", cost.Harmonic), ("quartic", cost.Quartic), ("cubic", cost.Cubic), ("other", cost.Other), ("all", cost.All),
            })
            costs.Add(stage, seconds.ToString("0.0000", CultureInfo.InvariantCulture));
        costs.Write(output);
        foreach (SampleFailure failure in report.Failures)
            output.WriteLine($"failed: sample {failure.Sample}, seed {failure.Seed}: {failure.Reason}");
    }
}
