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

    [TestCase("--particles", "1")]
    [TestCase("--particles", "2000000000")]
    [TestCase("--particles", "20", TestName = "Refused: a box too small to be made")]
    [TestCase("--count", "0")]
    [TestCase("--density", "-1")]
    [TestCase("--temperature", "0")]
    [TestCase("--cooling-rate", "-0.1")]
    [TestCase("--final-temperature", "5")]
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
}
