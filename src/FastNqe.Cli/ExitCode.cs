namespace FastNqe.Cli;

/// <summary>What the process returns to the shell.</summary>
internal enum ExitCode
{
    /// <summary>Done.</summary>
    Done = 0,

    /// <summary>Finished and written, but something did not converge; the output says what.</summary>
    NotConverged = 1,

    /// <summary>A wrong argument or file, a missing library, an output that cannot be written: nothing was written under the final name.</summary>
    Error = 2,

    /// <summary>Stopped by Ctrl-C; what was finished before is kept. 128 + SIGINT, as shells expect.</summary>
    Interrupted = 130,
}
