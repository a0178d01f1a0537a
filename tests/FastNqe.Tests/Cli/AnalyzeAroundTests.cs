using System.Text.Json;
using static FastNqe.Tests.Cli.CommandLineRunner;

namespace FastNqe.Tests.Cli;

public sealed class AnalyzeAroundTests : WithFolder
{
    [Test]
    public void Full_reports_what_lies_around_the_modes()
    {
        ReferenceCase reference = ReferenceCase.Load("b04");
        CommandResult result = Run("analyze", reference.ConfigurationPath, "--model", "poly-3d", "--non-additivity", "0.1", "--full", "--json", "-");
        Assert.That(result.Code, Is.Zero, result.Error);
        JsonElement around = JsonDocument.Parse(result.Output).RootElement.GetProperty("around");
        Assert.Multiple(() =>
        {
            // The modes are searched for here: looser than the reference's own tolerances for stored vectors.
            AssertNear(reference, "relations/delta_norm", around.GetProperty("delta").GetProperty("norm"));
            AssertNear(reference, "relations/delta_first_order_cosine", around.GetProperty("delta").GetProperty("cosine"));
            AssertNear(reference, "relations/norm_U4zzz_over_chi4", around.GetProperty("delta").GetProperty("fieldNorm"));
            AssertNear(reference, "relations/tau3_squared_over_3_kappa3_chi3", around.GetProperty("well").GetProperty("asymmetry"));
            Assert.That(around.GetProperty("cubicStarts").GetArrayLength(), Is.EqualTo(7));
            Assert.That(around.GetProperty("couplings").GetArrayLength(), Is.EqualTo(6));
            Assert.That(around.GetProperty("decay").GetArrayLength(), Is.GreaterThan(10));
        });
    }

    [Test]
    public void Dehybridise_lists_place_size_and_coefficients_of_each_soft_spot()
    {
        ReferenceCase reference = ReferenceCase.Load("b02");
        CommandResult result = Run("analyze", reference.ConfigurationPath, "--model", "ipl-3d", "--modes", "2", "--dehybridise", "--json", "-");
        Assert.That(result.Code, Is.Zero, result.Error);
        JsonElement[] spots = [.. JsonDocument.Parse(result.Output).RootElement.GetProperty("softSpots").EnumerateArray()];
        Assert.That(spots.Count(spot => spot.GetProperty("harmonic").GetInt32() == 2), Is.GreaterThan(1));
        foreach (JsonElement spot in spots)
        {
            Assert.That(spot.GetProperty("spot").GetProperty("centre").GetArrayLength(), Is.EqualTo(3));
            Assert.That(spot.GetProperty("spot").GetProperty("radius").GetDouble(), Is.Positive);
        }
    }

    [Test]
    public void The_tables_name_starts_shears_and_soft_spots()
    {
        CommandResult result = Run("analyze", ReferenceCase.Load("b01").ConfigurationPath, "--model", "ipl-2d", "--full", "--dehybridise");
        Assert.That(result.Output, Does.Contain("simple xy").And.Contain("cosine between them").And.Contain("soft spot in"));
    }

    private static void AssertNear(ReferenceCase reference, string path, JsonElement measured) =>
        Assert.That(measured.GetDouble(), Is.EqualTo(reference.Figure(path).Value).Within(1e-4).Percent, path);
}
