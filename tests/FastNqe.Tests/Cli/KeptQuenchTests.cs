using System.CommandLine;
using System.Diagnostics;
using FastNqe.Cli;
using static FastNqe.Tests.Cli.CommandLineRunner;

namespace FastNqe.Tests.Cli;

/// <summary>What is left of a quench that was stopped, and what comes of it.</summary>
public sealed class KeptQuenchTests : WithFolder
{
    private static readonly ReferenceCase Liquid = ReferenceCase.Load("a04");

    [Test]
    public void The_same_line_goes_on_and_removes_what_was_kept()
    {
        QuenchCheckpoint checkpoint = Stop(In("glass.xyz"));
        Assert.That(FilesLeft(), Is.EqualTo(new[] { "glass.xyz.state" }));
        CommandResult result = Quenched(Liquid.ConfigurationPath);
        Assert.That(result.Code, Is.Zero, result.Error);
        Assert.That(result.Error, Does.Contain($"goes on after {checkpoint.Report.Sweeps} sweeps"));
        Assert.That(FilesLeft(), Is.EqualTo(new[] { "glass.xyz" }));
        InherentState expected = Quench.Resume(Liquid.Configuration, checkpoint, Liquid.Potential);
        Assert.That(Configuration.Read(In("glass.xyz")).Positions.ToArray(), Is.EqualTo(expected.Configuration.Positions.ToArray()));
    }

    [Test]
    public void Another_liquid_or_potential_is_refused_and_nothing_is_lost()
    {
        Stop(In("glass.xyz"));
        byte[] kept = File.ReadAllBytes(In("glass.xyz.state"));
        double[] moved = Liquid.Configuration.Positions.ToArray();
        moved[7] += 1e-9;
        Liquid.Configuration.WithPositions(moved).Write(In("other.xyz"));
        foreach ((CommandResult result, string what) in new[] { (Quenched(In("other.xyz")), "its liquid is"), (Quenched(Liquid.ConfigurationPath, "--cutoff", "1.4"), "its potential is") })
        {
            Assert.That(result.Code, Is.EqualTo(2));
            Assert.That(result.Error, Does.Contain("glass.xyz.state").And.Contain(what).And.Contain("remove it"));
        }
        Assert.That(File.ReadAllBytes(In("glass.xyz.state")), Is.EqualTo(kept));
        Assert.That(File.Exists(In("glass.xyz")), Is.False);
    }

    [Test]
    public void Another_version_s_is_refused()
    {
        Stop(In("glass.xyz"));
        byte[] kept = File.ReadAllBytes(In("glass.xyz.state"));
        int version = kept.AsSpan().IndexOf("FastNqe 0"u8) + "FastNqe ".Length;
        kept[version] = (byte)'9';
        File.WriteAllBytes(In("glass.xyz.state"), kept);
        CommandResult result = Quenched(Liquid.ConfigurationPath);
        Assert.That(result.Code, Is.EqualTo(2));
        Assert.That(result.Error, Does.Contain("its made_by is FastNqe 9").And.Not.Contain($"{Liquid.ConfigurationPath}:"));
    }

    [Test]
    public void A_sample_goes_on_with_its_quench_and_leaves_nothing_but_its_glass()
    {
        string[] command = ["sample", "--model", "ipl-3d", "--particles", "100", "--seed", "7", "-o", In("glasses")];
        SamplingProtocol protocol = SamplingProtocol.For(GlassModel.Ipl3D, 100, null, 7);
        string glass = new SampleArguments(protocol, 0, 1, Session.QuenchForceTolerance, Directory.CreateDirectory(In("glasses")).FullName).PathOf(0);
        Configuration liquid = protocol.Samples(0, 1).First();
        QuenchCheckpoint checkpoint = Stop(glass, liquid, protocol.Model.Potential);
        byte[] state = File.ReadAllBytes(glass + ".state");
        CommandResult result = Run(command);
        Assert.That(result.Code, Is.Zero, result.Error);
        Assert.That(result.Error, Does.Contain($"goes on after {checkpoint.Report.Sweeps} sweeps"));
        Assert.That(Directory.GetFiles(In("glasses")), Is.EqualTo(new[] { glass }));
        Assert.That(Configuration.Read(glass).Positions.ToArray(), Is.EqualTo(Quench.Resume(liquid, checkpoint, protocol.Model.Potential).Configuration.Positions.ToArray()));

        // As if it had been killed before it removed what it had kept.
        File.WriteAllBytes(glass + ".state", state);
        Assert.That(Run(command).Code, Is.Zero);
        Assert.That(Directory.GetFiles(In("glasses")), Is.EqualTo(new[] { glass }));
    }

