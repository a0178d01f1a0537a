using System.CommandLine;
using System.Globalization;
using FastNqe.Cli.Output;

namespace FastNqe.Cli.Verbs;

/// <summary>fastnqe sample: equilibrates liquids and quenches them, one file per glass. Begins where it was stopped.</summary>
internal sealed class SampleVerb : Verb<SampleArguments>
{
    // Some hundred gigabytes; more is a slip of the finger.
    private const int LargestParticleCount = 100_000_000;

    private readonly ModelOptions _model = new();
    private readonly Option<double?> _density = new("--density") { Description = "N/V at which the glass is made, in 1/length^d. [default: the model's]", HelpName = "NUMBER" };
    private readonly Option<int> _particles = new("--particles", "-n") { Description = "N, a pure number.", HelpName = "NUMBER", DefaultValueFactory = _ => 2048 };
    private readonly Option<double?> _temperature = new("--temperature", "-t") { Description = "The parent temperature, at which the liquid is equilibrated, in units of energy (k_B = 1). [default: the model's]", HelpName = "NUMBER" };
    private readonly Option<double?> _coolingRate = new("--cooling-rate") { Description = "-dT/dt at which the liquid is cooled before the quench, in units of energy/time; 0 quenches it as it is. [default: the model's]", HelpName = "NUMBER" };
    private readonly Option<double?> _finalTemperature = new("--final-temperature") { Description = "Where cooling ends and the quench begins, in units of energy. [default: the model's, or 0.1]", HelpName = "NUMBER" };
    private readonly Option<bool> _randomDiameters = new("--random-diameters") { Description = "Draws the diameters of a polydisperse model at random instead of taking the quantiles of their distribution." };
    private readonly Option<ulong> _seed = new("--seed", "-s") { Description = "From which all random numbers follow, a pure number.", HelpName = "NUMBER", DefaultValueFactory = _ => 1 };
    private readonly Option<int> _count = new("--count", "-c") { Description = "The number of glasses.", HelpName = "NUMBER", DefaultValueFactory = _ => 1 };
    private readonly Option<string> _output = new("--output", "-o") { Description = "The folder for the glasses, made if it is not there. Those it has already are kept, so the same line goes on after a stop.", HelpName = "DIR", Required = true };

    public SampleVerb() : base("sample", "Makes glasses: liquids in equilibrium, cooled if the model says so, quenched. Writes one file per glass and prints its name.")
    {
        _model.AddTo(this);
        Add(_density);
        Add(_particles);
        Add(_temperature);
        Add(_coolingRate);
        Add(_finalTemperature);
        Add(_randomDiameters);
        Add(_seed);
        Add(_count);
        Add(_output);
    }

    protected override SampleArguments Read(ParseResult parse)
    {
        GlassModel model = _model.Read(parse);
        int count = parse.GetValue(_count), particles = parse.GetValue(_particles);
        if (count < 1)
            throw new ArgumentException($"--count {count}: expected at least 1");
        if (particles is < 2 or > LargestParticleCount)
            throw new ArgumentException($"--particles {particles}: expected from 2 to {LargestParticleCount}");
        if (parse.GetValue(_density) is { } density)
            model = model with { NumberDensity = density > 0 && double.IsFinite(density) ? density : throw new ArgumentException($"--density {density}: expected a positive number") };
        string folder = parse.GetRequiredValue(_output);
        if (File.Exists(folder))
            throw new ArgumentException($"--output {folder}: this is a file; expected a folder");
        return new SampleArguments(
            model, particles, parse.GetValue(_temperature), parse.GetValue(_coolingRate), parse.GetValue(_finalTemperature),
            parse.GetValue(_randomDiameters), parse.GetValue(_seed), count, folder);
    }

    protected override ExitCode Run(SampleArguments arguments, Session session)
    {
        Directory.CreateDirectory(arguments.Folder);
        session.Stage("relaxation time");
        SamplingProtocol protocol = arguments.Protocol(session.Cancellation);
        int made = 0;
        while (made < arguments.Count && IsThere(arguments.PathOf(protocol, made), protocol, made))
            session.Output.WriteLine(arguments.PathOf(protocol, made++));

        ExitCode code = ExitCode.Done;
        int first = made;
        foreach (Configuration liquid in protocol.Samples(first, arguments.Count - first, session.Progress.Count("glasses", arguments.Count - first), session.Cancellation))
        {
            string path = arguments.PathOf(protocol, made);
            InherentState glass = Quench.Run(liquid, arguments.Model.Potential, session.Quench());
            glass.Configuration.WithProperties(GlassProvenance.AtRest(glass)).Write(path);
            session.Progress.Clear();
            session.Output.WriteLine(path);
            if (glass.Quench is { Converged: false })
            {
                session.Error.WriteLine($"{path}: the quench did not converge, the largest net force is {TextTable.Magnitude(glass.MaxForce)}");
                code = ExitCode.NotConverged;
            }
            made++;
        }
        return code;
    }

    // A file of the same name that is another sample is never overwritten.
    private static bool IsThere(string path, SamplingProtocol protocol, int sample)
    {
        if (!File.Exists(path))
            return false;
        Configuration found = Configuration.Read(path);
        foreach ((string key, string value) in protocol.Describe().Append(new("sample", sample.ToString(CultureInfo.InvariantCulture))))
            if (!found.Properties.TryGetValue(key, out string? there) || there != value)
                throw new ArgumentException($"{path} is there already and is another sample: its {key} is {there ?? "not given"}, expected {value}; choose another folder");
        return true;
    }
}

/// <summary>What sample was asked for.</summary>
internal sealed record SampleArguments(
    GlassModel Model, int Particles, double? Temperature, double? CoolingRate, double? FinalTemperature, bool RandomDiameters, ulong Seed, int Count, string Folder)
{
    /// <summary>The model's usual protocol with what was asked for instead.</summary>
    public SamplingProtocol Protocol(CancellationToken cancellation)
    {
        SamplingProtocol usual = SamplingProtocol.For(Model, Particles, Temperature, Seed, cancellation);
        Cooling fallback = usual.Cooling ?? Cooling.OfTheModes;
        return usual with
        {
            RandomDiameters = RandomDiameters,
            Cooling = CoolingRate switch
            {
                null when FinalTemperature is null => usual.Cooling,
                0 => null,
                _ => new Cooling(CoolingRate ?? fallback.Rate, FinalTemperature ?? fallback.FinalTemperature),
            },
        };
    }

    /// <summary>The name of a sample's file. Extended XYZ has no fourth dimension: there it is plain text.</summary>
    public string PathOf(SamplingProtocol protocol, int sample) => Path.Combine(
        Folder,
        string.Create(CultureInfo.InvariantCulture, $"{Model.Name}-N{Particles}-T{protocol.Temperature}-seed{Seed}-{sample:00000}.{(Model.Dimension == 4 ? "txt" : "xyz")}"));
}
