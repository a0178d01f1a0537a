using System.CommandLine;
using FastNqe.Ensembles;

namespace FastNqe.Cli;

/// <summary>What a study can be named by: a file, a shipped study's name, or options; shared by the verbs that need one.</summary>
internal sealed class EnsembleOptions
{
    private readonly Argument<string?> _file = new("STUDY")
    {
        Description = "A study: a JSON file with the keys that src/FastNqe.Ensembles/README.md lists.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _shipped = new("--study") { Description = "A study that comes with the program; fastnqe ensemble studies lists them.", HelpName = "NAME" };
    private readonly Option<string?> _name = new("--name") { Description = "The study's name in tables and legends.", HelpName = "NAME" };
    private readonly Option<string?> _model = new("--model", "-m") { Description = $"The model glass: {string.Join(", ", GlassModel.All.Select(model => model.Name))}.", HelpName = "NAME" };
    private readonly Option<int?> _particles = new("--particles", "-n") { Description = "N, a pure number. [default: the study's]", HelpName = "NUMBER" };
    private readonly Option<double?> _temperature = new("--temperature", "-t") { Description = "The parent temperature, at which the liquid is equilibrated, in units of energy (k_B = 1). [default: the study's]", HelpName = "NUMBER" };
    private readonly Option<int?> _samples = new("--samples") { Description = "The number of glasses; may grow from run to run. [default: the study's]", HelpName = "NUMBER" };
    private readonly Option<long?> _seed = new("--seed", "-s") { Description = "The seed from which every sample follows, a pure number. [default: the study's, or 1]", HelpName = "NUMBER" };
    private readonly Option<string?> _preparation = new("--preparation") { Description = "instantaneous: quenched at once; cooled: cooled at 1e-3 to T = 0.1 first. [default: the study's, or the model's]", HelpName = "WAY" };
    private readonly Option<int?> _chainLength = new("--chain-length") { Description = "The number of consecutive samples from one liquid run. [default: the study's, or 50]", HelpName = "NUMBER" };
    private readonly Option<double?> _equilibrationTime = new("--equilibration-time") { Description = "Time before the first sample of a chain, in units of time. [default: the study's, or 20 relaxation times]", HelpName = "TIME" };
    private readonly Option<double?> _spacing = new("--spacing") { Description = "Time between the samples of a chain, in units of time. [default: the study's, or 3 relaxation times]", HelpName = "TIME" };
    private readonly Option<double?> _timeStep = new("--time-step") { Description = "dt of molecular dynamics, in units of time. [default: the study's, or 0.005/sqrt(max(1, T))]", HelpName = "TIME" };
    private readonly Option<string?> _configurations = new("--configurations") { Description = "A folder of configuration files to analyse, instead of making glasses.", HelpName = "FOLDER" };
    private readonly Option<bool> _quench = new("--quench") { Description = "Quenches configurations from files first." };
    private readonly Option<int?> _harmonicModes = new("--harmonic-modes") { Description = "The number of lowest harmonic modes that are recorded. [default: the study's, or 1]", HelpName = "NUMBER" };
    private readonly Option<bool> _moduli = new("--moduli") { Description = "Computes athermal shear moduli too." };
    private readonly Option<string[]> _keep = new("--keep") { Description = "Stores glasses, modes, or both, of every sample. [default: the study's, or both of the first 20 samples]", HelpName = "glasses|modes", AllowMultipleArgumentsPerToken = true };

    /// <summary>Adds the argument and the options to a verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Add(_file);
        foreach (Option option in Options())
            verb.Add(option);
    }

    /// <summary>Whether a study is named, by a file, a name or a model; otherwise options only change one.</summary>
    public bool IsNamed(ParseResult parse) => parse.GetValue(_file) is not null || parse.GetValue(_shipped) is not null || parse.GetValue(_model) is not null;

