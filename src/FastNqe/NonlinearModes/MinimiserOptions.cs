namespace FastNqe;

/// <summary>How a cost function is minimised.</summary>
public enum Minimiser
{
    /// <summary>Conjugate gradients whose exact line search and next gradient come from one sweep over the pairs.</summary>
    LineSweep,

    /// <summary>macopt (D. MacKay, 2004), as in the paper: a line search by gradients only, z kept normalised.</summary>
    Macopt,
}

/// <summary>Method, tolerance and limits of a mode search.</summary>
public sealed record MinimiserOptions
{
    /// <summary>The method.</summary>
    public Minimiser Method { get; init; } = Minimiser.LineSweep;

    /// <summary>
    /// The residual |M·z - c X|/|M·z| of eq. 8 (X = U(4):.zzz) or eq. 26 (X = U(3):zz) at which a mode counts as found; dimensionless. 1e-12 can
    /// be reached, for about a hundred sweeps more; below 1e-13 rounding is in the way.
    /// </summary>
    public double Tolerance { get; init; } = 1e-9;

    /// <summary>Sweeps over the pairs after which the search gives up.</summary>
    public int MaxSweeps { get; init; } = 20_000;

    /// <summary>The largest angle by which z may turn in one step [radian]. Far away costs level off and poles lie in between.</summary>
    public double LargestTurn { get; init; } = 0.3;

    /// <summary>Stops the search early with an <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Told after every iteration how far the work has come, on the thread that does it.</summary>
    public IProgress<WorkProgress>? Progress { get; init; }

    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    internal void Validate()
    {
        if (!Enum.IsDefined(Method))
            throw new ArgumentException($"{nameof(Method)} is {Method}; expected LineSweep or Macopt");
        if (!(Tolerance > 0) || !double.IsFinite(Tolerance))
            throw new ArgumentException($"{nameof(Tolerance)} is {Tolerance}; expected a positive number");
        if (MaxSweeps < 1)
            throw new ArgumentException($"{nameof(MaxSweeps)} is {MaxSweeps}; expected at least 1");
        if (!(LargestTurn > 0 && LargestTurn < Math.PI / 2))
            throw new ArgumentException($"{nameof(LargestTurn)} is {LargestTurn}; expected an angle above 0 and below pi/2");
    }
}
