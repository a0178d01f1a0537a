using static FastNqe.Tests.Cli.CommandLineRunner;

namespace FastNqe.Tests.Cli;

/// <summary>What a user can get wrong: each case ends with code 2, a sentence with what and where, and nothing written.</summary>
public sealed class BadInputTests : WithFolder
{
    private const string Header = "Lattice=\"9 0 0 0 9 0 0 0 9\" Properties=species:S:1:pos:R:3:lambda:R:1 pbc=\"T T T\"";

    public static IEnumerable<TestCaseData> Files()
    {
        yield return Case("an empty file", "in\\.xyz:1: ", "ipl-3d");
        yield return Case("a truncated file", "in\\.xyz:\\d+: ", "ipl-3d", "3", Header, "Ar 1 1 1 1", "Ar 2.5 1 1 1");
        yield return Case("a line cut short", "in\\.xyz:4: ", "ipl-3d", "2", Header, "Ar 1 1 1 1", "Ar 2.5 1");
        yield return Case("a word for a number", "in\\.xyz:4: .*one", "ipl-3d", "2", Header, "Ar 1 1 1 1", "Ar 2.5 one 1 1");
        yield return Case("a NaN position", "in\\.xyz:3: .*NaN", "ipl-3d", "2", Header, "Ar NaN 1 1 1", "Ar 2.5 1 1 1");
        yield return Case("a zero diameter", "in\\.xyz:4: .*lambda.*\"0\"", "ipl-3d", "2", Header, "Ar 1 1 1 1", "Ar 2.5 1 1 0");
        yield return Case("a negative diameter", "in\\.xyz:4: .*lambda.*\"-1\"", "ipl-3d", "2", Header, "Ar 1 1 1 1", "Ar 2.5 1 1 -1");
        yield return Case("overlapping particles", "same place", "ipl-3d", "2", Header, "Ar 1 1 1 1", "Ar 1 1 1 1");
        yield return Case("a particle absurdly far away", "in\\.xyz: particle 2 is at .*million boxes", "ipl-3d", "2", Header, "Ar 1 1 1 1", "Ar 1e12 1 1 1");
        yield return Case("particles at one place", "in\\.xyz: .*\\(1, 1, 1\\)", "ipl-3d", "2", Header, "Ar 1 1 1 1", "Ar 1 1 1 1");
        yield return Case("sizes that do not interact", "in\\.xyz: .*non-additivity", "poly-3d --non-additivity 0.95", "2", Header, "Ar 1 1 1 1", "Ar 3 1 1 4");
        yield return Case("a box too small", "box.*\\d", "ipl-3d", "2", Header.Replace('9', '2'), "Ar 1 1 1 1", "Ar 1 1 1.9 1");
        yield return Case("no diameters for a polydisperse model", "diameters", "poly-3d", "2", Header.Replace(":lambda:R:1", ""), "Ar 1 1 1", "Ar 2.5 1 1");
        yield return Case("a wrong dimension", "3 dimensions.*ipl-2d has 2", "ipl-2d", "2", Header, "Ar 1 1 1 1", "Ar 2.5 1 1 1");
        yield return Case("an unknown model", "\"glass\".*ipl-3d", "glass", "2", Header, "Ar 1 1 1 1", "Ar 2.5 1 1 1");
        yield return Case("a constant out of range", "cutoff", "ipl-3d --cutoff 0.5", "2", Header, "Ar 1 1 1 1", "Ar 2.5 1 1 1");
        yield return Case("an odd exponent", "exponent", "ipl-3d --exponent 9", "2", Header, "Ar 1 1 1 1", "Ar 2.5 1 1 1");

        static TestCaseData Case(string name, string complaint, string model, params string[] lines) =>
            new TestCaseData(complaint, model.Split(' '), lines).SetName($"Refused: {name}");
    }

