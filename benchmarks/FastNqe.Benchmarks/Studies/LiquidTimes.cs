using System.Text.Json;
using FastNqe.Benchmarks.Glasses;

namespace FastNqe.Benchmarks.Studies;

/// <summary>What a liquid's step, its quench and a swap trial take, as JSON: FastNqe's side of benchmarks/peers/lammps.py.</summary>
internal static class LiquidTimes
{
    private const int Repeats = 5;

    /// <summary>Times molecular dynamics at constant energy and the quench of a liquid of the ipl-3d model at T = 2, on one thread.</summary>
    /// <param name="particles">N.</param>
    /// <param name="timeStep">dt.</param>
    /// <param name="steps">Steps per measurement.</param>
    /// <param name="forceTolerance">The largest net force at which the quench ends.</param>
    /// <param name="path">The file that the liquid is written to, for the peer.</param>
    public static int Run(int particles, double timeStep, int steps, double forceTolerance, string path)
    {
        PairPotential potential = GlassModel.Ipl3D.Potential;
        Configuration liquid = BenchmarkGlass.LoadLiquid(new(3, particles));
        liquid.Write(path);
        var dynamics = new MolecularDynamics(liquid, potential, BenchmarkGlass.Temperature, new RandomSequence(1, 0, RandomPurpose.Measurement),
            new MolecularDynamicsOptions { HasThermostat = false, TimeStep = timeStep });
        double stepSeconds = Best(() => dynamics.Run(steps)) / steps;
        var options = new QuenchOptions { ForceTolerance = forceTolerance };
        InherentState? glass = null;
        double quenchSeconds = Best(() => glass = Quench.Run(liquid, potential, options));
        Console.WriteLine(JsonSerializer.Serialize(new Dictionary<string, double>
        {
            ["pairsOfLiquid"] = InherentState.At(dynamics.Snapshot(), potential).PairCount,
            ["stepSeconds"] = stepSeconds,
            ["quenchSeconds"] = quenchSeconds,
            ["quenchForceSweeps"] = glass!.Quench!.ForceSweeps,
            ["quenchHessianProducts"] = glass.Quench.HessianProducts,
            ["quenchMaxForce"] = glass.MaxForce,
            ["glassEnergy"] = glass.Energy,
        }));
        return 0;
    }

    /// <summary>Times trials of swap Monte Carlo of the polydisperse model.</summary>
    /// <param name="particles">N.</param>
    /// <param name="temperature">T.</param>
    public static int RunSwaps(int particles, double temperature)
    {
        const int Melting = 300, Sweeps = 1000;
        Configuration start = LatticeStart.Make(GlassModel.Poly3D, particles, new RandomSequence(1, 0, RandomPurpose.Start));
        var liquid = new SwapMonteCarlo(start, GlassModel.Poly3D.Potential, temperature, new RandomSequence(1, 0, RandomPurpose.Measurement));
        liquid.Tune(Melting);
        double seconds = Best(() => liquid.Run(Sweeps));
        Console.WriteLine(JsonSerializer.Serialize(new Dictionary<string, double>
        {
            ["particles"] = particles,
            ["trialsPerSecond"] = (double)Sweeps * particles / seconds,
            ["displacementAcceptance"] = liquid.Displacements.Acceptance,
            ["swapAcceptance"] = liquid.Swaps.Acceptance,
        }));
        return 0;
    }

    // The first run is compiled while it runs; the least of the rest is what an ensemble sees on a quiet machine.
    private static double Best(Action work)
    {
        work();
        double best = double.PositiveInfinity;
        for (int repeat = 0; repeat < Repeats; repeat++)
        {
            var clock = ProcessorClock.Start();
            work();
            best = Math.Min(best, clock.Seconds);
        }
        return best;
    }
}
