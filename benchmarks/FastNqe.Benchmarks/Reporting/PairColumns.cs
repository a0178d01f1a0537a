using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using FastNqe.Benchmarks.Contests;

namespace FastNqe.Benchmarks.Reporting;

/// <summary>Adds ns per pair, bytes per pair and effective GB/s to the table of a <see cref="ContestBenchmark"/>.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class PairColumnsAttribute : Attribute, IConfigSource
{
    public IConfig Config { get; } = ManualConfig.CreateEmpty().AddColumn(
        new PairColumn("ns/pair", "median time per interacting pair", (time, traffic) => time / traffic.PairCount),
        new PairColumn("B/pair", "bytes per pair if every array passes once", (_, traffic) => traffic.BytesPerPair),
        new PairColumn("GB/s", "the quotient of both", (time, traffic) => traffic.BytesPerPair * traffic.PairCount / time));
}

/// <summary>What a contestant's time is related to.</summary>
internal readonly record struct Traffic(long PairCount, double BytesPerPair)
{
    private static readonly Dictionary<(Type, object), (Traffic Ours, Traffic Peer)> Known = [];

    /// <summary>Of a benchmark case; the contest is set up once to count its pairs.</summary>
    public static Traffic Of(BenchmarkCase benchmark)
    {
        Type type = benchmark.Descriptor.Type;
        object size = benchmark.Parameters[nameof(ContestBenchmark.Glass)];
        if (!Known.TryGetValue((type, size), out (Traffic Ours, Traffic Peer) traffic))
        {
            var instance = (ContestBenchmark)Activator.CreateInstance(type)!;
            instance.Glass = (Glasses.GlassSize)size;
            using Contest contest = instance.Create();
            traffic = (new Traffic(contest.PairCount, contest.BytesPerPair), new Traffic(contest.PairCount, contest.PeerBytesPerPair));
            Known.Add((type, size), traffic);
        }
        return benchmark.Descriptor.WorkloadMethod.Name == nameof(ContestBenchmark.Peer) ? traffic.Peer : traffic.Ours;
    }
}

internal sealed class PairColumn(string name, string legend, Func<double, Traffic, double> value) : IColumn
{
    public string Id => name;

    public string ColumnName => name;

    public bool AlwaysShow => true;

    public ColumnCategory Category => ColumnCategory.Custom;

    public int PriorityInCategory => 0;

    public bool IsNumeric => true;

    public UnitType UnitType => UnitType.Dimensionless;

    public string Legend => legend;

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase) => summary[benchmarkCase]?.ResultStatistics is { } statistics
        ? value(statistics.Median, Traffic.Of(benchmarkCase)).ToString("F2", CultureInfo.InvariantCulture)
        : "-";

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);

    public bool IsAvailable(Summary summary) => true;

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;
}
