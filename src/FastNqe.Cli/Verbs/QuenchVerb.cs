using System.CommandLine;
using FastNqe.Cli.Output;

namespace FastNqe.Cli.Verbs;

/// <summary>fastnqe quench: from a liquid to the inherent state below it.</summary>
internal sealed class QuenchVerb : Verb<QuenchArguments>
{
    private readonly Argument<string> _file = Files.Configuration();
    private readonly ModelOptions _model = new();
    private readonly Option<string> _output = new("--output", "-o")
    {
        Description = "Where the inherent state is written; the ending tells the format: .xyz, .data, .dump, .lammpstrj, or .txt (any dimension). A quench that is stopped is kept beside it (.state), and the same line goes on with it.",
        HelpName = "FILE",
        Required = true,
    };

    private readonly ThreadsOption _threads = new();

    public QuenchVerb() : base("quench", "Minimises the energy of a configuration until no particle feels a net force.")
    {
        Add(_file);
        _model.AddTo(this);
        Add(_output);
        Add(_threads.Option);
    }

    protected override QuenchArguments Read(ParseResult parse)
    {
        GlassModel model = _model.Read(parse);
        QuenchArguments arguments = new(
            parse.GetRequiredValue(_file),
            model,
            Files.Configuration(parse.GetRequiredValue(_output), _output, model),
            _threads.Read(parse));
        Files.KeepApart([arguments.File], (_output, arguments.Output), (_output, KeptQuench.PathOf(arguments.Output)));
        return arguments;
    }

    protected override ExitCode Run(QuenchArguments arguments, Session session)
    {
        SweepThreads.Count = arguments.Threads;
        session.Stage($"reading {arguments.File}");
        Configuration liquid = Files.Read(arguments.File, arguments.Model);
        string stage = $"quenching {liquid.ParticleCount} particles";
        session.Stage(stage);
        var kept = new KeptQuench(arguments.Output, liquid, arguments.Model.Potential, session.Quench(stage));
        QuenchCheckpoint? from = kept.Kept();
        InherentState glass = Files.Named(arguments.File, () => kept.Run(from, session));
        GlassProvenance.Of(glass, arguments.Model, Name).Write(arguments.Output);
        kept.Remove();
        session.Progress.Clear();

        QuenchReport quench = glass.Quench!;
        session.Error.WriteLine($"energy per particle {TextTable.Number(glass.Energy / glass.ParticleCount)}, pressure {TextTable.Number(glass.Pressure)}, largest net force {TextTable.Magnitude(glass.MaxForce)}, {quench.ForceSweeps} force sweeps and {quench.HessianProducts} Hessian products");
        if (quench.Converged)
            return ExitCode.Done;
        session.Error.WriteLine($"not converged after {quench.Iterations} iterations");
        return ExitCode.NotConverged;
    }
}

/// <summary>What quench was asked for.</summary>
internal sealed record QuenchArguments(string File, GlassModel Model, string Output, int Threads);
