using System.Diagnostics;

namespace FastNqe.Tests;

/// <summary>
/// Programs of others that serve as second opinions. A test that needs one that is not installed is skipped, with a message that names it.
/// </summary>
internal static class Peers
{
    private static readonly Lazy<string?> PythonWithAse = new(() => FindPython("ase"));
    private static readonly Lazy<string?> PythonWithScipy = new(() => FindPython("scipy"));
    private static readonly Lazy<string?> LammpsProgram = new(() => FindProgram("lmp", "-help"));

    /// <summary>A Python that has ASE; skips the test if there is none.</summary>
    public static string Ase => PythonWithAse.Value ?? Missing("ASE");

    /// <summary>A Python that has NumPy and SciPy; skips the test if there is none.</summary>
    public static string Scipy => PythonWithScipy.Value ?? Missing("SciPy");

    /// <summary>The program lmp; skips the test if there is none.</summary>
    public static string Lammps => LammpsProgram.Value ?? Missing("LAMMPS");

    /// <summary>Runs a program to its end and gives what it printed; the test fails if the program does.</summary>
    public static string Run(string program, params string[] arguments)
    {
        (int code, string output, string errors) = Execute(program, arguments);
        Assert.That(code, Is.Zero, $"{program} failed:{Environment.NewLine}{output}{errors}");
        return output;
    }

    private static string Missing(string peer)
    {
        Assert.Ignore($"peer {peer} is not installed");
        return "";
    }

    // The distribution's interpreter has the packages; the first python3 on the path may be another one.
    private static string? FindPython(string module)
    {
        string? chosen = Environment.GetEnvironmentVariable("PYTHON");
        string[] candidates = string.IsNullOrEmpty(chosen) ? ["/usr/bin/python3", "python3"] : [chosen];
        return candidates.FirstOrDefault(python => Runs(python, "-c", $"import {module}"));
    }

    private static string? FindProgram(string name, string harmlessArgument) => Runs(name, harmlessArgument) ? name : null;

    private static bool Runs(string program, params string[] arguments)
    {
        try
        {
            return Execute(program, arguments).Code == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    /// <summary>Runs a program to its end, however it ends.</summary>
    public static (int Code, string Output, string Errors) Execute(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }
}
