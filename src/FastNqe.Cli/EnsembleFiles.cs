using System.CommandLine;

namespace FastNqe.Cli;

/// <summary>The argument of the verbs that read stores.</summary>
internal static class EnsembleFiles
{
    /// <summary>One or more stores or folders of stores.</summary>
    public static Argument<string[]> Stores() => new("DIR")
    {
        Description = "The folder of an ensemble, or single stores (*.sqlite).",
        Arity = ArgumentArity.OneOrMore,
    };
}