    [TestCaseSource(nameof(Files))]
    public void Refused(string complaint, string[] model, string[] lines)
    {
        string file = Text("in.xyz", lines);
        CommandResult result = Run(["quench", file, "--model", .. model, "-o", In("out.xyz")]);
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(2));
            Assert.That(result.Error, Does.Match(complaint).And.Not.Contain("fault of the program"));
            Assert.That(result.Output, Is.Empty);
            Assert.That(FilesLeft(), Is.EqualTo(new[] { "in.xyz" }));
        });
    }

    [Test]
    public void A_file_that_is_not_there_is_named()
    {
        CommandResult result = Run("quench", In("none.xyz"), "--model", "ipl-3d", "-o", In("out.xyz"));
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(2));
            Assert.That(result.Error, Does.Contain("none.xyz"));
        });
    }

    [TestCase("0,5")]
    [TestCase("1,000.5")]
    [TestCase("inf")]
    [TestCase("half")]
    public void A_number_is_written_with_a_point_and_nothing_between_its_digits(string number)
    {
        CommandResult result = Run("sample", "--model", "ipl-3d", "--temperature", number, "-o", In("glasses"));
        Assert.That(result.Code, Is.EqualTo(2));
        Assert.That(result.Error, Does.Contain($"--temperature {number}: expected a number"));
        result = Run("shear", In("in.xyz"), "--model", "ipl-3d", "--step", "0.001", "--to", "0.01", number, "-o", In("table.csv"));
        Assert.That(result.Error, Does.Contain($"--to {number}: expected a number"));
        Assert.That(Run("sample", "--particles", "1,000", "-o", In("glasses")).Error, Does.Contain("--particles 1,000: expected a whole number"));
        Assert.That(FilesLeft(), Is.Empty);
    }

    [TestCase("analyze", "--json", "in.xyz")]
    [TestCase("analyze", "--modes-out", "in.xyz")]
    [TestCase("analyze", "--modes-out", "./x/../in.xyz")]
    [TestCase("analyze", "--json", "link.xyz")]
    [TestCase("elasticity", "--json", "in.xyz")]
    [TestCase("detect", "--below", "1", "--json", "in.xyz")]
    [TestCase("quench", "-o", "in.xyz")]
    [TestCase("coefficients", "--direction", "z.txt", "--vectors", "in.xyz")]
    [TestCase("coefficients", "--direction", "z.txt", "--json", "z.txt")]
    public void An_output_never_takes_the_place_of_what_is_read(string verb, params string[] options)
    {
        string file = In("in.xyz");
        File.Copy(ReferenceCase.Load("b03").ConfigurationPath, file);
        File.CreateSymbolicLink(In("link.xyz"), file);
        byte[] before = File.ReadAllBytes(file);
        CommandResult result = Run([verb, file, "--model", "ipl-3d", .. options.Select(option => option.Contains('.', StringComparison.Ordinal) ? In(option) : option)]);
        Assert.That(result.Code, Is.EqualTo(2));
        Assert.That(result.Error, Does.Contain(options[^2] == "--json" ? "expected a name ending in .json" : "would be overwritten"));
        Assert.That(File.ReadAllBytes(file), Is.EqualTo(before));
    }

    [Test]
    public void Two_outputs_have_two_names()
    {
        CommandResult result = Run("ensemble", "export", In("store"), "--samples", In("out.csv"), "--modes", In("out.csv"));
        Assert.That(result.Code, Is.EqualTo(2));
        Assert.That(result.Error, Does.Contain("--samples has the same name"));
        Assert.That(Run("analyze", In("in.xyz"), "--model", "ipl-3d", "--json", "/dev/null", "--modes-out", "/dev/null").Error, Does.Not.Contain("same name"));
    }

    [TestCase("missing/out.xyz", "folder")]
    [TestCase(".", "folder")]
    public void An_output_that_cannot_be_written_is_refused_before_anything_is_computed(string output, string complaint)
    {
        CommandResult result = Run("quench", ReferenceCase.Load("b03").ConfigurationPath, "--model", "ipl-3d", "-o", In(output));
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(2));
            Assert.That(result.Error, Does.Contain(complaint));
            Assert.That(FilesLeft(), Is.Empty);
        });
    }

    [TestCase("ipl-3d", "glass.doc")]
    [TestCase("ipl-4d", "glass.xyz")]
    public void An_output_format_that_cannot_hold_it_is_refused_before_anything_is_read(string model, string file)
    {
        CommandResult result = Run("quench", In("none.xyz"), "--model", model, "-o", In(file));
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(2));
            Assert.That(result.Error, Does.Contain(file));
            Assert.That(FilesLeft(), Is.Empty);
        });
    }
}
