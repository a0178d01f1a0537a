using FastNqe.Cli;

namespace FastNqe.Tests.Cli;

/// <summary>What a run of the command line left behind.</summary>
internal sealed record CommandResult(int Code, string Output, string Error);

/// <summary>Runs the command line inside the test process, with captured writers.</summary>
internal static class CommandLineRunner
{
    public static CommandResult Run(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int code = CommandLine.RunAsync(args, output, error).GetAwaiter().GetResult();
        return new CommandResult(code, output.ToString(), error.ToString());
    }
}
