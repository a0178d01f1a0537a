using System.CommandLine;
using System.Globalization;
using FastNqe.Cli.Output;

namespace FastNqe.Cli.Verbs;

/// <summary>fastnqe detect: all soft spots of a glass below a frequency.</summary>
internal sealed class DetectVerb : Verb<DetectArguments>
{
    private static readonly string[] Kinds = ["quartic", "cubic", "pseudo-harmonic"];

    private readonly GlassInput _glass = new();
    private readonly MinimiserChoice _minimiser = new();
    private readonly Option<double> _below = new("--below") { Description = "The largest frequency omega = sqrt(kappa) of a soft spot, in units of sqrt(energy per squared length), for unit mass.", HelpName = "OMEGA", Required = true };
    private readonly Option<string> _kind = new("--kind") { Description = $"Which modes: {string.Join(", ", Kinds)}.", HelpName = "NAME", DefaultValueFactory = _ => Kinds[0] };
    private readonly Option<int> _patience = new("--patience") { Description = "The search ends when so many local starts in a row lead to nothing new, a pure number.", HelpName = "NUMBER", DefaultValueFactory = _ => 40 };
    private readonly Option<int> _maxDipoles = new("--max-dipoles") { Description = "The largest number of local starts, a pure number.", HelpName = "NUMBER", DefaultValueFactory = _ => 1000 };
    private readonly Option<string?> _json = new("--json") { Description = "Writes every number as JSON, in simulation units; - is standard output.", HelpName = "FILE|-" };
    private readonly Option<string?> _modesOut = new("--modes-out") { Description = "Writes one frame per soft spot as extended XYZ, displacements as a vector per particle, coefficients in the comment line.", HelpName = "FILE.xyz" };

    public DetectVerb() : base("detect", "Searches a glass for all its soft spots below a frequency: starts from normal modes, non-affine velocities and local force dipoles, duplicates removed.")
    {
        _glass.AddTo(this);
        Add(_below);
        Add(_kind);
        Add(_patience);
        Add(_maxDipoles);
        _minimiser.AddTo(this);
        Add(_json);
        Add(_modesOut);
    }

    protected override DetectArguments Read(ParseResult parse)
    {
        double below = parse.GetValue(_below);
        if (!(below > 0) || !double.IsFinite(below))
            throw new ArgumentException($"--below {below.ToString(CultureInfo.InvariantCulture)}: expected a positive number");
        string kind = parse.GetValue(_kind)!;
        if (!Kinds.Contains(kind))
            throw new ArgumentException($"--kind {kind}: expected one of {string.Join(", ", Kinds)}");
        if (parse.GetValue(_patience) < 1)
            throw new ArgumentException($"--patience {parse.GetValue(_patience)}: expected at least 1");
        if (parse.GetValue(_maxDipoles) < 0)
            throw new ArgumentException($"--max-dipoles {parse.GetValue(_maxDipoles)}: expected at least 0");
        GlassArguments glass = _glass.Read(parse);
        string? modesOut = Files.Output(parse.GetValue(_modesOut), _modesOut, ".xyz");
        if (modesOut is not null && glass.Model.Dimension > 3)
            throw new ArgumentException($"--modes-out {modesOut}: extended XYZ holds two and three dimensions, model {glass.Model.Name} has {glass.Model.Dimension}");
        var options = new SoftSpotOptions
        {
            LargestFrequency = below,
            Kind = (SoftSpotKind)Array.IndexOf(Kinds, kind),
            Patience = parse.GetValue(_patience),
            MaxDipoles = parse.GetValue(_maxDipoles),
            Minimiser = _minimiser.Read(parse),
        };
        string? json = Files.Json(parse.GetValue(_json), _json);
        Files.KeepApart([glass.File], (_json, json), (_modesOut, modesOut));
        return new DetectArguments(glass, options, json, modesOut);
    }

    protected override ExitCode Run(DetectArguments arguments, Session session)
    {
        InherentState glass = GlassInput.Load(arguments.Glass, session);
        session.Stage("starts from normal modes");
        SoftSpotOptions options = arguments.Options with
        {
            Cancellation = session.Cancellation,
            Progress = progress => session.Progress.Stage($"{progress.Starts} starts, {progress.Spots} soft spots, {progress.WithoutNew} of {arguments.Options.Patience} local starts without a new one"),
        };
        SoftSpotLibrary library = SoftSpotSearch.Run(glass, options);
        session.Progress.Clear();
        bool isStopped = session.Cancellation.IsCancellationRequested;
        if (isStopped && library.Spots.Count == 0)
        {
            session.Error.WriteLine("stopped before anything was found; nothing was written");
            return ExitCode.Interrupted;
        }

        var report = DetectionReport.Of(glass, library, options, arguments.Glass);
        if (arguments.ModesOut is not null)
        {
            ExtendedXyz.WriteModes(arguments.ModesOut, GlassProvenance.Of(glass, arguments.Glass.Model, Name), library.Spots.Index()
                .Select(spot => ModeFrame.Of($"spot-{spot.Index + 1}", spot.Item.Spot.Mode, glass))
                .Select(frame => (frame.Properties, frame.Displacement)));
        }
        if (arguments.Json is not null)
            Json.Write(arguments.Json, report, session);
        if (arguments.Json != Json.StandardOutput)
            Write(report, session.Output);
        if (isStopped)
        {
            session.Error.WriteLine("stopped; what was found until then is kept");
            return ExitCode.Interrupted;
        }
        bool isAtRest = glass.Quench is not { Converged: false };
        if (!isAtRest)
            session.Error.WriteLine($"the quench did not converge, the largest net force is {TextTable.Magnitude(glass.MaxForce)}");
        if (library.Exhausted && library.NotConverged == 0)
            return isAtRest ? ExitCode.Done : ExitCode.NotConverged;
        session.Error.WriteLine(library.Exhausted
            ? $"{library.NotConverged} starts did not converge"
            : $"the search ended at a limit ({options.MaxHarmonicModes} normal modes, at most a quarter of all, or {options.MaxDipoles} local starts): there may be more soft spots");
        return ExitCode.NotConverged;
    }

    private static string Estimate(DetectionReport report) => double.IsNaN(report.Completeness)
        ? "completeness by capture and recapture unknown, since not both fields and dipoles led to a soft spot"
        : $"by capture and recapture about {TextTable.Number(report.EstimatedCount)} exist, completeness {TextTable.Number(report.Completeness)}";

    private static void Write(DetectionReport report, TextWriter output)
    {
        var table = new TextTable("soft spot", "stiffness", "omega", "tau", "chi", "N e", "radius", "centre", "found by");
        for (int k = 0; k < report.Spots.Length; k++)
        {
            (SpotReport spot, Dictionary<string, int> hits) = report.Spots[k];
            table.Add(
                $"{k + 1}", TextTable.Number(spot.Stiffness), TextTable.Number(spot.Frequency), TextTable.Number(spot.CubicCoefficient), TextTable.Number(spot.QuarticCoefficient),
                TextTable.Number(spot.ParticipationNumber), TextTable.Number(spot.Radius), string.Join(' ', spot.Centre.Select(TextTable.Number)),
                string.Join(", ", hits.Select(hit => $"{hit.Value} {hit.Key}")));
        }
        table.Write(output);
        output.WriteLine();
        output.WriteLine($"{report.Spots.Length} soft spots from {report.Starts.Values.Sum()} starts; {Estimate(report)}. Simulation units.");
    }
}

/// <summary>What detect was asked for.</summary>
internal sealed record DetectArguments(GlassArguments Glass, SoftSpotOptions Options, string? Json, string? ModesOut);
