using System.Globalization;

namespace FastNqe.Cli.Output;

/// <summary>What sample says about the equilibrium of its liquids, in words.</summary>
internal static class EquilibriumReport
{
    /// <summary>What the test of a liquid found, and a warning if it failed.</summary>
    public static void Write(EquilibrationTest test, SampleChain liquid, int particles, TextWriter error)
    {
        string times = string.Create(CultureInfo.InvariantCulture, $"two runs of {test.First.Times[^1]:G4} have the relaxation times {test.First.OverlapTime:G4} and {test.Second.OverlapTime:G4}");
        string verdict = test.IsPassed ? "in equilibrium" : "not in equilibrium";
        error.WriteLine($"liquid {liquid.Chain} at sample {liquid.Sample}: {times}, {Energies(test.Drift, particles)}: {verdict}");
        if (!test.IsLongEnough)
            Warn("the liquid was equilibrated for less than eight relaxation times; give a longer --equilibration-time", error);
        else if (!test.RelaxesAlike)
            Warn("the relaxation time of the liquid changes; give a longer --equilibration-time", error);
        if (!test.Drift.IsWithinError)
            WarnOfDrift(error);
    }

    /// <summary>What the samples say together; nothing if no two of them are successive.</summary>
    public static void Write(SampleSeries series, SampleArguments arguments, TextWriter error)
    {
        if (series.Overlap is not { } overlap)
            return;
        error.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Times(arguments)}; {100 * overlap:0.0} % of the particles are where they were, within {Trajectory.OverlapLength} a0, from one sample to the next"));
        if (series.IsCorrelated)
            Warn("successive samples are alike, less than a relaxation time apart; give a longer --spacing", error);
        else if (series.Drift is { } drift)
        {
            error.WriteLine($"from the first to the second half of the samples: {Energies(drift, 1)}");
            if (!drift.IsWithinError)
                WarnOfDrift(error);
        }
    }

    private static string Times(SampleArguments arguments)
    {
        SamplingProtocol protocol = arguments.Protocol;
        double equilibration = protocol.ActualEquilibrationTime, spacing = protocol.ActualSpacing;
        return protocol.RelaxationTime is { } unit
            ? string.Create(CultureInfo.InvariantCulture, $"equilibrated for {equilibration / unit:G4} relaxation times of {unit:G4}, samples {spacing / unit:G4} apart")
            : string.Create(CultureInfo.InvariantCulture, $"equilibrated for a time of {equilibration:G4}, samples {spacing:G4} apart, relaxation time not known");
    }

    private static string Energies(EnergyDrift drift, int particles) =>
        $"the liquid's energy per particle changes by {TextTable.Magnitude(drift.Difference / particles)} ± {TextTable.Magnitude(drift.Error / particles)}";

    private static void WarnOfDrift(TextWriter error) =>
        Warn("the liquid's energy drifts: it was not in equilibrium, or does not stay liquid; give a longer --equilibration-time, or a higher --temperature", error);

    private static void Warn(string what, TextWriter error) => error.WriteLine($"warning: {what}");
}
