using System.Globalization;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;
using FastNqe;
using FastNqe.Benchmarks;
using FastNqe.Benchmarks.Glasses;
using FastNqe.Benchmarks.Quick;
using FastNqe.Benchmarks.Studies;

switch (args)
{
    case ["quick"]:
        return HeadlineTable.Run();
    case ["quick-width"]:
        return HeadlineTable.RunOneWidth();
    case ["forces", .. var sizes]:
        return HeadlineTable.RunForces(sizes.Select(size => int.Parse(size, CultureInfo.InvariantCulture)));
    case ["storage", .. var sizes]:
        return StorageStudy.Run(sizes.Select(size => int.Parse(size, CultureInfo.InvariantCulture)));
    case ["threads", .. var sizes]:
        return ThreadStudy.Run(sizes.Select(size => int.Parse(size, CultureInfo.InvariantCulture)));
    case ["eigenpairs", var model, var glass, .. var counts]:
        return EigenpairStudy.Run(model, glass, counts.Select(count => int.Parse(count, CultureInfo.InvariantCulture)));
    case [EigenpairStudy.RowVerb, var model, var glass, var count, var method]:
        return EigenpairStudy.RunRow(model, glass, int.Parse(count, CultureInfo.InvariantCulture), Enum.Parse<EigenpairMethod>(method));
    case ["layouts", .. var sizes]:
        return LayoutStudy.Run(sizes.Length > 0 ? sizes.Select(size => int.Parse(size, CultureInfo.InvariantCulture)) : [2048, 8192, 32768, 131072]);
    case ["analysis", var dimension, var particles]:
        return AnalysisStudy.Run(new GlassSize(int.Parse(dimension, CultureInfo.InvariantCulture), int.Parse(particles, CultureInfo.InvariantCulture)), 1);
    case ["analysis", var dimension, var particles, var threads]:
        return AnalysisStudy.Run(new GlassSize(int.Parse(dimension, CultureInfo.InvariantCulture), int.Parse(particles, CultureInfo.InvariantCulture)), int.Parse(threads, CultureInfo.InvariantCulture));
    case ["minimisers", var model, var glasses, var particles, var tolerance]:
        return MinimiserStudy.Run(GlassModel.Named(model), int.Parse(glasses, CultureInfo.InvariantCulture), int.Parse(particles, CultureInfo.InvariantCulture), double.Parse(tolerance, CultureInfo.InvariantCulture));
    case ["modes", var glass, var tolerance]:
        return ModeTimes.Run(glass, double.Parse(tolerance, CultureInfo.InvariantCulture));
    case ["interface", var library, var size]:
        return InterfaceOverhead.Run(library, int.Parse(size, CultureInfo.InvariantCulture));
    case ["quench", var liquids, var particles]:
        return QuenchStudy.Run(int.Parse(liquids, CultureInfo.InvariantCulture), int.Parse(particles, CultureInfo.InvariantCulture));
    case ["liquid", var particles, var timeStep, var steps, var tolerance, var path]:
        return LiquidTimes.Run(int.Parse(particles, CultureInfo.InvariantCulture), Number(timeStep), int.Parse(steps, CultureInfo.InvariantCulture), Number(tolerance), path);
    case ["swaps", var particles, var temperature]:
        return LiquidTimes.RunSwaps(int.Parse(particles, CultureInfo.InvariantCulture), Number(temperature));
    case ["relaxation", var model, var method, var particles, .. var temperatures]:
        return RelaxationStudy.Run(model, Enum.Parse<LiquidMethod>(method), int.Parse(particles, CultureInfo.InvariantCulture), temperatures.Select(Number));
    case ["instability", var glasses, var particles]:
        return InstabilityStudy.Run(int.Parse(glasses, CultureInfo.InvariantCulture), int.Parse(particles, CultureInfo.InvariantCulture));
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, DefaultConfig.Instance.WithArtifactsPath(Path.Combine(Repository.Artifacts, "benchmarks")));
        return 0;
}

static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
