using System.Globalization;

namespace FastNqe.Tests;

/// <summary>LAMMPS as a second opinion on energy, forces, pressure, trajectories and quenches of the smoothed inverse power law.</summary>
/// <remarks>
/// LAMMPS has no such law, but two of its nm/cut styles laid over each other are exactly it: one carries r^-10 and r², the other r⁴ and r⁶,
/// and the shift to zero at the cutoff is c_0.
/// </remarks>
public sealed class LammpsAgreementTests
{
    private static readonly GlassModel Model = GlassModel.Ipl3D;

    [TestCase("a03", 2)]
    [TestCase("a04", 3)]
    [TestCase("b02", 3)]
    public void Energy_forces_and_pressure_agree(string name, int dimension)
    {
        string lammps = Peers.Lammps;
        using TemporaryFolder folder = new();
        Configuration configuration = Inside(ReferenceCase.Load(name).Configuration);
        LammpsResult theirs = RunLammps(lammps, folder, configuration, "run 0");

        var naive = new NaiveGlass(configuration, Model.Potential);
        InherentState ours = InherentState.At(configuration, Model.Potential);
        Assert.That(theirs.Energy, Is.EqualTo(ours.Energy).Within(1e-11 * ours.Energy));
        Assert.That(theirs.Pressure, Is.EqualTo(ours.Pressure).Within(1e-11 * ours.Pressure));
        double[] gradient = naive.Gradient();
        // Net forces of an inherent state are rounding: the scale is that of a pair's force.
        double scale = naive.Pairs.Max(pair => Math.Abs(2 * pair.F.F1) * Math.Sqrt(NaiveGlass.Dot(pair.X, pair.X)));
        for (int k = 0; k < gradient.Length; k++)
            Assert.That(theirs.Forces[k / dimension][k % dimension], Is.EqualTo(-gradient[k]).Within(1e-11 * scale));
        Assert.That(theirs.Forces.Max(force => Math.Sqrt(force.Sum(component => component * component))), Is.EqualTo(ours.MaxForce).Within(1e-11 * scale));
    }

    [Test]
    public void A_trajectory_of_constant_energy_agrees()
    {
        string lammps = Peers.Lammps;
        using TemporaryFolder folder = new();
        const double Step = 0.002;
        const int Steps = 100;
        Configuration start = Quench.Run(ReferenceCase.Load("a04").Configuration, Model.Potential, new QuenchOptions { ForceTolerance = 1 }).Configuration;
        start = Inside(start);
        var ours = new MolecularDynamics(start, Model.Potential, 0.5, new RandomSequence(3, 0, RandomPurpose.Liquid), new MolecularDynamicsOptions { HasThermostat = false, TimeStep = Step });
        ours.Run(1);
        // From the first step x_1 = x_0 + dt v_0 + ½ dt² F_0 follow the velocities with which LAMMPS has to begin.
        Configuration next = ours.Snapshot();
        double[] gradient = new NaiveGlass(start, Model.Potential).Gradient(), velocities = new double[gradient.Length];
        for (int row = 0; row < velocities.Length; row += 3)
        {
            double[] moved = [.. Enumerable.Range(row, 3).Select(k => next.Positions[k] - start.Positions[k])];
            start.Box.MinimumImage(moved);
            for (int axis = 0; axis < 3; axis++)
                velocities[row + axis] = moved[axis] / Step + 0.5 * Step * gradient[row + axis];
        }
        ours.Run(Steps - 1);
        string settings = string.Join('\n', Enumerable.Range(0, start.ParticleCount).Select(i =>
            string.Create(CultureInfo.InvariantCulture, $"set atom {i + 1} vx {velocities[3 * i]:R} vy {velocities[3 * i + 1]:R} vz {velocities[3 * i + 2]:R}")));
        RunLammps(lammps, folder, start, string.Create(CultureInfo.InvariantCulture, $"{settings}\ntimestep {Step}\nfix nve all nve\nrun {Steps}"));

        Configuration theirs = Configuration.Read(folder.File("out.dump")), end = ours.Snapshot();
        double farthest = 0, traveled = 0;
        for (int row = 0; row < velocities.Length; row += 3)
        {
            double[] apart = [.. Enumerable.Range(row, 3).Select(k => theirs.Positions[k] - end.Positions[k])];
            double[] path = [.. Enumerable.Range(row, 3).Select(k => end.Positions[k] - start.Positions[k])];
            start.Box.MinimumImage(apart);
            start.Box.MinimumImage(path);
            farthest = Math.Max(farthest, NaiveGlass.Dot(apart, apart));
            traveled = Math.Max(traveled, NaiveGlass.Dot(path, path));
        }
        // Rounding grows exponentially in a liquid; 0.2 time units leave it small.
        Assert.That(Math.Sqrt(farthest), Is.LessThan(1e-9));
        Assert.That(Math.Sqrt(traveled), Is.GreaterThan(0.1));
    }

