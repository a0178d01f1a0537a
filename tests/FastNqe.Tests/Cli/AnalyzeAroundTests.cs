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
            reference.AssertFigure("modes/piC/as_result_of_minimisation/kappa", around.GetProperty("pseudoHarmonic").GetProperty("stiffness").GetDouble());
            Assert.That(around.GetProperty("cubicStarts").GetArrayLength(), Is.EqualTo(7));
            Assert.That(around.GetProperty("couplings").GetArrayLength(), Is.EqualTo(6));
            Assert.That(around.GetProperty("decay").GetArrayLength(), Is.GreaterThan(10));
        });
    }

    [Test]
    public void Couplings_and_well_are_those_of_the_lowest_of_the_seven_starts()
    {
        // A glass in which a shear leads lower than the quartic mode does.
        InherentState glass = SamplingProtocol.For(GlassModel.Ipl3D, 200).Samples(0, 20).Select(liquid => Quench.Run(liquid, InversePowerLaw.Binary3D))
            .First(state => SevenStarts.From(state, QuarticMode.From(state, state.LowestEigenpairs(1)[0].Vector), Elasticity.Of(state)).Lowest.Start != "pi4");
        glass.Configuration.Write(In("glass.xyz"));
        CommandResult result = Run("analyze", In("glass.xyz"), "--model", "ipl-3d", "--full", "--json", "-");
        Assert.That(result.Code, Is.Zero, result.Error);
        JsonElement analysis = JsonDocument.Parse(result.Output).RootElement, around = analysis.GetProperty("around");
        JsonElement lowest = around.GetProperty("lowestCubic"), mode = lowest.GetProperty("mode");
        double stiffness = mode.GetProperty("stiffness").GetDouble(), tau = mode.GetProperty("cubicCoefficient").GetDouble();
        Assert.Multiple(() =>
        {
            Assert.That(stiffness, Is.LessThan(0.99 * analysis.GetProperty("cubic").GetProperty("stiffness").GetDouble()));
            Assert.That(stiffness, Is.EqualTo(around.GetProperty("cubicStarts").EnumerateArray().Min(start => start.GetProperty("stiffness").GetDouble())).Within(1e-6).Percent);
            // Several starts may lead to the same mode: the first of them is named.
            Assert.That(lowest.GetProperty("start").GetString(), Is.EqualTo(
                around.GetProperty("cubicStarts").EnumerateArray().First(start => start.GetProperty("stiffness").GetDouble() < 1.000001 * stiffness).GetProperty("start").GetString()));
            Assert.That(around.GetProperty("well").GetProperty("cubicSaddle").GetDouble(), Is.EqualTo(-2 * stiffness / tau).Within(1e-9).Percent);
            Assert.That(around.GetProperty("well").GetProperty("cubicBarrier").GetDouble(), Is.EqualTo(2 * Math.Pow(stiffness, 3) / (3 * tau * tau)).Within(1e-9).Percent);
            foreach (JsonElement shear in around.GetProperty("couplings").EnumerateArray())
                Assert.That(shear.GetProperty("instabilityStrain").GetDouble() * 2 * tau * shear.GetProperty("coupling").GetDouble(), Is.EqualTo(stiffness * stiffness).Within(1e-6).Percent);
        });
    }

    [Test]
    public void The_profile_of_the_well_leaves_the_expansion_slowly()
    {
        CommandResult result = Run("analyze", ReferenceCase.Load("b01").ConfigurationPath, "--model", "ipl-2d", "--full", "--json", "-");
        JsonElement well = JsonDocument.Parse(result.Output).RootElement.GetProperty("around").GetProperty("well");
        (double S, double Expansion, double Energy)[] profile = [.. well.GetProperty("profile").EnumerateArray().Select(point =>
            (point.GetProperty("displacement").GetDouble(), point.GetProperty("expansion").GetDouble(), point.GetProperty("energy").GetDouble()))];
        double saddle = well.GetProperty("cubicSaddle").GetDouble();
        Assert.That(profile.Select(point => point.S / saddle), Is.EqualTo(Enumerable.Range(-4, 13).Select(k => k / 4.0)).Within(1e-12));
        Assert.That(profile[4], Is.EqualTo((0.0, 0.0, 0.0)));
        Assert.That(profile[5].Energy, Is.EqualTo(profile[5].Expansion).Within(5).Percent);
        Assert.That(profile[3].Energy, Is.EqualTo(profile[3].Expansion).Within(5).Percent);
    }

    [Test]
    public void Frames_hold_the_fields_around_the_modes_and_the_parts_of_the_normal_modes()
    {
        ReferenceCase reference = ReferenceCase.Load("b01");
        CommandResult result = Run(
            "analyze", reference.ConfigurationPath, "--model", "ipl-2d", "--modes", "2", "--full", "--dehybridise", "--json", In("a.json"), "--modes-out", In("m.xyz"));
        Assert.That(result.Code, Is.Zero, result.Error);
        JsonElement json = JsonDocument.Parse(File.ReadAllBytes(In("a.json"))).RootElement;
        Dictionary<string, double[]> frames = ExtendedXyz.ReadFrames(In("m.xyz"))
            .ToDictionary(frame => frame.Configuration.Properties["mode"], frame => frame.Vectors(ExtendedXyz.Displacement));
        string[] first = ["harmonic-1", "harmonic-2", "quartic", "cubic", "delta", "delta-first-order", "quartic-field", "pseudo-harmonic", "cubic-from-simple-xy", "cubic-from-pure-xy"];
        Assert.That(frames.Keys, Is.EqualTo(first.Concat(json.GetProperty("softSpots").EnumerateArray()
            .Where(part => part.GetProperty("isNew").GetBoolean())
            .Select(part => $"harmonic-{part.GetProperty("harmonic").GetInt32()}-spot-{part.GetProperty("number").GetInt32()}"))));
        JsonElement delta = json.GetProperty("around").GetProperty("delta");
        Assert.That(Norm(frames["delta"]), Is.EqualTo(delta.GetProperty("norm").GetDouble()).Within(1e-12));
        Assert.That(Norm(frames["delta-first-order"]), Is.EqualTo(delta.GetProperty("firstOrderNorm").GetDouble()).Within(1e-12));
        Assert.That(Norm(frames["quartic-field"]), Is.EqualTo(delta.GetProperty("fieldNorm").GetDouble()).Within(1e-12));

        static double Norm(double[] field) => Math.Sqrt(NaiveGlass.Dot(field, field));
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
    public void A_soft_spot_that_an_earlier_mode_had_is_not_listed_as_a_new_one()
    {
        ReferenceCase reference = ReferenceCase.Load("b01");
        string[] command = ["analyze", reference.ConfigurationPath, "--model", "ipl-2d", "--modes", "4", "--dehybridise"];
        JsonElement[] parts = [.. JsonDocument.Parse(Run([.. command, "--json", "-", "--modes-out", In("m.xyz")]).Output).RootElement.GetProperty("softSpots").EnumerateArray()];
        double[][] directions = [.. ExtendedXyz.ReadFrames(In("m.xyz"))
            .Where(frame => frame.Configuration.Properties["mode"].Contains("-spot-", StringComparison.Ordinal))
            .Select(frame => frame.Vectors(ExtendedXyz.Displacement))];
        Assert.That(parts.Where(IsNew).Select(Number), Is.EqualTo(Enumerable.Range(1, directions.Length)));
        Assert.That(parts.Where(part => !IsNew(part)), Is.Not.Empty, "this test needs a spot that recurs");
        foreach (JsonElement again in parts.Where(part => !IsNew(part)))
            Assert.That(
                again.GetProperty("spot").GetProperty("stiffness").GetDouble(),
                Is.EqualTo(parts.First(part => Number(part) == Number(again)).GetProperty("spot").GetProperty("stiffness").GetDouble()).Within(1e-5).Percent);
        for (int k = 0; k < directions.Length; k++)
            for (int other = 0; other < k; other++)
                Assert.That(Math.Abs(NaiveGlass.Dot(directions[k], directions[other])), Is.LessThanOrEqualTo(0.9));
        Assert.That(Run(command).Output, Does.Contain("listed above"));

        static bool IsNew(JsonElement part) => part.GetProperty("isNew").GetBoolean();
        static int Number(JsonElement part) => part.GetProperty("number").GetInt32();
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
