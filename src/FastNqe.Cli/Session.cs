using System.CommandLine;

namespace FastNqe.Cli;

/// <summary>Where a verb writes, and how it learns that it should stop.</summary>
internal sealed class Session(InvocationConfiguration configuration, CancellationToken cancellation)
{
    /// <summary>Data.</summary>
    public TextWriter Output { get; } = configuration.Output;

    /// <summary>Words.</summary>
    public TextWriter Error { get; } = configuration.Error;

    /// <summary>Set by Ctrl-C. Looked at between stages and in progress callbacks.</summary>
    public CancellationToken Cancellation { get; } = cancellation;

    /// <summary>One line on the terminal that says how far the work is; silent when standard error is no terminal.</summary>
    public ProgressLine Progress { get; } = new(
        configuration.Error,
        visible: ReferenceEquals(configuration.Error, Console.Error) && !Console.IsErrorRedirected);

    /// <summary>The largest net force at which every quench of the command line ends [energy/length].</summary>
    public static double QuenchForceTolerance { get; } = new QuenchOptions().ForceTolerance;

    /// <summary>How every quench of the command line is done.</summary>
    /// <param name="stage">What the line on the terminal calls it.</param>
    public QuenchOptions Quench(string stage) => new()
    {
        ForceTolerance = QuenchForceTolerance,
        Cancellation = Cancellation,
        Progress = Progress.Toward(stage, "largest force", QuenchForceTolerance),
    };

    /// <summary>Begins a stage that cannot say how far it is; the terminal shows the time it takes until the result is disposed of.</summary>
    public IDisposable Clocked(string name)
    {
        Cancellation.ThrowIfCancellationRequested();
        return Progress.Clocked(name, TimeSpan.FromSeconds(1));
    }

    /// <summary>How modes are searched for in a stage that the terminal should tell of.</summary>
    public MinimiserOptions Watched(MinimiserOptions minimiser, string stage) =>
        minimiser with { Cancellation = Cancellation, Progress = Progress.Toward(stage, "residual", minimiser.Tolerance) };

    /// <summary>How linear systems are solved in a stage that the terminal should tell of.</summary>
    public LinearSolveOptions Watched(LinearSolveOptions solve, string stage) =>
        solve with { Cancellation = Cancellation, Progress = Progress.Toward(stage, "residual", solve.Tolerance) };

    /// <summary>Begins a stage: names it on the terminal, or stops here if Ctrl-C was pressed.</summary>
    public void Stage(string name)
    {
        Cancellation.ThrowIfCancellationRequested();
        Progress.Stage(name);
    }
}
