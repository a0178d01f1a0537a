using System.CommandLine;
using FastNqe.Cli.Output;

namespace FastNqe.Cli;

/// <summary>FILE, --model, --quench and --threads: the glass that a verb works on.</summary>
internal sealed class GlassInput
{
    private readonly Argument<string> _file = Files.Configuration();
    private readonly ModelOptions _model = new();
    private readonly Option<bool> _quench = new("--quench") { Description = "Minimises the energy first, each time; without it, a configuration that is not at mechanical equilibrium is refused. A long quench is better done once, by fastnqe quench, which goes on after a stop." };
    private readonly ThreadsOption _threads = new();

    /// <summary>Adds the argument and the options to a verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Add(_file);
        _model.AddTo(verb);
        verb.Add(_quench);
        verb.Add(_threads.Option);
    }

    /// <summary>Reads and checks the options.</summary>
    public GlassArguments Read(ParseResult parse) => new(parse.GetRequiredValue(_file), _model.Read(parse), parse.GetValue(_quench), _threads.Read(parse));

    /// <summary>Reads the file and makes the inherent state, which so many threads share as were asked for.</summary>
    /// <exception cref="ArgumentException">The configuration is not at rest, and --quench was not given.</exception>
    public static InherentState Load(GlassArguments arguments, Session session)
    {
        SweepThreads.Count = arguments.Threads;
        session.Stage($"reading {arguments.File}");
        Configuration configuration = Files.Read(arguments.File, arguments.Model);
        if (arguments.Quench)
        {
            string stage = $"quenching {configuration.ParticleCount} particles";
            session.Stage(stage);
            return Files.Named(arguments.File, () => FastNqe.Quench.Run(configuration, arguments.Model.Potential, session.Quench(stage)));
        }
        InherentState glass = Files.Named(arguments.File, () => InherentState.At(configuration, arguments.Model.Potential));
        return glass.MaxForce <= InherentState.LargestForceAtRest
            ? glass
            : throw new ArgumentException($"{arguments.File} is not at mechanical equilibrium: the largest net force on a particle is {TextTable.Magnitude(glass.MaxForce)}, expected at most {TextTable.Magnitude(InherentState.LargestForceAtRest)}; give --quench to minimise the energy first{OtherPotential(configuration, arguments.Model)}");
    }

    // The likely reason, where the file tells.
    private static string OtherPotential(Configuration configuration, GlassModel model) =>
        configuration.Properties.TryGetValue(GlassProperties.Potential, out string? said) && said != model.Potential.ToString()
            ? $", or its own potential: the file says \"{said}\", asked for was \"{model.Potential}\""
            : "";
}

/// <summary>Which glass, and how many threads share the work on it.</summary>
internal sealed record GlassArguments(string File, GlassModel Model, bool Quench, int Threads);
