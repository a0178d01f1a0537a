using System.Text.Json;
using static FastNqe.Tests.Cli.CommandLineRunner;

namespace FastNqe.Tests.Cli;

public sealed class ElasticityVerbTests : WithFolder
{
    [TestCase("b01", "ipl-2d")]
    [TestCase("b04", "poly-3d", "--non-additivity", "0.1")]
    public void Json_meets_the_reference(string name, string model, params string[] overrides)
    {
        ReferenceCase reference = ReferenceCase.Load(name);
        CommandResult result = Run(["elasticity", reference.ConfigurationPath, "--model", model, .. overrides, "--json", "-"]);
        Assert.That(result.Code, Is.Zero, result.Error);
        JsonElement json = JsonDocument.Parse(result.Output).RootElement;
        Assert.Multiple(() =>
        {
            reference.AssertFigure("elasticity/G_mean_over_planes", json.GetProperty("shearModulus").GetDouble());
            reference.AssertFigure("elasticity/K", json.GetProperty("bulkModulus").GetDouble());
            reference.AssertFigure("configuration/pressure", json.GetProperty("pressure").GetDouble());
            foreach (JsonElement shear in json.GetProperty("simpleShear").EnumerateArray())
            {
                string plane = shear.GetProperty("plane").GetString()!;
                reference.AssertFigure($"elasticity/G/{plane}", shear.GetProperty("modulus").GetDouble());
                reference.AssertFigure($"elasticity/G_reverse/{plane}", shear.GetProperty("reverseModulus").GetDouble());
            }
        });
    }

    [Test]
    public void A_liquid_is_quenched_if_asked_and_the_table_names_every_plane()
    {
        ReferenceCase reference = ReferenceCase.Load("a04");
        CommandResult result = Run("elasticity", reference.ConfigurationPath, "--model", "ipl-3d", "--quench");
        Assert.That(result.Code, Is.Zero, result.Error);
        Assert.That(result.Output, Does.Contain("simple xy").And.Contain("pure yz").And.Contain("bulk modulus K"));
    }

    [Test]
    public void A_liquid_is_refused_without_quench()
    {
        CommandResult result = Run("elasticity", ReferenceCase.Load("a04").ConfigurationPath, "--model", "ipl-3d");
        Assert.That(result.Code, Is.EqualTo(2));
        Assert.That(result.Error, Does.Contain("not at mechanical equilibrium").And.Contain("--quench"));
    }

    [Test]
    public void A_tolerance_out_of_range_is_refused()
    {
        CommandResult result = Run("elasticity", ReferenceCase.Load("b01").ConfigurationPath, "--model", "ipl-2d", "--tolerance", "0");
        Assert.That(result.Code, Is.EqualTo(2));
        Assert.That(result.Error, Does.Contain("--tolerance").And.Contain("above 0"));
    }

    [Test]
    public void A_tolerance_out_of_reach_gives_exit_code_1_and_the_numbers()
    {
        CommandResult result = Run("elasticity", ReferenceCase.Load("b01").ConfigurationPath, "--model", "ipl-2d", "--tolerance", "1e-30");
        Assert.That(result.Code, Is.EqualTo(1));
        Assert.That(result.Error, Does.Contain("not converged"));
        Assert.That(result.Output, Does.Contain("simple xy"));
    }
}
