using System.CommandLine;

namespace FastNqe.Cli;

/// <summary>--threads of the verbs that work on one glass, or on one after another.</summary>
internal sealed class ThreadsOption
{
    /// <summary>The option.</summary>
    public Option<int> Option { get; } = new("--threads")
    {
        Description = $"The number of threads that share the work on a glass of {SweepThreads.SmallestSystem} particles or more; what comes out does not depend on it.",
        HelpName = "NUMBER",
        DefaultValueFactory = _ => 1,
    };

    /// <summary>Reads and checks the option.</summary>
    public int Read(ParseResult parse) => parse.GetValue(Option) is var threads and >= 1 and <= SweepThreads.Most
        ? threads
        : throw new ArgumentException($"{Option.Name} {parse.GetValue(Option)}: expected 1 to {SweepThreads.Most}");
}
