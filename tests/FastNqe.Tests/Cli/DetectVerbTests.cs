using System.Text.Json;
using static FastNqe.Tests.Cli.CommandLineRunner;

namespace FastNqe.Tests.Cli;

public sealed class DetectVerbTests : WithFolder
{
    [Test]
    public void Json_and_frames_hold_the_same_soft_spots()
    {
        ReferenceCase reference = ReferenceCase.Load("b01");
        CommandResult result = Run("detect", reference.ConfigurationPath, "--model", "ipl-2d", "--below", "1.4", "--patience", "10", "--json", "-", "--modes-out", In("spots.xyz"));
        Assert.That(result.Code, Is.Zero, result.Error);
        JsonElement json = JsonDocument.Parse(result.Output).RootElement;
        JsonElement[] spots = [.. json.GetProperty("spots").EnumerateArray()];
        Assert.That(spots, Is.Not.Empty);
        Assert.That(json.GetProperty("exhausted").GetBoolean());
        ExtendedXyzFrame[] frames = [.. ExtendedXyz.ReadFrames(In("spots.xyz"))];
        Assert.That(frames, Has.Length.EqualTo(spots.Length));
        InherentState glass = InherentState.At(reference.Configuration, reference.Potential);
        for (int k = 0; k < spots.Length; k++)
        {
            JsonElement spot = spots[k].GetProperty("spot");
            double stiffness = glass.Coefficients(frames[k].Vectors(ExtendedXyz.Displacement)).Stiffness;
            Assert.That(stiffness, Is.EqualTo(spot.GetProperty("stiffness").GetDouble()).Within(1e-9).Percent);
            Assert.That(spot.GetProperty("frequency").GetDouble(), Is.LessThanOrEqualTo(1.4));
            Assert.That(spots[k].GetProperty("hits").EnumerateObject().Count(), Is.Positive);
        }
    }

    [Test]
    public void Without_json_there_is_a_table()
    {
        CommandResult result = Run("detect", ReferenceCase.Load("b01").ConfigurationPath, "--model", "ipl-2d", "--below", "1.1", "--patience", "5");
        Assert.That(result.Output, Does.Contain("capture and recapture").And.Contain("harmonic"));
    }

    [Test]
    public void Without_dipoles_completeness_is_unknown()
    {
        string[] command = ["detect", ReferenceCase.Load("b01").ConfigurationPath, "--model", "ipl-2d", "--below", "1.1", "--max-dipoles", "0"];
        JsonElement json = JsonDocument.Parse(Run([.. command, "--json", "-"]).Output).RootElement;
        Assert.That(json.GetProperty("spots").GetArrayLength(), Is.Positive);
        Assert.That(json.GetProperty("completeness").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(json.GetProperty("estimatedCount").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(Run(command).Output, Does.Contain("completeness by capture and recapture unknown"));
    }

    [TestCase("0", "positive")]
    [TestCase("-1", "positive")]
    public void A_frequency_that_is_none_is_refused(string below, string expected)
    {
        CommandResult result = Run("detect", ReferenceCase.Load("b01").ConfigurationPath, "--model", "ipl-2d", "--below", below);
        Assert.That(result.Code, Is.EqualTo(2));
        Assert.That(result.Error, Does.Contain("--below").And.Contain(expected));
    }

    [Test]
    public void An_unknown_kind_is_refused_with_the_list()
    {
        CommandResult result = Run("detect", ReferenceCase.Load("b01").ConfigurationPath, "--model", "ipl-2d", "--below", "1", "--kind", "linear");
        Assert.That(result.Code, Is.EqualTo(2));
        Assert.That(result.Error, Does.Contain("pseudo-harmonic"));
    }
}
