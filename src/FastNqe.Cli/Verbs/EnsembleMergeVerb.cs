using System.CommandLine;
using FastNqe.Ensembles;

namespace FastNqe.Cli.Verbs;

/// <summary>fastnqe ensemble merge: the samples of several stores in one.</summary>
internal sealed class EnsembleMergeVerb : Verb<(string[] Stores, string Target)>
{
    private readonly Argument<string[]> _stores = EnsembleFiles.Stores();
    private readonly Option<string> _output = new("--output", "-o") { Description = "The merged store; what it holds already is kept.", HelpName = "FILE.sqlite", Required = true };

    public EnsembleMergeVerb() : base("merge", "Puts the samples of shards into one store. Refuses stores of different studies; merging again changes nothing.")
    {
        Add(_stores);
        Add(_output);
    }

    protected override (string[] Stores, string Target) Read(ParseResult parse) =>
        (parse.GetRequiredValue(_stores), Files.Output(parse.GetRequiredValue(_output), _output, ".sqlite")!);

    protected override ExitCode Run((string[] Stores, string Target) arguments, Session session)
    {
        int count = StoreMerge.Merge(arguments.Stores, arguments.Target, session.Cancellation);
        session.Error.WriteLine($"{arguments.Target}: {count} samples");
        return ExitCode.Done;
    }
}
