using System.Text.Json;
using static FastNqe.Tests.Cli.CommandLineRunner;

namespace FastNqe.Tests.Cli;

public sealed class AnalyzeVerbTests : WithFolder
{
    [TestCase("b01", "ipl-2d")]
    [TestCase("b02", "ipl-3d")]
    [TestCase("b04", "poly-3d", "--non-additivity", "0.1")]
    [TestCase("b06", "poly-3d")]
    public void Json_meets_the_reference(string name, string model, params string[] overrides)
    {
        ReferenceCase reference = ReferenceCase.Load(name);
        CommandResult result = Run(["analyze", reference.ConfigurationPath, "--model", model, .. overrides, "--json", "-"]);
        Assert.That(result.Code, Is.Zero, result.Error);
        JsonElement json = JsonDocument.Parse(result.Output).RootElement;

        Assert.Multiple(() =>
        {
            Assert.That(json.GetProperty("particles").GetInt32(), Is.EqualTo(reference.Configuration.ParticleCount));
            Assert.That(json.GetProperty("dimension").GetInt32(), Is.EqualTo(reference.Configuration.Dimension));
            reference.AssertFigure("configuration/pairs", json.GetProperty("pairs").GetDouble());
            reference.AssertFigure("configuration/U", json.GetProperty("energy").GetDouble());
            reference.AssertFigure("configuration/pressure", json.GetProperty("pressure").GetDouble());
            Assert.That(json.GetProperty("maxForce").GetDouble(), Is.LessThan(1e-9));
            Mode(reference, "psi", json.GetProperty("harmonic")[0]);
            Mode(reference, "pi4", json.GetProperty("quartic"));
            Mode(reference, "pi3", json.GetProperty("cubic"));
        });
    }

    private static void Mode(ReferenceCase reference, string name, JsonElement mode)
    {
        // At a residual of 1e-9 a mode's coefficients are right to about as much; tau of the quartic mode, a cancelling sum, to less.
        (string Json, string Figure, double Tolerance)[] numbers =
        [
            ("stiffness", "kappa", 1e-8), ("participationNumber", "Ne", 1e-6),
            ("quarticCoefficient", "chi", 1e-6), ("cubicCoefficient", "tau", 1e-5), ("energy", name == "pi3" ? "E3" : "E4", 1e-8),
        ];
        foreach ((string property, string figure, double tolerance) in numbers)
            if (mode.TryGetProperty(property, out JsonElement number))
            {
                double expected = Math.Abs(reference.Figure($"modes/{name}/{figure}").Value);
                Assert.That(Math.Abs(number.GetDouble()), Is.EqualTo(expected).Within(tolerance * expected), $"{name} {property}");
            }
        Assert.That(mode.GetProperty("frequency").GetDouble(), Is.EqualTo(Math.Sqrt(mode.GetProperty("stiffness").GetDouble())));
    }

    [Test]
    public void Json_has_the_documented_names_in_the_documented_order()
    {
        CommandResult result = Run("analyze", ReferenceCase.Load("b01").ConfigurationPath, "--model", "ipl-2d", "--modes", "2", "--json", "-");
        JsonElement json = JsonDocument.Parse(result.Output).RootElement;
        string[] mode = ["stiffness", "frequency", "cubicCoefficient", "quarticCoefficient", "participationNumber", "energy", "proportionalityConstant", "centre", "radius", "overlapHarmonic", "residual", "converged", "end", "iterations", "sweeps"];
        Assert.Multiple(() =>
        {
            Assert.That(Names(json), Is.EqualTo(new[] { "particles", "dimension", "pairs", "energy", "pressure", "maxForce", "harmonic", "quartic", "cubic", "units", "provenance" }));
            Assert.That(json.GetProperty("harmonic").GetArrayLength(), Is.EqualTo(2));
            Assert.That(Names(json.GetProperty("harmonic")[0]), Is.EqualTo(new[] { "stiffness", "frequency", "participationNumber", "residual" }));
            Assert.That(Names(json.GetProperty("quartic")), Is.EqualTo(mode));
            Assert.That(Names(json.GetProperty("cubic")), Is.EquivalentTo(mode.Append("overlapQuartic")));
            Assert.That(json.GetProperty("units").GetProperty("length").GetDouble(), Is.EqualTo(GlassModel.Ipl2D.UnitLength));
            Assert.That(json.GetProperty("units").GetProperty("frequency").GetDouble(), Is.EqualTo(GlassModel.Ipl2D.UnitFrequency));
        });
    }