    /// <summary>The study; null if nothing was said about one.</summary>
    /// <param name="parse">What was said.</param>
    /// <param name="begun">The study that is changed where none is named; null if there is none.</param>
    /// <exception cref="ArgumentException">Too little was said, or it contradicts itself, or a value is out of range.</exception>
    /// <exception cref="StudyFormatException">The file is not a study.</exception>
    public Study? Read(ParseResult parse, Study? begun = null)
    {
        string? file = parse.GetValue(_file), shipped = parse.GetValue(_shipped);
        if (file is not null && shipped is not null)
            throw new ArgumentException($"both a file ({file}) and --study {shipped} are given; expected one of them");
        begun = file is not null ? StudyFile.Read(file) : shipped is not null ? ShippedStudies.Named(shipped) : begun;
        if (!IsAnyGiven(parse))
            return begun;
        Study study = begun ?? new Study { Name = "ensemble", Model = "" };
        foreach (Option<int?> count in new[] { _particles, _samples, _chainLength })
            if (parse.GetValue(count) is < 1)
                throw new ArgumentException($"{count.Name} {parse.GetValue(count)}: expected at least 1");
        if (parse.GetValue(_configurations) is not null && parse.GetValue(_chainLength) is not null)
            throw new ArgumentException($"{_chainLength.Name}: glasses that are read from {_configurations.Name} are no chains; expected one of the two");
        string[] keep = parse.GetValue(_keep) ?? [];
        study = study with
        {
            Name = parse.GetValue(_name) ?? study.Name,
            Model = parse.GetValue(_model) ?? (study.Model.Length > 0 ? study.Model : throw new ArgumentException("--model is missing: which glass?")),
            Particles = parse.GetValue(_particles) ?? study.Particles,
            Temperature = parse.GetValue(_temperature) ?? study.Temperature,
            Samples = parse.GetValue(_samples) ?? study.Samples,
            Seed = parse.GetValue(_seed) ?? study.Seed,
            Preparation = parse.GetValue(_preparation) is { } way ? PreparationNamed(way) : study.Preparation,
            ChainLength = parse.GetValue(_chainLength) ?? study.ChainLength,
            EquilibrationTime = parse.GetValue(_equilibrationTime) ?? study.EquilibrationTime,
            Spacing = parse.GetValue(_spacing) ?? study.Spacing,
            TimeStep = parse.GetValue(_timeStep) ?? study.TimeStep,
            Configurations = parse.GetValue(_configurations) ?? study.Configurations,
            Quench = parse.GetValue(_quench) || study.Quench,
            HarmonicModes = parse.GetValue(_harmonicModes) ?? study.HarmonicModes,
            Moduli = parse.GetValue(_moduli) || study.Moduli,
            KeepGlasses = keep.Contains("glasses") || study.KeepGlasses,
            KeepModes = keep.Contains("modes") || study.KeepModes,
        };
        if (keep.FirstOrDefault(word => word is not ("glasses" or "modes")) is { } unknown)
            throw new ArgumentException($"--keep {unknown}: expected glasses or modes");
        return Checked(study);
    }

    // The same checks as for a file, whose line numbers would say nothing here.
    private static Study Checked(Study study)
    {
        try
        {
            return Study.Parse(study.ToJson(), "options");
        }
        catch (StudyFormatException exception)
        {
            throw new ArgumentException(exception.Problem, exception);
        }
    }

    private static Preparation PreparationNamed(string way) => way switch
    {
        "instantaneous" => Preparation.Instantaneous,
        "cooled" => Preparation.Cooled,
        _ => throw new ArgumentException($"--preparation {way}: expected instantaneous or cooled"),
    };

    private bool IsAnyGiven(ParseResult parse) => Options().Any(option => option != _shipped && parse.GetResult(option) is { Implicit: false });

    private Option[] Options() =>
    [
        _shipped, _name, _model, _particles, _temperature, _samples, _seed, _preparation, _chainLength, _equilibrationTime, _spacing, _timeStep, _configurations, _quench,
        _harmonicModes, _moduli, _keep,
    ];
}
