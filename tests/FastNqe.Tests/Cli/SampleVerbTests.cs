using System.CommandLine;
using System.Globalization;
using FastNqe.Cli;
using static FastNqe.Tests.Cli.CommandLineRunner;

namespace FastNqe.Tests.Cli;

public sealed class SampleVerbTests : WithFolder
{
    private static readonly string[] Small = ["sample", "--model", "ipl-3d", "--particles", "100", "--seed", "7"];

    [Test]
    public void A_glass_is_a_file_whose_name_is_printed()
    {
        CommandResult result = Run([.. Small, "-o", In("glasses")]);
        Assert.That(result.Code, Is.Zero, result.Error);
        string file = result.Output.TrimEnd();
        Configuration glass = Configuration.Read(file);
        Assert.Multiple(() =>
        {
            Assert.That(Path.GetFileName(file), Is.EqualTo("ipl-3d-N100-T2-seed7-00000.xyz"));
            Assert.That(glass.ParticleCount, Is.EqualTo(100));
            Assert.That(glass.NumberDensity, Is.EqualTo(0.82).Within(1e-12));
            Assert.That(InherentState.At(glass, InversePowerLaw.Binary3D).MaxForce, Is.LessThan(1e-9));
            Assert.That(result.Error, Is.Empty);
        });
    }

    [Test]
    public void A_glass_says_how_it_was_made()
    {
        Run([.. Small, "--temperature", "1.5", "--density", "0.8", "--cooling-rate", "0.5", "--final-temperature", "0.25", "-o", Folder]);
        IReadOnlyDictionary<string, string> properties = Configuration.Read(In("ipl-3d-N100-T1.5-seed7-00000.xyz")).Properties;
        (string Key, string Value)[] expected =
        [
            ("model", "ipl-3d"), ("temperature", "1.5"), ("density", "0.8"), ("seed", "7"), ("sample", "0"),
            ("preparation", "cooled"), ("cooling_rate", "0.5"), ("final_temperature", "0.25"),
        ];
        Assert.Multiple(() =>
        {
            foreach ((string key, string value) in expected)
                Assert.That(properties.GetValueOrDefault(key), Is.EqualTo(value), key);
        });
    }

    [Test]
    public void A_run_that_was_stopped_goes_on_to_the_same_bits()
    {
        string whole = Directory.CreateDirectory(In("whole")).FullName, parts = Directory.CreateDirectory(In("parts")).FullName;
        Run([.. Small, "--count", "3", "-o", whole]);
        Run([.. Small, "--count", "1", "-o", parts]);
        CommandResult result = Run([.. Small, "--count", "3", "-o", parts]);
        string[] names = [.. Directory.GetFiles(whole).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];
        Assert.Multiple(() =>
        {
            Assert.That(names, Has.Length.EqualTo(3));
            Assert.That(result.Output.TrimEnd().Split(Environment.NewLine).Select(Path.GetFileName), Is.EqualTo(names));
            foreach (string name in names)
                Assert.That(File.ReadAllBytes(Path.Combine(parts, name)), Is.EqualTo(File.ReadAllBytes(Path.Combine(whole, name))), name);
        });
    }

    [Test]
    public void Glasses_of_one_run_differ()
    {
        Run([.. Small, "--count", "2", "-o", Folder]);
        double[][] positions = [.. FilesLeft().Select(name => Configuration.Read(In(name)).Positions.ToArray())];
        Assert.That(positions[0], Is.Not.EqualTo(positions[1]));
    }

