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

    [TestCase(0), TestCase(40), TestCase(-8)]
    public void A_damaged_file_is_refused(int length)
    {
        Stop(In("glass.xyz"));
        byte[] kept = File.ReadAllBytes(In("glass.xyz.state"));
        File.WriteAllBytes(In("glass.xyz.state"), kept[..(length < 0 ? kept.Length + length : length)]);
        CommandResult result = Quenched(Liquid.ConfigurationPath);
        Assert.That(result.Code, Is.EqualTo(2));
        Assert.That(result.Error, Does.Contain("glass.xyz.state cannot be read").And.Contain("remove it"));
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

    // Stops the quench of the liquid in its fourth leg, as Ctrl-C would.
    private static QuenchCheckpoint Stop(string glass)
    {
        using CancellationTokenSource stop = new();
        var options = new QuenchOptions
        {
            LegSweeps = 20,
            Cancellation = stop.Token,
            Progress = new Watch(sweeps => { if (sweeps > 70) stop.Cancel(); }),
        };
        var kept = new KeptQuench(glass, Liquid.Configuration, Liquid.Potential, options);
        var session = new Session(new InvocationConfiguration { Output = TextWriter.Null, Error = TextWriter.Null }, stop.Token);
        Assert.That(() => kept.Run(session), Throws.InstanceOf<OperationCanceledException>());
        return kept.Kept()!;
    }

    private sealed class Watch(Action<int> told) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value) => told(value.Sweeps);
    }
}
