using System.CommandLine;
using System.Globalization;

namespace FastNqe.Cli.Verbs;

/// <summary>fastnqe sample: equilibrates liquids and quenches them, one file per glass. Begins where it was stopped.</summary>
internal sealed class SampleVerb : Verb<SampleArguments>
{
    private static readonly string[] Methods = ["molecular-dynamics", "swap-monte-carlo", "hybrid"];

    // Some hundred gigabytes; more is a slip of the finger.
    private const int LargestParticleCount = 100_000_000;

    private readonly ModelOptions _model = new();
    private readonly Option<double?> _density = new("--density") { Description = "N/V at which the glass is made, in 1/length^d. [default: the model's]", HelpName = "NUMBER" };
    private readonly Option<int> _particles = new("--particles", "-n") { Description = "N, a pure number.", HelpName = "NUMBER", DefaultValueFactory = _ => 2048 };
    private readonly Option<double?> _temperature = new("--temperature", "-t") { Description = "The parent temperature, at which the liquid is equilibrated, in units of energy (k_B = 1). [default: the model's]", HelpName = "NUMBER" };
    private readonly Option<double?> _coolingRate = new("--cooling-rate") { Description = "-dT/dt at which the liquid is cooled before the quench, in units of energy/time; 0 quenches it as it is. [default: the model's]", HelpName = "NUMBER" };
    private readonly Option<double?> _finalTemperature = new("--final-temperature") { Description = "Where cooling ends and the quench begins, in units of energy. [default: the model's, or 0.1]", HelpName = "NUMBER" };
    private readonly Option<string?> _method = new("--method") { Description = $"What moves the liquid: {string.Join(", ", Methods)}. [default: {Methods[0]}; hybrid for polydisperse models]", HelpName = "NAME" };
    private readonly Option<double?> _relaxationTime = new("--relaxation-time") { Description = "The structural relaxation time of the liquid, in units of time (of sweeps for Monte Carlo). [default: the one that is known of the model at this temperature, else measured]", HelpName = "NUMBER" };
    private readonly Option<double?> _equilibrationTime = new("--equilibration-time") { Description = "How long a chain's liquid is equilibrated before its first sample, in units of time (of sweeps for Monte Carlo). [default: 20 relaxation times]", HelpName = "NUMBER" };
    private readonly Option<double?> _spacing = new("--spacing") { Description = "Time between successive samples of a chain, in units of time (of sweeps for Monte Carlo). [default: 3 relaxation times]", HelpName = "NUMBER" };
    private readonly Option<int> _chainLength = new("--chain-length") { Description = "The number of successive samples that come from one liquid.", HelpName = "NUMBER", DefaultValueFactory = _ => 50 };
    private readonly Option<double?> _timeStep = new("--time-step") { Description = "dt of molecular dynamics, in units of time. [default: 0.005/sqrt(max(1, T))]", HelpName = "NUMBER" };
    private readonly Option<bool> _randomDiameters = new("--random-diameters") { Description = "Draws the diameters of a polydisperse model at random instead of taking the quantiles of their distribution." };
    private readonly Option<ulong> _seed = new("--seed", "-s") { Description = "From which all random numbers follow, a pure number.", HelpName = "NUMBER", DefaultValueFactory = _ => 1 };
    private readonly Option<int> _count = new("--count", "-c") { Description = "The number of glasses.", HelpName = "NUMBER", DefaultValueFactory = _ => 1 };
    private readonly Option<bool> _checkEquilibration = new("--check-equilibration") { Description = "Tests every liquid before its first sample is taken: a copy runs twice on, each time for as long as the liquid was equilibrated; both runs must relax alike and have the same energy. Says the verdict; the samples stay the same. Takes twice the time of the equilibration." };
    private readonly ThreadsOption _threads = new();
    private readonly Option<string?> _like = new("--like") { Description = "Makes the glass of this file again, to the bit: all that decides it is read from what the file says of itself. Instead of all other options but --output and --threads.", HelpName = "FILE" };
    private readonly Option<string> _output = new("--output", "-o") { Description = "The folder for the glasses, made if it is not there. Those it has already are kept, so the same line goes on after a stop.", HelpName = "DIR", Required = true };

    public SampleVerb() : base("sample", "Makes glasses: liquids in equilibrium, cooled if the model says so, quenched. Writes one file per glass and prints its name.")
    {
        _model.AddTo(this, isRequired: false);
        Add(_density);
        Add(_particles);
        Add(_temperature);
        Add(_coolingRate);
        Add(_finalTemperature);
        Add(_method);
        Add(_relaxationTime);
        Add(_equilibrationTime);
        Add(_spacing);
        Add(_chainLength);
        Add(_timeStep);
        Add(_randomDiameters);
        Add(_seed);
        Add(_count);
        Add(_checkEquilibration);
        Add(_threads.Option);
        Add(_like);
        Add(_output);
    }

