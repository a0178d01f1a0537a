using System.Diagnostics;
using FastNqe.Cli;

namespace FastNqe.Tests.Cli;

/// <summary>Runs the command line as a process of its own, for what only a process has: exit codes, signals, pipes.</summary>
internal static class CommandLineProcess
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Starts it with both streams captured; Ctrl-C reaches it even where the tests run in the background.</summary>
    public static Process Start(params string[] args) => Process.Start(new ProcessStartInfo("env", ["--default-signal=INT", DotNet, typeof(CommandLine).Assembly.Location, .. args])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    /// <summary>Runs a line of shell in which "$@" is the command line with these arguments.</summary>
    public static CommandResult Shell(string script, params string[] args)
    {
        using Process process = Process.Start(new ProcessStartInfo("/bin/bash", ["-c", script, "bash", DotNet, typeof(CommandLine).Assembly.Location, .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        return Finish(process);
    }

    /// <summary>Waits for the end.</summary>
    public static CommandResult Finish(Process process)
    {
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"the process did not end within {Patience}");
        }
        return new CommandResult(process.ExitCode, output.Result, error.Result);
    }

    /// <summary>Ctrl-C.</summary>
    public static void Interrupt(Process process)
    {
        using Process kill = Process.Start("kill", ["-INT", $"{process.Id}"]);
        kill.WaitForExit();
    }

    // The host that runs the tests is the one that runs the command line.
    private static string DotNet => Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";
}
