using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using Perfolizer.Horology;

namespace FastNqe.Benchmarks.Reporting;

/// <summary>Runs a benchmark once for every vector width that this processor has.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class EveryWidthAttribute : Attribute, IConfigSource
{
    public IConfig Config { get; } = ManualConfig.CreateEmpty().AddJob(
        [.. Enum.GetValues<SimdWidth>()
            .Where(Simd.IsSupported)
            .Select(width => Short.WithEnvironmentVariable(Simd.Variable, width.ToString()).WithId(width.ToString()))]);

    // Sweeps repeat to a percent: a dozen short iterations tell as much as the default hundred long ones.
    private static Job Short => Job.Default.WithWarmupCount(3).WithIterationCount(12).WithIterationTime(TimeInterval.FromMilliseconds(150));
}
