using System.CommandLine;
using FastNqe.Cli.Output;
using FastNqe.Ensembles;

namespace FastNqe.Cli.Verbs;

/// <summary>fastnqe analyze: the lowest normal modes of a glass, its quartic and its cubic mode.</summary>
internal sealed class AnalyzeVerb : Verb<AnalyzeArguments>
{
    // The largest net force of a configuration that counts as at rest, in units of energy per smallest diameter. A quench leaves
    // far less; positions written with eight digits leave far more, and shift the stiffness visibly.
    private const double LargestForceAtRest = 1e-7;

    private const double EigenpairTolerance = 1e-9;

    private readonly Argument<string> _file = Files.Configuration();
    private readonly ModelOptions _model = new();
    private readonly Option<int> _modes = new("--modes", "-k")
    {
        Description = "The number of lowest normal modes, a pure number.",
        HelpName = "NUMBER",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<bool> _quench = new("--quench") { Description = "Minimises the energy first; without it, a configuration that is not at mechanical equilibrium is refused." };
    private readonly Option<string?> _json = new("--json") { Description = "Writes every number as JSON, in simulation units; - is standard output.", HelpName = "FILE|-" };
    private readonly Option<string?> _modesOut = new("--modes-out") { Description = "Writes one frame per mode as extended XYZ, displacements as a vector per particle, coefficients in the comment line.", HelpName = "FILE.xyz" };
    private readonly Option<string?> _plot = new("--plot") { Description = "Draws the modes side by side: *.png or *.svg.", HelpName = "FILE.png" };

    public AnalyzeVerb() : base("analyze", "Finds the lowest normal modes of a glass, and from the lowest its quartic and its cubic mode.")
    {
        Add(_file);
        _model.AddTo(this);
        Add(_modes);
        Add(_quench);
        Add(_json);
        Add(_modesOut);
        Add(_plot);
    }

    protected override AnalyzeArguments Read(ParseResult parse)
    {
        int modes = parse.GetValue(_modes);
        if (modes < 1)
            throw new ArgumentException($"--modes {modes}: expected at least 1");
        GlassModel model = _model.Read(parse);
        string? modesOut = Files.Output(parse.GetValue(_modesOut), _modesOut, ".xyz");
        if (modesOut is not null && model.Dimension > 3)
            throw new ArgumentException($"--modes-out {modesOut}: extended XYZ holds two and three dimensions, model {model.Name} has {model.Dimension}");
        return new AnalyzeArguments(
            parse.GetRequiredValue(_file),
            model,
            modes,
            parse.GetValue(_quench),
            Files.Json(parse.GetValue(_json), _json),
            modesOut,
            Files.Output(parse.GetValue(_plot), _plot, ".png", ".svg"));
    }

    protected override ExitCode Run(AnalyzeArguments arguments, Session session)
    {
        InherentState glass = Glass(arguments, session);
        session.Stage($"the lowest {arguments.Modes} normal modes of {glass.ParticleCount} particles");
        Eigenpair[] harmonic = glass.LowestEigenpairs(arguments.Modes, new EigenpairOptions { Tolerance = EigenpairTolerance });
        var minimiser = new MinimiserOptions { Cancellation = session.Cancellation };
        session.Stage("the quartic mode");
        QuarticMode quartic = QuarticMode.From(glass, harmonic[0].Vector, minimiser);
        session.Stage("the cubic mode");
        CubicMode cubic = CubicMode.From(glass, quartic.Direction, minimiser);
        session.Stage("writing");

        AnalysisReport report = AnalysisReport.Of(glass, harmonic, quartic, cubic, arguments.Model, arguments.File);
        ModeFrame[] frames = [.. harmonic.Select((pair, k) => ModeFrame.Of(k, pair, report)), ModeFrame.Of("quartic", quartic, report.Quartic), ModeFrame.Of("cubic", cubic, report.Cubic)];
        if (arguments.ModesOut is not null)
            ExtendedXyz.WriteModes(arguments.ModesOut, glass.Configuration, frames.Select(frame => (frame.Properties, frame.Displacement)));
        if (arguments.Plot is not null)
            ModeFigure.Save(arguments.Plot, glass.Configuration, [.. frames.Select(frame => (frame.Title, frame.Displacement))]);
        if (arguments.Json is not null)
            Json.Write(arguments.Json, report, session);
        session.Progress.Clear();
        if (arguments.Json != Json.StandardOutput)
            AnalysisTable.Write(report, session.Output);
        return Verdict(glass, report, session);
    }

    private static ExitCode Verdict(InherentState glass, AnalysisReport report, Session session)
    {
        string[] unfinished =
        [
            .. glass.Quench is { Converged: false } ? ["the quench"] : Array.Empty<string>(),
            .. report.Harmonic.Index().Where(mode => !(mode.Item.Residual <= EigenpairTolerance)).Select(mode => $"harmonic mode {mode.Index + 1}"),
            .. report.Quartic.Converged ? [] : new[] { "the quartic mode" },
            .. report.Cubic.Converged ? [] : new[] { "the cubic mode" },
        ];
        foreach (string stage in unfinished)
            session.Error.WriteLine($"{stage} did not converge");
        return unfinished.Length == 0 ? ExitCode.Done : ExitCode.NotConverged;
    }

    private static InherentState Glass(AnalyzeArguments arguments, Session session)
    {
        session.Stage($"reading {arguments.File}");
        Configuration configuration = Files.Read(arguments.File, arguments.Model);
        if (arguments.Quench)
        {
            session.Stage($"quenching {configuration.ParticleCount} particles");
            return Quench.Run(configuration, arguments.Model.Potential, new QuenchOptions { Cancellation = session.Cancellation });
        }
        InherentState glass = InherentState.At(configuration, arguments.Model.Potential);
        return glass.MaxForce <= LargestForceAtRest
            ? glass
            : throw new ArgumentException($"{arguments.File} is not at mechanical equilibrium: the largest net force on a particle is {TextTable.Magnitude(glass.MaxForce)}, expected at most {TextTable.Magnitude(LargestForceAtRest)}; give --quench to minimise the energy first");
    }
}

/// <summary>What analyze was asked for.</summary>
internal sealed record AnalyzeArguments(string File, GlassModel Model, int Modes, bool Quench, string? Json, string? ModesOut, string? Plot);
