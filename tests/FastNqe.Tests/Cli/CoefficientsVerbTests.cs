using System.Text.Json;
using static FastNqe.Tests.Cli.CommandLineRunner;

namespace FastNqe.Tests.Cli;

public sealed class CoefficientsVerbTests : WithFolder
{
    [TestCase("a01", "ipl-2d")]
    [TestCase("a04", "ipl-3d")]
    [TestCase("a05", "ipl-4d")]
    [TestCase("a06", "poly-3d", "--non-additivity", "0.1")]
    public void Json_meets_the_reference(string name, string model, params string[] overrides)
    {
        ReferenceCase reference = ReferenceCase.Load(name);
        foreach (string direction in new[] { "extended", "localised" })
        {
            string file = Path.Combine(Path.GetDirectoryName(reference.ConfigurationPath)!, $"direction_{direction}.txt");
            CommandResult result = Run(["coefficients", reference.ConfigurationPath, "--model", model, .. overrides, "--direction", file, "--json", "-"]);
            Assert.That(result.Code, Is.Zero, result.Error);
            JsonElement json = JsonDocument.Parse(result.Output).RootElement;
            (string Json, string Figure)[] names =
            [
                ("stiffness", "kappa"), ("cubicCoefficient", "tau"), ("quarticCoefficient", "chi"), ("participationRatio", "participation_ratio"),
                ("quarticEnergy", "E4"), ("cubicEnergy", "E3"), ("geometricCost", "C3"),
            ];
            Assert.Multiple(() =>
            {
                Assert.That(names.Select(pair => pair.Json), Is.SubsetOf(json.EnumerateObject().Select(property => property.Name)));
                foreach ((string property, string figure) in names)
                    reference.AssertFigure($"directions/{direction}/{figure}", json.GetProperty(property).GetDouble());
            });
        }
    }

    [Test]
    public void Vectors_are_three_blocks()
    {
        ReferenceCase reference = ReferenceCase.Load("a04");
        string file = Path.Combine(Path.GetDirectoryName(reference.ConfigurationPath)!, "direction_extended.txt");
        CommandResult result = Run("coefficients", reference.ConfigurationPath, "--model", "ipl-3d", "--direction", file, "--vectors", In("v.txt"));
        Assert.That(result.Code, Is.Zero, result.Error);
        int n = reference.Configuration.ParticleCount, d = reference.Configuration.Dimension;
        string[] rows = [.. File.ReadLines(In("v.txt")).Where(line => !line.StartsWith('#'))];
        Assert.That(rows, Has.Length.EqualTo(3 * n));
        double[][] stored = reference.Vectors("extended")!;
        for (int block = 0; block < 3; block++)
        {
            double[] written = [.. rows.Skip(block * n).Take(n).SelectMany(row => row.Split(' ')).Select(double.Parse)];
            double scale = stored[block].Max(Math.Abs);
            for (int k = 0; k < n * d; k++)
                Assert.That(written[k], Is.EqualTo(stored[block][k]).Within(1e-12 * scale), $"block {block}, number {k}");
        }
    }

    [Test]
    public void A_cost_that_diverges_is_null_in_the_json()
    {
        // Two particles moved apart at right angles to their bond: the cubic contraction has only a·b terms, and a = 0.
        string pair = Text("pair.xyz",
            "2",
            "Lattice=\"10 0 0 0 10 0 0 0 1\" Properties=species:S:1:pos:R:3:lambda:R:1 pbc=\"T T F\"",
            "Ar 1 1 0 1",
            "Ar 2.1 1 0 1");
        CommandResult result = Run("coefficients", pair, "--model", "ipl-2d", "--direction", Text("z.txt", "0 1", "0 -1"), "--json", "-");
        Assert.That(result.Code, Is.Zero, result.Error);
        Assert.That(JsonDocument.Parse(result.Output).RootElement.GetProperty("cubicEnergy").ValueKind, Is.EqualTo(JsonValueKind.Null));
    }

    [Test]
    public void Without_json_there_is_a_table()
    {
        ReferenceCase reference = ReferenceCase.Load("a04");
        string file = Path.Combine(Path.GetDirectoryName(reference.ConfigurationPath)!, "direction_extended.txt");
        CommandResult result = Run("coefficients", reference.ConfigurationPath, "--model", "ipl-3d", "--direction", file);
        Assert.That(result.Output, Does.Contain("stiffness kappa").And.Contain("geometric cost C"));
    }

    [TestCase("1 0 0", "row", TestName = "A direction that is too short")]
    [TestCase("zero", "zero", TestName = "A direction that is zero")]
    [TestCase("translation", "translation", TestName = "A direction that is a pure translation")]
    [TestCase("nan", "line 2|:2:", TestName = "A direction with NaN")]
    public void Bad_directions_are_refused(string kind, string complaint)
    {
        ReferenceCase reference = ReferenceCase.Load("a04");
        int n = reference.Configuration.ParticleCount;
        string direction = Text("z.txt", kind switch
        {
            "zero" => Enumerable.Repeat("0 0 0", n),
            "translation" => Enumerable.Repeat("0.5 -1 2", n),
            "nan" => Enumerable.Range(0, n).Select(row => row == 1 ? "0 NaN 1" : "0 0 1"),
            _ => [kind],
        });
        CommandResult result = Run("coefficients", reference.ConfigurationPath, "--model", "ipl-3d", "--direction", direction, "--json", In("c.json"));
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(2));
            Assert.That(result.Error, Does.Match(complaint));
            Assert.That(FilesLeft(), Is.EqualTo(new[] { "z.txt" }));
        });
    }
}
