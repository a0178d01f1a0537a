using System.CommandLine;
using System.Globalization;
using FastNqe.Ensembles;

namespace FastNqe.Cli.Verbs;

/// <summary>fastnqe ensemble run: makes the samples that a folder does not have yet.</summary>
internal sealed class EnsembleRunVerb : Verb<EnsembleRunArguments>
{
    private readonly EnsembleOptions _study = new();
    private readonly Option<string> _output = new("--output", "-o") { Description = "The ensemble's folder. What it has already is not made again.", HelpName = "DIR", Required = true };
    private readonly Option<int> _threads = new("--threads") { Description = "The number of samples that are worked on at the same time.", HelpName = "NUMBER", DefaultValueFactory = _ => Environment.ProcessorCount };
    private readonly Option<string> _shard = new("--shard") { Description = "Which part of the samples this process makes, as in 3/16.", HelpName = "I/K", DefaultValueFactory = _ => ShardRange.Whole.ToString() };
    private readonly Option<bool> _retry = new("--retry-failures") { Description = "Tries samples again that are recorded as failures." };

    public EnsembleRunVerb() : base("run", "Makes and analyses glass after glass into DIR; run again to go on where it was stopped. Without a study it goes on with the one in DIR.")
    {
        _study.AddTo(this);
        Add(_output);
        Add(_threads);
        Add(_shard);
        Add(_retry);
    }

    protected override EnsembleRunArguments Read(ParseResult parse)
    {
        string folder = parse.GetRequiredValue(_output);
        int threads = parse.GetValue(_threads);
        if (threads is < 1 or > 4096)
            throw new ArgumentException($"--threads {threads}: expected 1 to 4096");
        if (File.Exists(folder))
            throw new ArgumentException($"--output {folder}: this is a file; expected a folder");
        bool isBegun = Directory.Exists(folder) && Directory.EnumerateFiles(folder, "*.sqlite").Any();
        // Options alone change the study that is there; where they change what a sample is, its stores refuse them.
        Study study = _study.Read(parse, isBegun && !_study.IsNamed(parse) ? EnsembleStatus.Of([folder]).Study : null)
            ?? throw new ArgumentException("no study is given, and there is none to go on with: name a file, --study NAME, or --model and the rest");
        return new EnsembleRunArguments(study, folder, threads, ShardRange.Parse(parse.GetRequiredValue(_shard)), parse.GetValue(_retry));
    }

    protected override ExitCode Run(EnsembleRunArguments arguments, Session session)
    {
        ShardWarning.WriteIfIdle(session.Error, arguments.Study, arguments.Shard.Count);
        session.Stage("preparing");
        RunOptions options = new()
        {
            Threads = arguments.Threads,
            Shard = arguments.Shard,
            RetryFailures = arguments.RetryFailures,
            Progress = progress => session.Progress.Stage(Line(progress)),
        };
        RunProgress end = EnsembleRun.Run(arguments.Study, arguments.Folder, options, session.Cancellation);
        session.Progress.Clear();
        session.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{end.Done} of {end.Wanted} samples, {end.Failed} failed; {end.MadeNow} made now in {end.Elapsed.TotalSeconds:0.0} s ({end.Rate:0.00} per second)"));
        session.Cancellation.ThrowIfCancellationRequested();
        return end.Failed > 0 ? ExitCode.NotConverged : ExitCode.Done;
    }

    private static string Line(RunProgress progress) => string.Create(
        CultureInfo.InvariantCulture, $"{progress.Done} of {progress.Wanted} samples, {progress.Failed} failed, {progress.Rate:0.00} per second{Left(progress.Left)}{Way(progress.Way)}");

    private static string Way(double? share) => share is { } done ? string.Create(CultureInfo.InvariantCulture, $"; liquids {100 * done:0} % of the way to their next samples") : "";

    private static string Left(TimeSpan? left) => left is { } time ? $", {(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00} left" : "";
}

/// <summary>What run was asked for.</summary>
internal sealed record EnsembleRunArguments(Study Study, string Folder, int Threads, ShardRange Shard, bool RetryFailures);