    [Test]
    public void A_file_that_is_another_sample_is_not_overwritten()
    {
        Run([.. Small, "-o", Folder]);
        string file = In(FilesLeft().Single());
        byte[] before = File.ReadAllBytes(file);
        CommandResult result = Run([.. Small, "--density", "0.81", "-o", Folder]);
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(2));
            Assert.That(result.Error, Does.Contain("density is 0.82, expected 0.81"));
            Assert.That(File.ReadAllBytes(file), Is.EqualTo(before));
        });
    }

    [TestCase("ipl-2d", "100", "xyz")]
    [TestCase("ipl-4d", "300", "txt")]
    public void Other_dimensions_are_written_in_a_format_that_holds_them(string model, string particles, string ending)
    {
        CommandResult result = Run("sample", "--model", model, "--particles", particles, "--cooling-rate", "0", "-o", Folder);
        Assert.That(result.Code, Is.Zero, result.Error);
        Assert.That(Path.GetExtension(FilesLeft().Single()), Is.EqualTo($".{ending}"));
        Assert.That(Configuration.Read(In(FilesLeft().Single())).Dimension, Is.EqualTo(GlassModel.Named(model).Dimension));
    }

    [Test]
    public void A_glass_is_made_again_to_the_bit_from_what_it_says()
    {
        CommandResult made = Run([
            "sample", "--model", "poly-3d", "--particles", "250", "--seed", "3", "--temperature", "1.3", "--density", "0.63", "--cutoff", "1.35", "--method", "hybrid",
            "--relaxation-time", "0.1", "--equilibration-time", "1", "--spacing", "0.2", "--chain-length", "2", "--time-step", "0.003", "--random-diameters",
            "--cooling-rate", "4", "--final-temperature", "0.6", "--count", "4", "-o", In("glasses")]);
        Assert.That(made.Code, Is.Zero, made.Error);
        string file = made.Output.TrimEnd().Split(Environment.NewLine)[^1];
        CommandResult again = Run("sample", "--like", file, "-o", In("again"));
        Assert.That(again.Code, Is.Zero, again.Error);
        string copy = again.Output.TrimEnd();
        Assert.Multiple(() =>
        {
            Assert.That(Path.GetFileName(copy), Is.EqualTo(Path.GetFileName(file)));
            Assert.That(File.ReadAllBytes(copy), Is.EqualTo(File.ReadAllBytes(file)));
            Assert.That(Directory.GetFiles(In("again")), Has.Length.EqualTo(1));
        });
    }

    [Test]
    public void A_file_that_does_not_say_all_is_not_made_again()
    {
        Run([.. Small, "-o", Folder]);
        string file = In(FilesLeft().Single());
        Configuration glass = Configuration.Read(file);
        new Configuration(glass.Box, glass.Positions, glass.Diameters, glass.Types, null, glass.Properties.Remove("chain_length")).Write(In("incomplete.xyz"));
        glass.WithProperties([new("made_by", "FastNqe 0.0.1")]).Write(In("older.xyz"));
        glass.Write(In("glass.data"));
        Run("quench", file, "--model", "ipl-3d", "--cutoff", "1.4", "-o", In("quenched.xyz"));
        foreach ((string name, string expected) in new[] { ("incomplete.xyz", "chain_length"), ("glass.data", "model"), ("quenched.xyz", "as sample wrote it") })
        {
            CommandResult result = Run("sample", "--like", In(name), "-o", In("again"));
            Assert.That(result.Code, Is.EqualTo(2), name);
            Assert.That(result.Error, Does.Contain(expected).And.Contain(name));
        }
        CommandResult both = Run("sample", "--like", file, "--seed", "3", "-o", In("again"));
        Assert.That(both.Code, Is.EqualTo(2));
        Assert.That(both.Error, Does.Contain("--seed"));
        CommandResult older = Run("sample", "--like", In("older.xyz"), "-o", In("again"));
        Assert.That(older.Code, Is.Zero);
        Assert.That(older.Error, Does.Contain("FastNqe 0.0.1"));
        CommandResult neither = Run("sample", "-o", In("again"));
        Assert.That(neither.Code, Is.EqualTo(2));
        Assert.That(neither.Error, Does.Contain("--model"));
    }

    [TestCase("hybrid", 0)]
    [TestCase("swap-monte-carlo", 1)]
    public void A_polydisperse_glass_says_whether_its_liquid_was_one(string method, int displacements)
    {
        CommandResult result = Run(
            "sample", "--model", "poly-3d", "--particles", "250", "--temperature", "1.3", "--method", method, "--equilibration-time", "5", "--spacing", "1", "--count", "2", "-o", Folder);
        Assert.That(result.Code, Is.Zero, result.Error);
        Configuration glass = Configuration.Read(In(FilesLeft()[^1]));
        Assert.Multiple(() =>
        {
            Assert.That(double.Parse(glass.Properties["swap_acceptance"], CultureInfo.InvariantCulture), Is.InRange(0.01, 0.9));
            Assert.That(glass.Properties.ContainsKey("displacement_acceptance"), Is.EqualTo(displacements == 1));
            Assert.That(double.Parse(glass.Properties["crystalline_share"], CultureInfo.InvariantCulture), Is.EqualTo(BondOrder.CrystallineShare(glass)).And.LessThan(0.5));
            Assert.That(result.Error, Does.Contain("swap acceptance 0.").And.Contain("crystalline share"));
            Assert.That(result.Error.Contains("displacement acceptance 0.", StringComparison.Ordinal), Is.EqualTo(displacements == 1));
        });
    }

    [Test]
    public void A_check_says_that_the_liquid_is_in_equilibrium_and_changes_no_sample()
    {
        string[] line = [.. Small, "--count", "2"], check = [.. line, "--check-equilibration", "-o", In("checked")];
        CommandResult plain = Run([.. line, "-o", In("plain")]), result = Run(check), again = Run(check);
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.Zero, result.Error);
            Assert.That(plain.Error, Does.Contain("equilibrated for 20 relaxation times of 0.46, samples 3 apart").And.Not.Contain("two runs"));
            Assert.That(result.Error, Does.Contain("liquid 0 at sample 0: two runs").And.Contain(": in equilibrium").And.Not.Contain("warning"));
            Assert.That(again.Error, Does.Contain("no liquid was made"));
            foreach (string path in Directory.GetFiles(In("plain")))
                Assert.That(File.ReadAllBytes(Path.Combine(In("checked"), Path.GetFileName(path))), Is.EqualTo(File.ReadAllBytes(path)), path);
        });
    }

    [Test]
    public void A_liquid_that_is_not_in_equilibrium_is_warned_of()
    {
        string[] hasty = [.. Small, "--temperature", "0.6", "--equilibration-time", "0.1", "--spacing", "0.2", "--count", "2"];
        CommandResult result = Run([.. hasty, "--check-equilibration", "-o", In("unknown")]);
        CommandResult known = Run([.. hasty, "--relaxation-time", "5", "-o", In("known")]);
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.Zero, result.Error);
            Assert.That(result.Error, Does.Contain("not in equilibrium").And.Contain("warning: the liquid was equilibrated for less than eight relaxation times"));
            Assert.That(result.Error, Does.Contain("equilibrated for a time of 0.1, samples 0.2 apart, relaxation time not known"));
            Assert.That(result.Error, Does.Contain("warning: successive samples are alike"));
            Assert.That(Configuration.Read(Directory.GetFiles(In("unknown"))[0]).Properties.Keys, Does.Not.Contain("relaxation_time"));
            Assert.That(known.Error, Does.Contain("equilibrated for 0.02 relaxation times of 5, samples 0.04 apart"));
        });
    }

    [Test]
    public void A_stop_on_the_way_keeps_the_liquid_and_the_run_goes_on_to_the_same_bits()
    {
        string whole = Directory.CreateDirectory(In("whole")).FullName, parts = Directory.CreateDirectory(In("parts")).FullName;
        Run([.. Small, "--count", "3", "-o", whole]);
        SamplingProtocol protocol = SamplingProtocol.For(GlassModel.Ipl3D, 100, null, 7);
        using var stop = new CancellationTokenSource();
        // Ctrl-C as soon as the name of the first glass is written.
        using var output = new StopAtFirstLine(stop);
        var session = new Session(new InvocationConfiguration { Output = output, Error = TextWriter.Null }, stop.Token);
        var arguments = new SampleArguments(protocol, 0, 3, Session.QuenchForceTolerance, parts);
        Assert.That(() => new SampleRun(arguments, session).Make(new HashSet<long>()), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(Directory.GetFiles(parts).Select(Path.GetExtension), Is.EquivalentTo(new[] { ".xyz", ".state" }));
        Assert.That(new KeptLiquid(arguments.LiquidPath, protocol).Open(1).Sample, Is.Zero, "the liquid need not be equilibrated again");
        Assert.That(() => new KeptLiquid(arguments.LiquidPath, protocol with { Spacing = 9 }).Open(1), Throws.ArgumentException.With.Message.Contains("spacing"));
        // A shorter run to which nothing is left does not throw away what this one needs.
        Run([.. Small, "--count", "1", "-o", parts]);
        Assert.That(File.Exists(arguments.LiquidPath), Is.EqualTo(new KeptLiquid(arguments.LiquidPath, protocol).Open(2).Sample > 0));

        CommandResult rest = Run([.. Small, "--count", "3", "-o", parts]);
        Assert.That(rest.Code, Is.Zero, rest.Error);
        Assert.That(Directory.GetFiles(parts).Select(Path.GetFileName), Is.EquivalentTo(Directory.GetFiles(whole).Select(Path.GetFileName)));
        foreach (string path in Directory.GetFiles(whole))
            Assert.That(File.ReadAllBytes(Path.Combine(parts, Path.GetFileName(path))), Is.EqualTo(File.ReadAllBytes(path)), path);
    }

    [Test]
    public void Only_what_is_missing_is_made_and_another_run_s_glass_is_never_replaced()
    {
        Run([.. Small, "--count", "3", "-o", Folder]);
        string first = In("ipl-3d-N100-T2-seed7-00000.xyz");
        byte[][] whole = [.. Directory.GetFiles(Folder).Order().Select(File.ReadAllBytes)];
        File.Delete(first);
        CommandResult other = Run([.. Small, "--count", "3", "--spacing", "0.7", "-o", Folder]);
        Assert.That(other.Code, Is.EqualTo(2));
        Assert.That(other.Error, Does.Contain("00001.xyz is there already and is another sample"));
        Assert.That(FilesLeft(), Has.Length.EqualTo(2));

        CommandResult again = Run([.. Small, "--count", "3", "-o", Folder]);
        Assert.That(again.Code, Is.Zero, again.Error);
        Assert.That(again.Output.Split('\n'), Has.Length.EqualTo(4));
        Assert.That(Directory.GetFiles(Folder).Order().Select(File.ReadAllBytes), Is.EqualTo(whole));
    }

    [TestCase("--spacing", "1e300", "steps")]
    [TestCase("--time-step", "1", "flown apart")]
    [TestCase("--particles", "40", "box is too small")]
    public void What_cannot_be_made_is_said_and_leaves_no_folder(string option, string value, string complaint)
    {
        string folder = In("glasses");
        string[] options = ["sample", "--model", "ipl-3d", "--equilibration-time", "20", "--spacing", "1", "-c", "2", "-o", folder, "--particles", "200"];
        CommandResult result = Run([.. Replaced(options, option, value)]);
        Assert.That(result.Code, Is.EqualTo(2));
        Assert.That(result.Error, Does.Contain(complaint).And.Not.Contain("fault of the program"));
        Assert.That(FilesLeft(), Is.Empty);
    }

    private static IEnumerable<string> Replaced(string[] options, string option, string value)
    {
        int at = Array.IndexOf(options, option);
        return at < 0 ? [.. options, option, value] : [.. options[..(at + 1)], value, .. options[(at + 2)..]];
    }

    [Test]
    public void A_kept_liquid_that_is_damaged_is_named()
    {
        File.WriteAllText(In("ipl-3d-N100-T2-seed7.state"), "nonsense");
        CommandResult result = Run([.. Small, "-o", Folder]);
        Assert.That(result.Code, Is.EqualTo(2));
        Assert.That(result.Error, Does.Contain("seed7.state").And.Contain("remove it"));
    }

    [TestCase("--particles", "1")]
    [TestCase("--particles", "2000000000")]
    [TestCase("--particles", "20", TestName = "Refused: a box too small to be made")]
    [TestCase("--count", "0")]
    [TestCase("--density", "-1")]
    [TestCase("--temperature", "0")]
    [TestCase("--cooling-rate", "-0.1")]
    [TestCase("--final-temperature", "5")]
    [TestCase("--method", "magic")]
    [TestCase("--relaxation-time", "-1")]
    [TestCase("--equilibration-time", "-1")]
    [TestCase("--spacing", "0")]
    [TestCase("--chain-length", "0")]
    [TestCase("--time-step", "0")]
    public void Numbers_that_make_no_sense_are_refused(string option, string value)
    {
        CommandResult result = Run([.. Small[..3], option, value, "-o", In("glasses")]);
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(2));
            Assert.That(result.Error, Does.Not.Contain("fault of the program"));
            Assert.That(Directory.Exists(In("glasses")) ? Directory.GetFiles(In("glasses")) : [], Is.Empty);
        });
    }

    private sealed class StopAtFirstLine(CancellationTokenSource stop) : StringWriter(CultureInfo.InvariantCulture)
    {
        public override void WriteLine(string? value) => stop.Cancel();
    }
}