    protected override SampleArguments Read(ParseResult parse)
    {
        string folder = parse.GetRequiredValue(_output);
        if (File.Exists(folder))
            throw new ArgumentException($"--output {folder}: this is a file; expected a folder");
        int threads = _threads.Read(parse);
        if (parse.GetValue(_like) is { } file)
        {
            if (Options.FirstOrDefault(option => option != _like && option != _output && option != _threads.Option && parse.GetResult(option) is { Implicit: false }) is { } other)
                throw new ArgumentException($"--like {file} says itself all that decides the glass; leave out {other.Name}");
            return SampleArguments.Like(file, folder) with { Threads = threads };
        }
        int count = parse.GetValue(_count);
        if (count < 1)
            throw new ArgumentException($"--count {count}: expected at least 1");
        SamplingProtocol protocol = Protocol(parse);
        double? known = parse.GetValue(_relaxationTime) ?? KnownRelaxationTime.Of(protocol.Model, protocol.Temperature, protocol.Method);
        return new SampleArguments(protocol with { RelaxationTime = known }, 0, count, Session.QuenchForceTolerance, folder) { TestsEquilibrium = parse.GetValue(_checkEquilibration), Threads = threads };
    }

    protected override ExitCode Run(SampleArguments arguments, Session session)
    {
        SweepThreads.Count = arguments.Threads;
        using OutputFolder folder = new(arguments.Folder);
        if (arguments.Protocol.LacksRelaxationTime)
        {
            using IDisposable clock = session.Clocked("measuring the relaxation time");
            arguments = arguments with { Protocol = arguments.Protocol.WithRelaxationTime(session.Cancellation) };
        }
        if (arguments.OtherMaker is { } maker)
            session.Error.WriteLine($"the glass was made by {maker}, this is {Product.Library}: it may differ in its last digits");
        HashSet<long> there = [.. arguments.Samples.Where(sample => IsThere(arguments.PathOf(sample), arguments.Protocol, sample))];
        if (there.Count == arguments.Count && arguments.TestsEquilibrium)
            session.Error.WriteLine("all glasses are there already: no liquid was made that could be tested");
        return new SampleRun(arguments, session).Make(there);
    }

    // The model's usual protocol with what was asked for instead.
    private SamplingProtocol Protocol(ParseResult parse)
    {
        GlassModel model = _model.Read(parse);
        int particles = parse.GetValue(_particles);
        if (particles is < 2 or > LargestParticleCount)
            throw new ArgumentException($"--particles {particles}: expected from 2 to {LargestParticleCount}");
        if (parse.GetValue(_density) is { } density)
            model = model with { NumberDensity = density > 0 && double.IsFinite(density) ? density : throw new ArgumentException($"--density {density}: expected a positive number") };
        if (parse.GetValue(_timeStep) is { } step && !(step is > 0 and <= 1))
            throw new ArgumentException($"--time-step {step}: expected a number above 0 and up to 1");
        if (parse.GetValue(_chainLength) < 1)
            throw new ArgumentException($"--chain-length {parse.GetValue(_chainLength)}: expected at least 1");
        string? method = parse.GetValue(_method);
        if (method is not null && !Methods.Contains(method))
            throw new ArgumentException($"--method {method}: expected one of {string.Join(", ", Methods)}");
        double temperature = parse.GetValue(_temperature) ?? model.ParentTemperatures[0];
        return new SamplingProtocol
        {
            Model = model,
            ParticleCount = particles,
            Temperature = temperature,
            Seed = parse.GetValue(_seed),
            Cooling = CoolingOf(parse, model.Cooling is { } usual && usual.FinalTemperature < temperature ? usual : null),
            Method = method is null ? SamplingProtocol.MethodFor(model) : (LiquidMethod)Array.IndexOf(Methods, method),
            RandomDiameters = parse.GetValue(_randomDiameters),
            RelaxationTime = null,
            EquilibrationTime = parse.GetValue(_equilibrationTime),
            Spacing = parse.GetValue(_spacing),
            ChainLength = parse.GetValue(_chainLength),
            TimeStep = parse.GetValue(_timeStep) ?? 0,
        };
    }

    private Cooling? CoolingOf(ParseResult parse, Cooling? usual)
    {
        double? rate = parse.GetValue(_coolingRate), final = parse.GetValue(_finalTemperature);
        Cooling fallback = usual ?? Cooling.OfTheModes;
        return rate switch
        {
            null when final is null => usual,
            0 => null,
            _ => new Cooling(rate ?? fallback.Rate, final ?? fallback.FinalTemperature),
        };
    }

    // A file of the same name that is another sample is never overwritten.
    private static bool IsThere(string path, SamplingProtocol protocol, long sample)
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
