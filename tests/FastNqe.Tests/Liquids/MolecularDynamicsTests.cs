namespace FastNqe.Tests.Liquids;

public class MolecularDynamicsTests
{
    [TestCase("ipl-2d", 100)]
    [TestCase("ipl-3d", 128)]
    [TestCase("ipl-4d", 400)]
    [TestCase("poly-3d", 300)]
    public void Energy_is_conserved_without_thermostat(string name, int particles)
    {
        MolecularDynamics equilibrium = Liquid(GlassModel.Named(name), particles, 1.0, new());
        equilibrium.Run(400);
        MolecularDynamics free = new(equilibrium.Snapshot(), GlassModel.Named(name).Potential, 1.0, Numbers(2), new() { HasThermostat = false });
        double[] energies = new double[40];
        for (int k = 0; k < energies.Length; k++)
        {
            free.Run(50);
            energies[k] = free.TotalEnergy / particles;
        }
        // Verlet's energy oscillates by O(dt²) but does not drift: compare the means of the two halves of 2,000 steps.
        Assert.That(energies.Max() - energies.Min(), Is.LessThan(5e-3));
        double firstHalf = energies[..20].Average(), secondHalf = energies[20..].Average();
        Assert.That(secondHalf, Is.EqualTo(firstHalf).Within(1e-3));
        Assert.That(Math.Abs(free.KineticEnergy / particles), Is.GreaterThan(0.3));
    }

    [Test]
    public void Energy_error_falls_with_the_square_of_the_step()
    {
        MolecularDynamics equilibrium = Liquid(GlassModel.Ipl3D, 128, 1.0, new());
        equilibrium.Run(400);
        Configuration start = equilibrium.Snapshot();
        double coarse = Error(0.004), fine = Error(0.002);
        Assert.That(coarse / fine, Is.InRange(2.5, 6));

        double Error(double step)
        {
            MolecularDynamics free = new(start, GlassModel.Ipl3D.Potential, 1.0, Numbers(2), new() { HasThermostat = false, TimeStep = step });
            List<double> energies = [];
            for (double time = 0; time < 2; time += 5 * step)
            {
                free.Run(5);
                energies.Add(free.TotalEnergy);
            }
            double mean = energies.Average();
            return Math.Sqrt(energies.Average(e => (e - mean) * (e - mean)));
        }
    }

    [TestCase("ipl-3d", 64)]
    [TestCase("ipl-2d", 36)]
    public void Kinetic_energy_is_distributed_canonically(string name, int particles)
    {
        const double Temperature = 1.5;
        MolecularDynamics dynamics = Liquid(GlassModel.Named(name), particles, Temperature, new() { CouplingTime = 0.05 });
        dynamics.Run(1000);
        double[] kinetic = new double[6000];
        for (int k = 0; k < kinetic.Length; k++)
        {
            dynamics.Run(5);
            kinetic[k] = dynamics.KineticEnergy;
        }
        double mean = kinetic.Average(), variance = kinetic.Average(e => (e - mean) * (e - mean));
        int freedom = dynamics.DegreesOfFreedom;
        Assert.That(mean, Is.EqualTo(0.5 * freedom * Temperature).Within(1.5).Percent);
        // Rescaling alone, were it to the mean, would give no variance at all; the microcanonical one is much smaller.
        Assert.That(variance, Is.EqualTo(0.5 * freedom * Temperature * Temperature).Within(15).Percent);
    }

    [Test]
    public void Molecular_dynamics_and_Monte_Carlo_have_the_same_mean_energy()
    {
        GlassModel model = GlassModel.Ipl3D;
        MolecularDynamics dynamics = Liquid(model, 128, 2.0, new());
        SwapMonteCarlo monteCarlo = new(LatticeStart.Make(model, 128, new RandomSequence(8, 0, RandomPurpose.Start)), model.Potential, 2.0, Numbers(9), new() { SwapShare = 0 });
        monteCarlo.Tune(300);
        dynamics.Run(3000);
        (double a, double errorA) = Mean(dynamics, 100, 200);
        (double b, double errorB) = Mean(monteCarlo, 20, 200);
        Assert.That(a / 128, Is.EqualTo(b / 128).Within(5 * Math.Sqrt(errorA * errorA + errorB * errorB) / 128));
        Assert.That(errorA / 128, Is.LessThan(0.03));
    }

    [Test]
    public void Total_momentum_stays_zero()
    {
        MolecularDynamics dynamics = Liquid(GlassModel.Ipl3D, 100, 1.0, new());
        double[] before = dynamics.Snapshot().Positions.ToArray();
        dynamics.Run(500);
        double[] after = dynamics.Snapshot().Positions.ToArray();
        for (int axis = 0; axis < 3; axis++)
            Assert.That(Enumerable.Range(0, 100).Sum(i => after[3 * i + axis] - before[3 * i + axis]), Is.EqualTo(0).Within(1e-9));
    }

    [Test]
    public void A_restored_run_goes_on_to_the_bit_also_across_a_change_of_order([Values(130, 3990)] int steps)
    {
        MolecularDynamics whole = Liquid(GlassModel.Ipl3D, 100, 2.0, new()), interrupted = Liquid(GlassModel.Ipl3D, 100, 2.0, new()), restored = Liquid(GlassModel.Ipl3D, 100, 1.0, new());
        foreach (MolecularDynamics dynamics in new[] { whole, interrupted })
            dynamics.Cool(new Cooling(1e-2, 1.0));
        whole.Run(steps + 77);
        interrupted.Run(steps);
        using MemoryStream memory = new();
        using (BinaryWriter writer = new(memory, System.Text.Encoding.UTF8, leaveOpen: true))
            interrupted.Save(writer);
        memory.Position = 0;
        using (BinaryReader reader = new(memory))
            restored.Restore(reader);
        restored.Run(40);
        restored.Run(37);
        Assert.That(restored.Snapshot().Positions.ToArray(), Is.EqualTo(whole.Snapshot().Positions.ToArray()));
        Assert.That(restored.Temperature, Is.EqualTo(whole.Temperature));
    }

