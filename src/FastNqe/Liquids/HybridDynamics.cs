namespace FastNqe;

/// <summary>
/// Molecular dynamics interrupted by sweeps of diameter swaps (Berthier et al., J. Stat. Mech. 2019, 064004): the swaps carry
/// diameters over any distance at once, the dynamics moves all particles together.
/// </summary>
/// <remarks>Both parts leave the canonical distribution as it is, so their alternation does. A step is a step of molecular dynamics.</remarks>
public sealed class HybridDynamics : ILiquidDynamics
{
    /// <summary>Steps of molecular dynamics between two sweeps of N trial swaps.</summary>
    public const int StepsPerSweep = 25;

    private const string StateName = "FastNqe hybrid 1";

    private readonly MolecularDynamics _dynamics;
    private readonly SwapMonteCarlo _swaps;

    /// <summary>Begins at a configuration.</summary>
    /// <param name="start">Particles with diameters in an orthogonal box.</param>
    /// <param name="potential">The pair potential.</param>
    /// <param name="temperature">T [energy].</param>
    /// <param name="random">Where all random numbers come from; owned by this object from now on.</param>
    /// <param name="options">Options of the dynamics.</param>
    /// <exception cref="ArgumentException">As for <see cref="MolecularDynamics"/> and <see cref="SwapMonteCarlo"/>.</exception>
    public HybridDynamics(Configuration start, PairPotential potential, double temperature, RandomSequence random, MolecularDynamicsOptions? options = null)
    {
        _dynamics = new MolecularDynamics(start, potential, temperature, random, options);
        _swaps = new SwapMonteCarlo(_dynamics.Snapshot(), potential, temperature, random, new() { SwapShare = 1 });
    }

    /// <inheritdoc/>
    public int ParticleCount => _dynamics.ParticleCount;

    /// <inheritdoc/>
    public double TimeStep => _dynamics.TimeStep;

    /// <inheritdoc/>
    public long StepCount => _dynamics.StepCount;

    /// <inheritdoc/>
    public double PotentialEnergy => _dynamics.PotentialEnergy;

    /// <summary>Swaps since the start.</summary>
    public MoveCount Swaps => _swaps.Swaps;

    /// <inheritdoc/>
    public Configuration Snapshot() => _dynamics.Snapshot();

    /// <inheritdoc/>
    public void Run(long steps, CancellationToken cancellation = default)
    {
        for (long end = StepCount + steps; StepCount < end;)
        {
            if (StepCount % StepsPerSweep == 0)
                SwapAndStep(cancellation);
            _dynamics.Run(Math.Min(end - StepCount, StepsPerSweep - StepCount % StepsPerSweep), cancellation);
        }
    }

    /// <inheritdoc/>
    public void Save(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        SavedState.WriteHead(writer, StateName, ParticleCount, Snapshot().Dimension);
        _dynamics.Save(writer);
        _swaps.Save(writer);
    }

    /// <inheritdoc/>
    public void Restore(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        SavedState.ReadHead(reader, StateName, ParticleCount, Snapshot().Dimension);
        _dynamics.Restore(reader);
        _swaps.Restore(reader);
    }

    // One unit that nothing interrupts: the number of steps alone says afterwards whether the sweep was made.
    private void SwapAndStep(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        _swaps.MoveTo(_dynamics.Snapshot().Positions);
        _swaps.Run(1, CancellationToken.None);
        _dynamics.Resize(_swaps.Snapshot().Diameters);
        _dynamics.Run(1, CancellationToken.None);
    }
}
