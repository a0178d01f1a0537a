namespace FastNqe;

/// <summary>Something that moves a liquid through its equilibrium states: molecular dynamics, Monte Carlo, or both in turn.</summary>
public interface ILiquidDynamics
{
    /// <summary>N.</summary>
    int ParticleCount { get; }

    /// <summary>The time of one step: dt of molecular dynamics, 1 of Monte Carlo (a sweep of N trials).</summary>
    double TimeStep { get; }

    /// <summary>The number of steps made so far.</summary>
    long StepCount { get; }

    /// <summary>The potential energy U.</summary>
    double PotentialEnergy { get; }

    /// <summary>The liquid as it is now; positions are not wrapped into the box, so that displacements can be told from them.</summary>
    Configuration Snapshot();

    /// <summary>Moves on. Any split of the same number of steps gives the same bits.</summary>
    /// <param name="steps">How many steps.</param>
    /// <param name="cancellation">Looked at between steps; after cancellation the state is that of the last whole step.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    void Run(long steps, CancellationToken cancellation = default);

    /// <summary>Writes all that decides the further trajectory.</summary>
    void Save(BinaryWriter writer);

    /// <summary>Takes over a state that <see cref="Save"/> wrote for the same system; the trajectory goes on as if never interrupted, to the bit.</summary>
    /// <exception cref="InvalidDataException">The state is of another kind or system.</exception>
    void Restore(BinaryReader reader);
}
