using System.CommandLine;
using FastNqe.Ensembles;

namespace FastNqe.Cli.Verbs;

/// <summary>fastnqe ensemble slurm: the scripts that run an ensemble on a cluster.</summary>
internal sealed class EnsembleSlurmVerb : Verb<EnsembleSlurmArguments>
{
    private readonly EnsembleOptions _study = new();
    private readonly Option<string> _output = new("--output", "-o") { Description = "The ensemble's folder, on a file system that all nodes see.", HelpName = "DIR", Required = true };
    private readonly Option<int> _shards = new("--shards") { Description = "The number of tasks in the array, each with a shard of its own.", HelpName = "K", Required = true };
    private readonly Option<int> _threads = new("--threads") { Description = "The number of threads of a task.", HelpName = "NUMBER", DefaultValueFactory = _ => 1 };
    private readonly Option<string?> _partition = new("--partition") { Description = "The cluster's partition. [default: the cluster's]", HelpName = "NAME" };
    private readonly Option<string?> _account = new("--account") { Description = "The account to charge. [default: the user's]", HelpName = "NAME" };
    private readonly Option<string?> _time = new("--time") { Description = "The time limit of a task in Slurm's notation; submit again to go on after it. [default: the partition's]", HelpName = "TIME" };
    private readonly Option<string[]> _program = new("--program") { Description = "The words that start this program on a node. [default: those that started it here]", HelpName = "WORD", AllowMultipleArgumentsPerToken = true };

    public EnsembleSlurmVerb() : base("slurm", "Writes an sbatch array (one shard per task), the merge job after it, and submit.sh, which submits both; submitting again goes on.")
    {
        _study.AddTo(this);
        Add(_output);
        Add(_shards);
        Add(_threads);
        Add(_partition);
        Add(_account);
        Add(_time);
        Add(_program);
    }

    protected override EnsembleSlurmArguments Read(ParseResult parse)
    {
        string[]? program = parse.GetValue(_program);
        SlurmOptions options = new()
        {
            Shards = parse.GetValue(_shards),
            Threads = parse.GetValue(_threads),
            Partition = parse.GetValue(_partition),
            Account = parse.GetValue(_account),
            TimeLimit = parse.GetValue(_time),
            Program = program is { Length: > 0 } ? program : ThisProgram(),
        };
        Study study = _study.Read(parse) ?? throw new ArgumentException("no study is given: name a file, --study NAME, or --model and the rest");
        return new EnsembleSlurmArguments(study, parse.GetRequiredValue(_output), options);
    }

    protected override ExitCode Run(EnsembleSlurmArguments arguments, Session session)
    {
        ShardWarning.WriteIfIdle(session.Error, arguments.Study, arguments.Options.Shards);
        if (SampleSource.Measures(arguments.Study, arguments.Folder))
            session.Error.WriteLine("warning: every task measures the relaxation time of its liquid first, and all find the same; --equilibration-time and --spacing spare them that");
        string submit = SlurmJob.Write(arguments.Study, arguments.Folder, arguments.Options);
        session.Output.WriteLine(submit);
        return ExitCode.Done;
    }

    // Started by the dotnet host, the program is the host and the assembly.
    private static string[] ThisProgram()
    {
        string process = Environment.ProcessPath!;
        return Path.GetFileNameWithoutExtension(process) == "dotnet" ? [process, typeof(EnsembleSlurmVerb).Assembly.Location] : [process];
    }
}

/// <summary>What slurm was asked for.</summary>
internal sealed record EnsembleSlurmArguments(Study Study, string Folder, SlurmOptions Options);