    [Test]
    public void It_stands_beside_the_file_that_a_link_leads_to()
    {
        Directory.CreateDirectory(In("elsewhere"));
        File.WriteAllText(In("elsewhere/glass.xyz"), "");
        File.CreateSymbolicLink(In("glass.xyz"), In("elsewhere/glass.xyz"));
        Stop(In("glass.xyz"));
        Assert.That(File.Exists(In("elsewhere/glass.xyz.state")));
        Assert.That(Quenched(Liquid.ConfigurationPath).Error, Does.Contain("goes on after"));
    }

    [TestCase(0), TestCase(40), TestCase(-8)]
    public void A_damaged_file_is_refused(int length)
    {
        Stop(In("glass.xyz"));
        byte[] kept = File.ReadAllBytes(In("glass.xyz.state"));
        File.WriteAllBytes(In("glass.xyz.state"), kept[..(length < 0 ? kept.Length + length : length)]);
        CommandResult result = Quenched(Liquid.ConfigurationPath);
        Assert.That(result.Code, Is.EqualTo(2));
        Assert.That(result.Error, Does.Contain("glass.xyz.state is damaged").And.Contain("remove it"));
    }

    [Test]
    public void An_input_that_would_be_overwritten_is_refused()
    {
        File.Copy(Liquid.ConfigurationPath, In("glass.xyz.state"));
        CommandResult result = Quenched(In("glass.xyz.state"));
        Assert.That(result.Code, Is.EqualTo(2));
        Assert.That(result.Error, Does.Contain("it is read, and would be overwritten"));
    }

    [Test, Platform("Unix"), Category("Once")]
    public void Interrupted_it_ends_with_the_same_bits_as_if_it_had_not_been()
    {
        const int Particles = 40_000;
        var random = new Random(3);
        Configuration lattice = LatticeStart.Make(GlassModel.Ipl2D, Particles, new RandomSequence(1, 0, RandomPurpose.Start));
        Configuration liquid = lattice.WithPositions([.. lattice.Positions.ToArray().Select(x => x + 0.1 * (random.NextDouble() - 0.5))]);
        liquid.Write(In("liquid.xyz"));
        string[] command = ["quench", In("liquid.xyz"), "--model", "ipl-2d", "-o", In("glass.xyz")];
        using Process process = CommandLineProcess.Start(command);
        while (!File.Exists(In("glass.xyz.state")) && !process.HasExited)
            Thread.Sleep(20);
        CommandLineProcess.Interrupt(process);
        CommandResult stopped = CommandLineProcess.Finish(process);
        Assert.That(stopped.Code, Is.EqualTo(130), stopped.Error);
        Assert.That(FilesLeft(), Is.EqualTo(new[] { "glass.xyz.state", "liquid.xyz" }));
        CommandResult resumed = Run(command);
        Assert.That(resumed.Code, Is.Zero, resumed.Error);
        Assert.That(resumed.Error, Does.Contain("goes on after"));
        Assert.That(FilesLeft(), Is.EqualTo(new[] { "glass.xyz", "liquid.xyz" }));
        Assert.That(Configuration.Read(In("glass.xyz")).Positions.ToArray(), Is.EqualTo(Quench.Run(liquid, GlassModel.Ipl2D.Potential).Configuration.Positions.ToArray()));
    }

    private CommandResult Quenched(string file, params string[] options) => Run(["quench", file, "--model", "ipl-3d", "-o", In("glass.xyz"), .. options]);

    private static QuenchCheckpoint Stop(string glass) => Stop(glass, Liquid.Configuration, Liquid.Potential);

    // Stops a quench in its fourth leg, as Ctrl-C would.
    private static QuenchCheckpoint Stop(string glass, Configuration liquid, PairPotential potential)
    {
        using CancellationTokenSource stop = new();
        var options = new QuenchOptions
        {
            LegSweeps = 20,
            Cancellation = stop.Token,
            Progress = new Watch(sweeps => { if (sweeps > 70) stop.Cancel(); }),
        };
        var kept = new KeptQuench(glass, liquid, potential, options);
        var session = new Session(new InvocationConfiguration { Output = TextWriter.Null, Error = TextWriter.Null }, stop.Token);
        Assert.That(() => kept.Run(null, session), Throws.InstanceOf<OperationCanceledException>());
        return kept.Kept()!;
    }

    private sealed class Watch(Action<int> told) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value) => told(value.Sweeps);
    }
}
