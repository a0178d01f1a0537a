namespace FastNqe;

/// <summary>How a quench is done.</summary>
public sealed record QuenchOptions
{
    /// <summary>The largest net force on any particle that counts as mechanical equilibrium [energy/length]; typical pair forces are of order 10.</summary>
    public double ForceTolerance { get; init; } = 1e-10;

    /// <summary>Force sweeps and Hessian products after which the quench gives up.</summary>
    public int MaxSweeps { get; init; } = 100_000;

    /// <summary>The farthest that any particle may move in one step [length].</summary>
    public double LargestMove { get; init; } = 0.1;

    /// <summary>How far beyond the cutoff pairs are listed at first [length]; while lists last, less.</summary>
    public double Skin { get; init; } = 0.18;

    /// <summary>Stops the quench early with an <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Told after every iteration how far the work has come, on the thread that does it.</summary>
    public IProgress<WorkProgress>? Progress { get; init; }

    /// <summary>
    /// Told, on the thread that does the work, where a long quench stands, for <see cref="Quench.Resume"/>: between its legs, of 500 sweeps and some ten seconds of one core at
    /// least. One that is done before is never told of.
    /// </summary>
    public Action<QuenchCheckpoint>? Checkpoint { get; init; }

    /// <summary>The sweeps of a leg; null for as many as suit the system.</summary>
    internal int? LegSweeps { get; init; }

    /// <summary>The largest net force below which Newton's directions are tried [energy/length].</summary>
    internal double NewtonBelow { get; init; } = 1;

    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    internal void Validate()
    {
        if (!(ForceTolerance > 0) || !double.IsFinite(ForceTolerance))
            throw new ArgumentException($"{nameof(ForceTolerance)} is {ForceTolerance}; expected a positive number");
        if (MaxSweeps < 1)
            throw new ArgumentException($"{nameof(MaxSweeps)} is {MaxSweeps}; expected at least 1");
        if (!(LargestMove > 0) || !double.IsFinite(LargestMove))
            throw new ArgumentException($"{nameof(LargestMove)} is {LargestMove}; expected a positive number");
        if (!(Skin >= 0) || !double.IsFinite(Skin))
            throw new ArgumentException($"{nameof(Skin)} is {Skin}; expected a number that is not negative");
    }
}

/// <summary>How a quench went.</summary>
/// <param name="Converged">Whether the force tolerance was reached.</param>
/// <param name="Iterations">Steps of the minimiser.</param>
/// <param name="ForceSweeps">Computations of all forces.</param>
/// <param name="HessianProducts">Products of the Hessian with a vector.</param>
/// <param name="MaxForce">The largest net force on a particle at the end [energy/length].</param>
public sealed record QuenchReport(bool Converged, int Iterations, int ForceSweeps, int HessianProducts, double MaxForce)
{
    /// <summary>Sweeps over all pairs, of either kind.</summary>
    public int Sweeps => ForceSweeps + HessianProducts;
}
