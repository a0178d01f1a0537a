using System.CommandLine;
using FastNqe.Cli.Output;
using FastNqe.Ensembles;

namespace FastNqe.Cli.Verbs;

/// <summary>fastnqe analyze: the lowest normal modes of a glass, its quartic and its cubic mode.</summary>
internal sealed class AnalyzeVerb : Verb<AnalyzeArguments>
{
    private const double EigenpairTolerance = 1e-9;

    private readonly GlassInput _glass = new();
    private readonly MinimiserChoice _minimiser = new();
    private readonly Option<int> _modes = new("--modes", "-k")
    {
        Description = "The number of lowest normal modes, a pure number.",
        HelpName = "NUMBER",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<bool> _full = new("--full") { Description = "Also computes what lies around the modes: eq. 17, the cubic modes from non-affine velocities, shear couplings, the double well, the decay from the core." };
    private readonly Option<bool> _dehybridise = new("--dehybridise") { Description = "Also parts every normal mode into the soft spots it is mixed from." };
    private readonly Option<string?> _json = new("--json") { Description = "Writes every number as JSON, in simulation units; - is standard output.", HelpName = "FILE|-" };
    private readonly Option<string?> _modesOut = new("--modes-out") { Description = "Writes one frame per mode as extended XYZ, displacements as a vector per particle, coefficients in the comment line.", HelpName = "FILE.xyz" };
    private readonly Option<string?> _plot = new("--plot") { Description = "Draws the modes side by side: *.png or *.svg.", HelpName = "FILE.png" };

    public AnalyzeVerb() : base("analyze", "Finds the lowest normal modes of a glass, and from the lowest its quartic and its cubic mode.")
    {
        _glass.AddTo(this);
        Add(_modes);
        _minimiser.AddTo(this);
        Add(_full);
        Add(_dehybridise);
        Add(_json);
        Add(_modesOut);
        Add(_plot);
    }

    protected override AnalyzeArguments Read(ParseResult parse)
    {
        int modes = parse.GetValue(_modes);
        if (modes < 1)
            throw new ArgumentException($"--modes {modes}: expected at least 1");
        GlassArguments glass = _glass.Read(parse);
        string? modesOut = Files.Output(parse.GetValue(_modesOut), _modesOut, ".xyz");
        if (modesOut is not null && glass.Model.Dimension > 3)
            throw new ArgumentException($"--modes-out {modesOut}: extended XYZ holds two and three dimensions, model {glass.Model.Name} has {glass.Model.Dimension}");
        string? json = Files.Json(parse.GetValue(_json), _json), plot = Files.Output(parse.GetValue(_plot), _plot, ".png", ".svg");
        Files.KeepApart([glass.File], (_json, json), (_modesOut, modesOut), (_plot, plot));
        return new AnalyzeArguments(glass, modes, _minimiser.Read(parse), parse.GetValue(_full), parse.GetValue(_dehybridise), json, modesOut, plot);
    }

    protected override ExitCode Run(AnalyzeArguments arguments, Session session)
    {
        InherentState glass = GlassInput.Load(arguments.Glass, session);
        Eigenpair[] harmonic;
        using (session.Clocked($"the lowest {arguments.Modes} normal modes of {glass.ParticleCount} particles"))
            harmonic = glass.LowestEigenpairs(arguments.Modes, new EigenpairOptions { Tolerance = EigenpairTolerance, Cancellation = session.Cancellation });
        MinimiserOptions minimiser = arguments.Minimiser;
        session.Stage("the quartic mode");
        QuarticMode quartic = QuarticMode.From(glass, harmonic[0].Vector, session.Watched(minimiser, "the quartic mode"));
        session.Stage("the cubic mode");
        CubicMode cubic = CubicMode.From(glass, quartic.Direction, session.Watched(minimiser, "the cubic mode"));
        Surroundings? around = arguments.Full ? Surroundings.Of(glass, harmonic[0], quartic, minimiser, session) : null;
        NumberedPart[]? parts = arguments.Dehybridise ? PartedModes.Of(glass, harmonic, minimiser, session) : null;
        session.Stage("writing");

        AnalysisReport report = AnalysisReport.Of(glass, harmonic, quartic, cubic, arguments.Glass.Model, arguments.Glass.File) with
        {
            Around = around is null ? null : AroundReport.Of(glass, harmonic, quartic, cubic, around),
            SoftSpots = parts is null ? null : [.. parts.Select(part => HybridReport.Of(part, glass.ParticleCount))],
        };
        ModeFrame[] frames = [.. harmonic.Select((pair, k) => ModeFrame.Of(k, pair, report)), ModeFrame.Of("quartic", quartic, glass), ModeFrame.Of("cubic", cubic, glass)];
        if (arguments.ModesOut is not null)
        {
            IEnumerable<ModeFrame> further = [.. ModeFrame.Around(around, glass), .. ModeFrame.Parts(parts, glass)];
            ExtendedXyz.WriteModes(arguments.ModesOut, GlassProvenance.Of(glass, arguments.Glass.Model, Name), frames.Concat(further).Select(frame => (frame.Properties, frame.Displacement)));
        }
        if (arguments.Plot is not null)
            ModeFigure.Save(arguments.Plot, glass.Configuration, [.. frames.Select(frame => (frame.Title, frame.Displacement))]);
        if (arguments.Json is not null)
            Json.Write(arguments.Json, report, session);
        session.Progress.Clear();
        if (arguments.Json != Json.StandardOutput)
            AnalysisTable.Write(report, session.Output);
        return Verdict(glass, report, arguments, session);
    }

    private static ExitCode Verdict(InherentState glass, AnalysisReport report, AnalyzeArguments arguments, Session session)
    {
        string[] unfinished =
        [
            .. glass.Quench is { Converged: false } ? ["the quench"] : Array.Empty<string>(),
            .. report.Harmonic.Count < arguments.Modes ? [$"only {report.Harmonic.Count} of {arguments.Modes} normal modes were found: the search"] : Array.Empty<string>(),
            .. report.Harmonic.Index().Where(mode => !(mode.Item.Residual <= EigenpairTolerance)).Select(mode => $"harmonic mode {mode.Index + 1}"),
            .. Unfinished("the quartic mode", report.Quartic),
            .. Unfinished("the cubic mode", report.Cubic),
            .. report.Around is AroundReport around ? Unfinished(around) : [],
            .. (report.SoftSpots ?? []).Where(part => !part.Spot.Converged).Select(part => $"a soft spot in harmonic mode {part.Harmonic}"),
        ];
        foreach (string stage in unfinished)
            session.Error.WriteLine($"{stage} did not converge");
        return unfinished.Length == 0 ? ExitCode.Done : ExitCode.NotConverged;
    }

    private static IEnumerable<string> Unfinished(AroundReport around) =>
    [
        .. around.Delta.Converged ? [] : new[] { "the linear solve of eq. 17" },
        .. Unfinished("the pseudo-harmonic mode", around.PseudoHarmonic),
        .. around.Well.Neighbour is { Converged: false } ? new[] { "the quench beyond the saddle" } : [],
        .. around.CubicStarts.Where(start => !start.Converged).Select(start => $"the cubic mode from {start.Start}"),
    ];

    private static IEnumerable<string> Unfinished(string name, ModeReport mode) =>
        mode.Converged ? [] : [$"{name} ({mode.End}, residual {TextTable.Magnitude(mode.Residual)})"];
}

/// <summary>What analyze was asked for.</summary>
internal sealed record AnalyzeArguments(GlassArguments Glass, int Modes, MinimiserOptions Minimiser, bool Full, bool Dehybridise, string? Json, string? ModesOut, string? Plot);