    [Test]
    public void A_liquid_made_by_LAMMPS_is_quenched_and_analysed_from_its_dump()
    {
        string lammps = Peers.Lammps;
        using TemporaryFolder folder = new();
        Configuration start = Inside(ReferenceCase.Load("a04").Configuration);
        RunLammps(lammps, folder, start, "timestep 0.002\nvelocity all create 1.0 4711\nfix nvt all nvt temp 1.0 1.0 0.2\nrun 500");
        Configuration liquid = Model.Complete(Configuration.Read(folder.File("out.dump")));
        Assert.That(liquid.ParticleCount, Is.EqualTo(start.ParticleCount));

        InherentState glass = Quench.Run(liquid, Model.Potential);
        Assert.That(glass.Quench!.Converged);
        LammpsResult theirs = RunLammps(lammps, folder, Inside(glass.Configuration), "run 0");
        Assert.That(theirs.Energy, Is.EqualTo(glass.Energy).Within(1e-11 * glass.Energy));
        // Positions written to 17 digits and wrapped into the cell move by some 1e-15, times a stiffness of a thousand.
        Assert.That(theirs.Forces.Max(force => Math.Sqrt(force.Sum(component => component * component))), Is.LessThan(1e-9));
        QuarticMode mode = QuarticMode.From(glass, [.. liquid.Positions.ToArray().Zip(glass.Configuration.Positions.ToArray(), (x, y) => x - y)]);
        Assert.That(mode.Converged);
        Assert.That(mode.Stiffness, Is.Positive);
    }

    private static LammpsResult RunLammps(string lammps, TemporaryFolder folder, Configuration configuration, string commands)
    {
        configuration.Write(folder.File("in.data"));
        File.WriteAllText(folder.File("script"), $$"""
            units lj
            dimension {{configuration.Dimension}}
            atom_style atomic
            atom_modify map array
            read_data {{folder.File("in.data")}}
            mass * 1
            {{PairStyle((PairPotential<InversePowerLaw>)Model.Potential)}}
            compute virial all pressure NULL virial
            thermo_style custom step pe c_virial
            thermo_modify norm no
            {{commands}}
            write_dump all custom {{folder.File("out.dump")}} id type x y z modify format float %.17g sort id
            write_dump all custom {{folder.File("forces.dump")}} id fx fy fz modify format float %.17g sort id
            run 0
            print "energy $(pe:%.17g) pressure $(c_virial:%.17g)" file {{folder.File("numbers")}} screen no
            """);
        Peers.Run(lammps, "-in", folder.File("script"), "-log", "none", "-screen", "none");
        string[] words = File.ReadAllText(folder.File("numbers")).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        double[][] forces = [.. File.ReadLines(folder.File("forces.dump")).SkipWhile(line => !line.StartsWith("ITEM: ATOMS", StringComparison.Ordinal)).Skip(1)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(word => double.Parse(word, CultureInfo.InvariantCulture)).ToArray())];
        return new LammpsResult(double.Parse(words[1], CultureInfo.InvariantCulture), double.Parse(words[3], CultureInfo.InvariantCulture), forces);
    }

    private static string PairStyle(PairPotential<InversePowerLaw> potential)
    {
        double[] sizes = [.. Model.SpeciesDiameters];
        var lines = new List<string> { string.Create(CultureInfo.InvariantCulture, $"pair_style hybrid/overlay nm/cut {potential.Cutoff(1.4, 1.4):R} nm/cut {potential.Cutoff(1.4, 1.4):R}") };
        for (int i = 0; i < sizes.Length; i++)
        {
            for (int j = i; j < sizes.Length; j++)
            {
                double cutoff = potential.Cutoff(sizes[i], sizes[j]), length = cutoff / potential.Law.CutoffRatio;
                double a2 = potential.Law.SmoothingCoefficient(1) * Math.Pow(length, -2), a4 = potential.Law.SmoothingCoefficient(2) * Math.Pow(length, -4);
                double a6 = potential.Law.SmoothingCoefficient(3) * Math.Pow(length, -6), power = Math.Pow(length, 10);
                double r0 = Math.Pow(5 * power / a2, 1.0 / 12), e0 = -6 * power / Math.Pow(r0, 10);
                double r1 = Math.Sqrt(-a4 / (1.5 * a6)), e1 = a6 * Math.Pow(r1, 6) / 2;
                lines.Add(string.Create(CultureInfo.InvariantCulture, $"pair_coeff {i + 1} {j + 1} nm/cut 1 {e0:R} {r0:R} 10 -2 {cutoff:R}"));
                lines.Add(string.Create(CultureInfo.InvariantCulture, $"pair_coeff {i + 1} {j + 1} nm/cut 2 {e1:R} {r1:R} -4 -6 {cutoff:R}"));
            }
        }
        lines.Add("pair_modify shift yes");
        return string.Join('\n', lines);
    }

    // LAMMPS wraps what is outside of the box.
    private static Configuration Inside(Configuration source)
    {
        int d = source.Dimension;
        double[] positions = source.Positions.ToArray();
        for (int i = 0; i < source.ParticleCount; i++)
            source.Box.Wrap(positions.AsSpan(d * i, d));
        return source.WithPositions(positions);
    }

    private sealed record LammpsResult(double Energy, double Pressure, double[][] Forces);
}
