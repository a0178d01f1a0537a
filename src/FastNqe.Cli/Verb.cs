using System.CommandLine;

namespace FastNqe.Cli;

/// <summary>
/// One verb of the command line: its options, read and checked into one record, and what it does with them. No physics here.
/// </summary>
/// <typeparam name="TArguments">The record of checked values; whoever holds one may trust it.</typeparam>
internal abstract class Verb<TArguments> : Command
{
    protected Verb(string name, string description) : base(name, description) =>
        // On its own thread, so that Ctrl-C is answered while a long stage computes.
        SetAction((parse, cancellation) => Task.Run(() => (int)Guarded(parse, cancellation), CancellationToken.None));

    /// <summary>Reads and checks the options. Throws <see cref="ArgumentException"/> with a sentence for the user.</summary>
    protected abstract TArguments Read(ParseResult parse);

    /// <summary>Does the work.</summary>
    protected abstract ExitCode Run(TArguments arguments, Session session);

    private ExitCode Guarded(ParseResult parse, CancellationToken cancellation)
    {
        var session = new Session(parse.InvocationConfiguration, cancellation);
        try
        {
            return Run(Read(parse), session);
        }
#pragma warning disable CA1031 // The one place where every exception becomes a sentence and an exit code.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            session.Progress.Clear();
            (string message, ExitCode code) = Failure.Explain(exception);
            session.Error.WriteLine($"{CommandLine.PathTo(parse.CommandResult)}: {message}");
            return code;
        }
    }
}
