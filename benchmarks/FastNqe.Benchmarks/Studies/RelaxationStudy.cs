using System.Globalization;

namespace FastNqe.Benchmarks.Studies;

/// <summary>How long does a liquid take to forget itself, and what does an independent sample cost, down a ladder of temperatures?</summary>
/// <remarks>
/// Each temperature begins with the liquid of the one above. Pairs of runs, each twice as long as the last, until a pair passes
/// <see cref="EquilibrationTest"/>.
/// </remarks>
internal static class RelaxationStudy
{
    /// <summary>Prints a row of a Markdown table per temperature, as soon as it is measured.</summary>
    /// <param name="model">A preset's name.</param>
    /// <param name="method">What moves the liquid.</param>
    /// <param name="particles">N.</param>
    /// <param name="temperatures">Falling temperatures.</param>
    public static int Run(string model, LiquidMethod method, int particles, IEnumerable<double> temperatures)
    {
        GlassModel glass = GlassModel.Named(model);
        Configuration liquid = LatticeStart.Make(glass, particles, new RandomSequence(1, 0, RandomPurpose.Start));
        Console.WriteLine($"{model}, N = {particles}, {method}, {Simd.Width}");
        Console.WriteLine();
        Console.WriteLine("| T | relaxation time | in the two runs | of the scattering function | step or sweep | particle steps or trials per second | core seconds per relaxation time | per sample | energy per particle | its drift in errors | accepted displacements, swaps | crystalline share |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|---|");
        double duration = 0;
        ulong index = 0;
        foreach (double temperature in temperatures)
        {
            var protocol = new SamplingProtocol { Model = glass, ParticleCount = particles, Temperature = temperature, Method = method, RelaxationTime = 1 };
            ILiquidDynamics dynamics = SampleChain.Dynamics(protocol, liquid, new RandomSequence(1, index++, RandomPurpose.Measurement));
            (dynamics as SwapMonteCarlo)?.Tune(300);
            duration = Math.Max(duration, 200 * dynamics.TimeStep);
            while (true)
            {
                long steps = dynamics.StepCount;
                var clock = ProcessorClock.Start();
                EquilibrationTest test = EquilibrationTest.Run(dynamics, duration);
                double perStep = clock.Seconds / (dynamics.StepCount - steps);
                if (test.IsPassed)
                {
                    Print(test, dynamics, temperature, perStep);
                    break;
                }
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"T = {temperature}: runs of {duration:G4} give {test.First.OverlapTime:G4} and {test.Second.OverlapTime:G4}, {perStep * duration / dynamics.TimeStep:F0} s each; energy per particle {test.FirstEnergy / particles:F4}, then {test.SecondEnergy / particles:F4}; crystalline share {BondOrder.CrystallineShare(dynamics.Snapshot()):F3}; twice as long next"));
                duration *= 2;
            }
            liquid = dynamics.Snapshot();
        }
        return 0;
    }

    private static void Print(EquilibrationTest test, ILiquidDynamics dynamics, double temperature, double secondsPerStep)
    {
        double seconds = test.RelaxationTime / dynamics.TimeStep * secondsPerStep;
        double scattering = 0.5 * (test.First.ScatteringTime + test.Second.ScatteringTime);
        double drift = (test.SecondEnergy - test.FirstEnergy) / test.EnergyError;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {temperature:F2} | {test.RelaxationTime:G4} | {test.First.OverlapTime:G4}, {test.Second.OverlapTime:G4} | {scattering:G4} | {dynamics.TimeStep:G3} | {dynamics.ParticleCount / secondsPerStep:G3} | {seconds:G3} | {SamplingProtocol.SpacingInRelaxationTimes * seconds:G3} | {test.SecondEnergy / dynamics.ParticleCount:F4} | {drift:F1} | {Acceptance(dynamics)} | {BondOrder.CrystallineShare(dynamics.Snapshot()):F3} |"));
    }

    private static string Acceptance(ILiquidDynamics dynamics) => dynamics switch
    {
        SwapMonteCarlo both => string.Create(CultureInfo.InvariantCulture, $"{both.Displacements.Acceptance:P0}, {both.Swaps.Acceptance:P1}"),
        HybridDynamics hybrid => string.Create(CultureInfo.InvariantCulture, $"-, {hybrid.Swaps.Acceptance:P1}"),
        _ => "-",
    };
}