    [Test]
    public void Numbers_in_the_json_read_back_to_the_double_that_was_computed()
    {
        ReferenceCase reference = ReferenceCase.Load("b01");
        Run("analyze", reference.ConfigurationPath, "--model", "ipl-2d", "--json", In("a.json"));
        JsonElement json = JsonDocument.Parse(File.ReadAllBytes(In("a.json"))).RootElement;
        InherentState glass = InherentState.At(reference.Configuration, reference.Potential);
        Assert.Multiple(() =>
        {
            Assert.That(json.GetProperty("energy").GetDouble(), Is.EqualTo(glass.Energy));
            Assert.That(json.GetProperty("pressure").GetDouble(), Is.EqualTo(glass.Pressure));
            Assert.That(json.GetProperty("maxForce").GetDouble(), Is.EqualTo(glass.MaxForce));
        });
    }

    [Test]
    public void A_liquid_is_refused_and_the_message_says_how_far_off_it_is()
    {
        ReferenceCase liquid = ReferenceCase.Load("a04");
        CommandResult result = Run("analyze", liquid.ConfigurationPath, "--model", "ipl-3d", "--json", In("a.json"));
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(2));
            Assert.That(result.Output, Is.Empty);
            Assert.That(result.Error, Does.Contain("not at mechanical equilibrium").And.Contain("--quench"));
            Assert.That(result.Error, Does.Contain(InherentState.At(liquid.Configuration, liquid.Potential).MaxForce.ToString("0.0e+0")));
            Assert.That(FilesLeft(), Is.Empty);
        });
    }

    [Test]
    public void A_liquid_is_analysed_after_a_quench()
    {
        CommandResult result = Run("analyze", ReferenceCase.Load("a04").ConfigurationPath, "--model", "ipl-3d", "--quench", "--json", "-");
        Assert.That(result.Code, Is.Zero, result.Error);
        Assert.That(JsonDocument.Parse(result.Output).RootElement.GetProperty("maxForce").GetDouble(), Is.LessThan(1e-9));
    }

    [Test]
    public void Without_json_on_standard_output_there_is_a_table()
    {
        CommandResult result = Run("analyze", ReferenceCase.Load("b01").ConfigurationPath, "--model", "ipl-2d", "--json", In("a.json"));
        Assert.Multiple(() =>
        {
            Assert.That(result.Output, Does.Contain("N = 400").And.Match("(?m)^harmonic 1 ").And.Match("(?m)^quartic ").And.Match("(?m)^cubic "));
            Assert.That(result.Error, Is.Empty);
            Assert.That(FilesLeft(), Is.EqualTo(new[] { "a.json" }));
        });
    }

    [Test]
    public void Modes_are_written_one_frame_each()
    {
        ReferenceCase reference = ReferenceCase.Load("b01");
        CommandResult result = Run("analyze", reference.ConfigurationPath, "--model", "ipl-2d", "--modes", "2", "--modes-out", In("modes.xyz"), "--json", In("a.json"));
        Assert.That(result.Code, Is.Zero, result.Error);
        JsonElement json = JsonDocument.Parse(File.ReadAllBytes(In("a.json"))).RootElement;
        ExtendedXyzFrame[] frames = [.. ExtendedXyz.ReadFrames(In("modes.xyz"))];
        Assert.Multiple(() =>
        {
            Assert.That(frames.Select(frame => frame.Configuration.Properties["mode"]), Is.EqualTo(new[] { "harmonic-1", "harmonic-2", "quartic", "cubic" }));
            foreach (ExtendedXyzFrame frame in frames)
                Assert.That(frame.Vectors(ExtendedXyz.Displacement).Sum(component => component * component), Is.EqualTo(1).Within(1e-12));
            Assert.That(double.Parse(frames[2].Configuration.Properties["quarticCoefficient"]), Is.EqualTo(json.GetProperty("quartic").GetProperty("quarticCoefficient").GetDouble()));
            Assert.That(frames[0].Configuration.Positions.ToArray(), Is.EqualTo(reference.Configuration.Positions.ToArray()));
        });
    }

    [Test]
    public void The_plot_is_a_picture()
    {
        CommandResult result = Run("analyze", ReferenceCase.Load("b01").ConfigurationPath, "--model", "ipl-2d", "--plot", In("modes.png"));
        Assert.That(result.Code, Is.Zero, result.Error);
        Assert.That(File.ReadAllBytes(In("modes.png")).AsSpan(1, 3).ToArray(), Is.EqualTo("PNG"u8.ToArray()));
    }

    [Test]
    public void Both_minimisers_can_be_chosen_and_polished()
    {
        string glass = ReferenceCase.Load("b01").ConfigurationPath;
        JsonElement[] quartic = [.. new[] { "line-sweep", "macopt" }.Select(minimiser =>
        {
            CommandResult result = Run("analyze", glass, "--model", "ipl-2d", "--minimiser", minimiser, "--tolerance", "1e-12", "--json", "-");
            Assert.That(result.Code, Is.Zero, result.Error);
            return JsonDocument.Parse(result.Output).RootElement.GetProperty("quartic");
        })];
        Assert.That(quartic.Select(mode => mode.GetProperty("residual").GetDouble()), Is.All.LessThanOrEqualTo(1e-12));
        Assert.That(quartic[0].GetProperty("stiffness").GetDouble(), Is.EqualTo(quartic[1].GetProperty("stiffness").GetDouble()).Within(1e-10).Percent);
        Assert.That(quartic[1].GetProperty("sweeps").GetInt32(), Is.GreaterThan(2 * quartic[0].GetProperty("sweeps").GetInt32()));
    }

    [Test]
    public void A_tolerance_out_of_reach_is_said_with_exit_code_1()
    {
        CommandResult result = Run("analyze", ReferenceCase.Load("b01").ConfigurationPath, "--model", "ipl-2d", "--tolerance", "1e-17", "--json", "-");
        Assert.That(result.Code, Is.EqualTo(1));
        Assert.That(result.Error, Does.Contain("the quartic mode (stagnated, residual ").And.Contain("the cubic mode (stagnated"));
        Assert.That(JsonDocument.Parse(result.Output).RootElement.GetProperty("quartic").GetProperty("end").GetString(), Is.EqualTo("stagnated"));
    }

    [TestCase("--minimiser", "fire")]
    [TestCase("--tolerance", "0")]
    [TestCase("--tolerance", "nan")]
    public void A_wrong_choice_of_minimiser_is_refused(string option, string value)
    {
        CommandResult result = Run("analyze", ReferenceCase.Load("b01").ConfigurationPath, "--model", "ipl-2d", option, value);
        Assert.That(result.Code, Is.EqualTo(2));
        Assert.That(result.Error, Does.Contain(option));
    }

    [TestCase("0")]
    [TestCase("-3")]
    [TestCase("many")]
    public void A_wrong_number_of_modes_is_refused(string modes)
    {
        CommandResult result = Run("analyze", ReferenceCase.Load("b01").ConfigurationPath, "--model", "ipl-2d", "--modes", modes);
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(2));
            Assert.That(result.Error, Does.Contain(modes));
        });
    }

    [Test]
    public void A_plot_of_unknown_kind_is_refused_before_anything_is_computed()
    {
        CommandResult result = Run("analyze", In("there is no such file"), "--model", "ipl-2d", "--plot", In("modes.gif"));
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(2));
            Assert.That(result.Error, Does.Contain(".png or .svg"));
        });
    }

    private static string[] Names(JsonElement json) => [.. json.EnumerateObject().Select(property => property.Name)];
}
