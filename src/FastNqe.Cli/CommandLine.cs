using System.CommandLine;
using System.CommandLine.Parsing;
using FastNqe.Cli.Verbs;

namespace FastNqe.Cli;

/// <summary>The whole command line: the list of verbs, and what happens to words that are none of them.</summary>
internal static class CommandLine
{
    /// <summary>Parses and runs; returns the exit code (<see cref="ExitCode"/>).</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, TextWriter error)
    {
        // No response files: a file name that begins with @ is a file name.
        ParseResult parse = Root().Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parse.Errors.Count > 0 && parse.Action is System.CommandLine.Invocation.ParseErrorAction)
        {
            foreach (ParseError problem in parse.Errors)
                await error.WriteLineAsync($"fastnqe: {problem.Message}");
            await error.WriteLineAsync($"see: {PathTo(parse.CommandResult)} --help");
            return (int)ExitCode.Error;
        }
        return await parse.InvokeAsync(new InvocationConfiguration
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false,
            // After Ctrl-C: what is to be kept of a large glass takes longer to write than the framework's two seconds.
            ProcessTerminationTimeout = TimeSpan.FromSeconds(20),
        });
    }

    /// <summary>The root command with every verb.</summary>
    public static RootCommand Root()
    {
        RootCommand root = new("Finds the soft spots (nonlinear quasilocalized excitations) of computer glasses. Data on standard output, words on standard error; exit code 0 done, 1 finished but something did not converge, 2 error.")
        {
            HelpName = "fastnqe",
            Subcommands =
            {
                new SampleVerb(),
                new QuenchVerb(),
                new AnalyzeVerb(),
                new CoefficientsVerb(),
                new DetectVerb(),
                new ElasticityVerb(),
                new ShearVerb(),
                new EnsembleCommand(),
                new InfoVerb(),
            },
        };
        NumberOptions.SetParsers(root);
        return root;
    }

    /// <summary>A command as it is typed, with those above it, as in fastnqe ensemble run.</summary>
    public static string PathTo(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{PathTo(parent)} {result.Command.Name}" : "fastnqe";
}
