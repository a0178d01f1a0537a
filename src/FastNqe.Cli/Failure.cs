namespace FastNqe.Cli;

/// <summary>Turns an exception into a sentence for the user and an exit code.</summary>
internal static class Failure
{
    public static (string Message, ExitCode Code) Explain(Exception exception) => exception switch
    {
        OperationCanceledException => ("stopped; what was finished before is kept", ExitCode.Interrupted),
        ArgumentException argument => (Sentence(argument), ExitCode.Error),
        // Numbers that are not finite; what derives from it is a fault of the program.
        ArithmeticException and not (OverflowException or DivideByZeroException) => (exception.Message, ExitCode.Error),
        FormatException or IOException or UnauthorizedAccessException or InvalidDataException
            or ArpackNotFoundException or ArpackException
            or DllNotFoundException or EntryPointNotFoundException or NotSupportedException => (exception.Message, ExitCode.Error),
        OutOfMemoryException => ("not enough memory", ExitCode.Error),
        _ => ($"this is a fault of the program, please report it:{Environment.NewLine}{exception}", ExitCode.Error),
    };

    // The framework appends the parameter's name, which means nothing to someone at a shell.
    private static string Sentence(ArgumentException exception) =>
        exception.Message.Replace($" (Parameter '{exception.ParamName}')", "", StringComparison.Ordinal).ReplaceLineEndings("; ");
}
