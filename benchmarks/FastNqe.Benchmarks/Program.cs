using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;
using FastNqe.Benchmarks;
using FastNqe.Benchmarks.Quick;

switch (args)
{
    case ["quick"]:
        return HeadlineTable.Run();
    case ["quick-width"]:
        return HeadlineTable.RunOneWidth();
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, DefaultConfig.Instance.WithArtifactsPath(Path.Combine(Repository.Artifacts, "benchmarks")));
        return 0;
}
