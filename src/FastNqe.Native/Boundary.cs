namespace FastNqe.Native;

/// <summary>The edge of the library: nothing but a status crosses it.</summary>
internal static class Boundary
{
    public static int Run(Action work) => Run(() =>
    {
        work();
        return Status.Done;
    });

    public static int Run(Func<Status> work)
    {
        FloatingPoint callers = FloatingPoint.Default();
        try
        {
            return (int)work();
        }
        catch (Exception error)
        {
            return (int)LastError.Set(StatusOf(error), Describe(error));
        }
        finally
        {
            callers.Restore();
        }
    }

    /// <summary>Done, or not converged with the reason as the last error.</summary>
    public static Status Converged(bool converged, string otherwise) =>
        converged ? Status.Done : LastError.Set(Status.NotConverged, otherwise);

    private static Status StatusOf(Exception error) => error switch
    {
        StatusException known => known.Status,
        ArgumentException => Status.BadArgument,
        // Numbers that are not finite came from the caller; what derives from it is a fault of the library.
        ArithmeticException and not (OverflowException or DivideByZeroException) => Status.BadArgument,
        OperationCanceledException => Status.Cancelled,
        OutOfMemoryException => Status.OutOfMemory,
        ArpackNotFoundException or CholmodNotFoundException => Status.NoArpack,
        _ => Status.Failed,
    };

    private static string Describe(Exception error) => error switch
    {
        OperationCanceledException => "cancelled by the progress function",
        OutOfMemoryException => "out of memory",
        // The parameter's name in .NET means nothing to the caller; the value is on a line of its own.
        ArgumentException { ParamName: { } name } => OnOneLine(error.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal)),
        _ => OnOneLine(error.Message),
    };

    private static string OnOneLine(string message) => message.ReplaceLineEndings("; ");
}
