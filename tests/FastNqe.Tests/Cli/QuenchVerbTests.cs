using System.Collections.Immutable;
using System.Globalization;
using static FastNqe.Tests.Cli.CommandLineRunner;

namespace FastNqe.Tests.Cli;

public sealed class QuenchVerbTests : WithFolder
{
    [TestCase("a03", "ipl-2d", "glass.xyz")]
    [TestCase("a04", "ipl-3d", "glass.xyz")]
    [TestCase("a05", "ipl-4d", "glass.txt")]
    public void The_inherent_state_is_written_to_the_last_bit(string name, string model, string file)
    {
        ReferenceCase liquid = ReferenceCase.Load(name);
        CommandResult result = Run("quench", liquid.ConfigurationPath, "--model", model, "-o", In(file));
        Assert.That(result.Code, Is.Zero, result.Error);
        Configuration read = Configuration.Read(In(file));
        InherentState expected = Quench.Run(liquid.Configuration, liquid.Potential);
        Assert.Multiple(() =>
        {
            Assert.That(read.Positions.ToArray(), Is.EqualTo(expected.Configuration.Positions.ToArray()));
            Assert.That(read.Diameters.ToArray(), Is.EqualTo(liquid.Configuration.Diameters.ToArray()));
            Assert.That(InherentState.At(read, liquid.Potential).MaxForce, Is.LessThan(1e-9));
            Assert.That(result.Output, Is.Empty);
            Assert.That(result.Error, Does.Contain("largest net force"));
        });
    }

    [Test]
    [NonParallelizable]
    public void Threads_share_the_work_and_change_no_bit()
    {
        (Configuration glass, _) = TestGlasses.Large();
        var random = new Random(5);
        glass.WithPositions([.. glass.Positions.ToArray().Select(x => x + 0.01 * (random.NextDouble() - 0.5))]).Write(In("in.xyz"));
        string[] written = [.. new[] { "1", "3" }.Select(threads =>
        {
            CommandResult result = Run("quench", In("in.xyz"), "--model", "ipl-3d", "-o", In($"out{threads}.xyz"), "--threads", threads);
            Assert.That(result.Code, Is.Zero, result.Error);
            Assert.That(SweepThreads.Count, Is.EqualTo(int.Parse(threads, CultureInfo.InvariantCulture)));
            return File.ReadAllText(In($"out{threads}.xyz"));
        })];
        Assert.That(written[1], Is.EqualTo(written[0]));
    }

    [TearDown]
    public void OneThreadAgain() => SweepThreads.Count = 1;

    [TestCase("0")]
    [TestCase("257")]
    public void A_number_of_threads_that_makes_no_sense_is_refused(string threads)
    {
        CommandResult result = Run("quench", ReferenceCase.Load("b03").ConfigurationPath, "--model", "ipl-3d", "-o", In("out.xyz"), "--threads", threads);
        Assert.That(result.Code, Is.EqualTo(2));
        Assert.That(result.Error, Does.Contain($"--threads {threads}: expected 1 to 256"));
        Assert.That(FilesLeft(), Is.Empty);
    }

    [Test]
    public void The_file_says_what_was_done_here_and_not_what_was_said_of_its_input()
    {
        ReferenceCase liquid = ReferenceCase.Load("a04");
        liquid.Configuration.WithProperties([new("potential", liquid.Potential.ToString()!), new("model", "ipl-3d"), new("maxForce", "12"), new("seed", "5")]).Write(In("liquid.xyz"));
        CommandResult result = Run("quench", In("liquid.xyz"), "--model", "ipl-3d", "--cutoff", "1.4", "-o", In("glass.xyz"));
        Assert.That(result.Code, Is.Zero, result.Error);
        AssertSaysWhatItIs(Configuration.Read(In("glass.xyz")), "quench");
        ImmutableSortedDictionary<string, string> said = Configuration.Read(In("glass.xyz")).Properties;
        Assert.Multiple(() =>
        {
            Assert.That(said["quench_tolerance"], Is.EqualTo("1E-10"));
            Assert.That(said["seed"], Is.EqualTo("5"), "what is still true is kept");
            Assert.That(said["parent_potential"], Is.EqualTo(liquid.Potential.ToString()));
        });
        CommandResult other = Run("analyze", In("glass.xyz"), "--model", "ipl-3d");
        Assert.That(other.Code, Is.EqualTo(2));
        Assert.That(other.Error, Does.Contain("the file says").And.Contain("cutoff 1.4,").And.Contain("cutoff 1.48,"));
    }

    [Test]
    public void Input_that_says_nothing_becomes_a_glass_that_does()
    {
        Configuration liquid = ReferenceCase.Load("a04").Configuration;
        new Configuration(liquid.Box, liquid.Positions, liquid.Diameters, liquid.Types).Write(In("liquid.xyz"));
        Run("quench", In("liquid.xyz"), "--model", "ipl-3d", "--cutoff", "1.4", "-o", In("glass.xyz"));
        Configuration glass = Configuration.Read(In("glass.xyz"));
        AssertSaysWhatItIs(glass, "quench");
        Assert.That(glass.Properties.Keys, Does.Not.Contain("parent_potential"));
    }

    [Test]
    public void Frames_of_modes_and_sheared_glasses_say_it_too()
    {
        ReferenceCase reference = ReferenceCase.Load("b04");
        reference.Configuration.WithProperties([new("potential", reference.Potential.ToString()!), new("maxForce", "12")]).Write(In("glass.xyz"));
        string[] other = [In("glass.xyz"), "--model", "ipl-3d", "--cutoff", "1.4", "--quench"];
        Assert.That(Run(["analyze", .. other, "--modes-out", In("modes.xyz")]).Code, Is.Zero);
        foreach (ExtendedXyzFrame frame in ExtendedXyz.ReadFrames(In("modes.xyz")))
            AssertSaysWhatItIs(frame.Configuration, "analyze");
        Assert.That(Run(["shear", .. other, "--step", "1e-4", "--to", "1e-4", "-o", In("t.csv")]).Code, Is.Zero);
        AssertSaysWhatItIs(Configuration.Read(In("t.csv.glass.xyz")), "shear");
    }

    private static void AssertSaysWhatItIs(Configuration glass, string verb)
    {
        var potential = new PairPotential<InversePowerLaw>(new InversePowerLaw(10, 1.4));
        double force = InherentState.At(glass, potential).MaxForce;
        Assert.Multiple(() =>
        {
            Assert.That(force, Is.LessThan(1e-9));
            Assert.That(glass.Properties["model"], Is.EqualTo("ipl-3d"));
            Assert.That(glass.Properties["potential"], Is.EqualTo(potential.ToString()));
            Assert.That(double.Parse(glass.Properties["maxForce"], CultureInfo.InvariantCulture), Is.EqualTo(force).Within(1e-12));
            Assert.That(glass.Properties["made_by"], Does.StartWith("FastNqe").And.EndWith(verb));
        });
    }
}