    [Test]
    public void Cooling_ends_at_the_final_temperature()
    {
        MolecularDynamics dynamics = Liquid(GlassModel.Ipl2D, 200, 1.0, new());
        dynamics.Run(500);
        double hot = dynamics.PotentialEnergy;
        long steps = dynamics.Cool(new Cooling(0.02, 0.1));
        Assert.That(steps * dynamics.TimeStep, Is.EqualTo(45).Within(dynamics.TimeStep));
        dynamics.Run(steps / 2);
        Assert.That(dynamics.Temperature, Is.EqualTo(0.55).Within(1e-3));
        dynamics.Run(steps - steps / 2);
        Assert.That(dynamics.Temperature, Is.EqualTo(0.1));
        Assert.That(dynamics.PotentialEnergy, Is.LessThan(hot));
        // A single moment has the heat of whatever rearranged last.
        double mean = 0;
        for (int k = 0; k < 200; k++)
        {
            dynamics.Run(10);
            mean += 2 * dynamics.KineticEnergy / dynamics.DegreesOfFreedom / 200;
        }
        Assert.That(mean, Is.EqualTo(0.1).Within(0.01));
    }

    [Test]
    public void Swaps_in_between_keep_the_mean_energy_and_restart_to_the_bit()
    {
        GlassModel model = GlassModel.Poly3D;
        HybridDynamics whole = Hybrid(), interrupted = Hybrid(), restored = Hybrid();
        whole.Run(110);
        interrupted.Run(60);
        using MemoryStream memory = new();
        using (BinaryWriter writer = new(memory, System.Text.Encoding.UTF8, leaveOpen: true))
            interrupted.Save(writer);
        memory.Position = 0;
        using (BinaryReader reader = new(memory))
            restored.Restore(reader);
        restored.Run(50);
        Assert.That(restored.Snapshot().Positions.ToArray(), Is.EqualTo(whole.Snapshot().Positions.ToArray()));
        Assert.That(restored.Snapshot().Diameters.ToArray(), Is.EqualTo(whole.Snapshot().Diameters.ToArray()));
        Assert.That(whole.Swaps.Accepted, Is.GreaterThan(0));

        SwapMonteCarlo monteCarlo = new(Start(), model.Potential, 1.3, Numbers(9));
        monteCarlo.Tune(300);
        whole.Run(3000);
        (double a, double errorA) = Mean(whole, 50, 100);
        (double b, double errorB) = Mean(monteCarlo, 10, 200);
        Assert.That(a / 250, Is.EqualTo(b / 250).Within(5 * Math.Sqrt(errorA * errorA + errorB * errorB) / 250));

        Configuration Start() => LatticeStart.Make(model, 250, new RandomSequence(8, 0, RandomPurpose.Start));
        HybridDynamics Hybrid() => new(Start(), model.Potential, 1.3, Numbers(1));
    }

    [Test]
    public void What_cannot_be_is_refused()
    {
        Configuration start = LatticeStart.Make(GlassModel.Ipl3D, 100, new RandomSequence(1, 0, RandomPurpose.Start));
        PairPotential potential = GlassModel.Ipl3D.Potential;
        Assert.That(() => new MolecularDynamics(start, potential, double.NaN, Numbers(1)), Throws.InstanceOf<ArgumentException>());
        Assert.That(() => new MolecularDynamics(start, potential, 1, Numbers(1), new() { TimeStep = -1 }), Throws.ArgumentException);
        Assert.That(() => new MolecularDynamics(start, potential, 1, Numbers(1)).Cool(new Cooling(1e-3, 2)), Throws.ArgumentException);
        Assert.That(() => new MolecularDynamics(start, potential, 1, Numbers(1), new() { HasThermostat = false }).Cool(new Cooling(1e-3, 0.1)), Throws.InvalidOperationException);
        using CancellationTokenSource source = new();
        source.Cancel();
        Assert.That(() => new MolecularDynamics(start, potential, 1, Numbers(1)).Run(1, source.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    private static MolecularDynamics Liquid(GlassModel model, int particles, double temperature, MolecularDynamicsOptions options) =>
        new(LatticeStart.Make(model, particles, new RandomSequence(3, 0, RandomPurpose.Start)), model.Potential, temperature, Numbers(7), options);

    private static RandomSequence Numbers(ulong seed) => new(seed, 0, RandomPurpose.Liquid);

    // Mean energy with its standard error from ten blocks.
    private static (double Mean, double Error) Mean(ILiquidDynamics dynamics, long steps, int count)
    {
        double[] energies = new double[count];
        for (int k = 0; k < count; k++)
        {
            dynamics.Run(steps);
            energies[k] = dynamics.PotentialEnergy;
        }
        double[] blocks = [.. energies.Chunk(count / 10).Select(block => block.Average())];
        double mean = blocks.Average();
        return (mean, Math.Sqrt(blocks.Sum(b => (b - mean) * (b - mean)) / (blocks.Length * (blocks.Length - 1))));
    }
}
