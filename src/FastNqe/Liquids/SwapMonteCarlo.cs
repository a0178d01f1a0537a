namespace FastNqe;

/// <summary>What swap Monte Carlo tries, and how often.</summary>
public sealed record SwapMonteCarloOptions
{
    /// <summary>The probability that a trial is a swap of two diameters; else it is a displacement.</summary>
    public double SwapShare { get; init; } = 0.2;

    /// <summary>A swap of diameters that differ by more is rejected at once [length].</summary>
    public double LargestSizeDifference { get; init; } = 0.2;

    /// <summary>The first half-width of the cube of displacements [length]; <see cref="SwapMonteCarlo.Tune"/> changes it.</summary>
    public double HalfWidth { get; init; } = 0.1;
}

/// <summary>How many trials of a kind were made, and how many were accepted.</summary>
/// <param name="Trials">Made.</param>
/// <param name="Accepted">Accepted.</param>
public readonly record struct MoveCount(long Trials, long Accepted)
{
    /// <summary>Accepted / Trials; 0 before the first trial.</summary>
    public double Acceptance => Trials == 0 ? 0 : (double)Accepted / Trials;

    internal MoveCount With(bool accepted) => new(Trials + 1, Accepted + (accepted ? 1 : 0));
}

/// <summary>
/// Monte Carlo with displacements and swaps of diameters, at constant N, V, T: equilibrates polydisperse liquids far below where
/// displacements alone come to a standstill (Ninarello, Berthier, Coslovich, PRX 7, 021039 (2017)).
/// </summary>
/// <remarks>
/// <para>A trial is, with probability <see cref="SwapMonteCarloOptions.SwapShare"/>, an exchange of the diameters of two random particles, else a displacement
/// of a random particle, uniform in a cube; either is accepted with probability min(1, exp(-ΔU/T)). Both kinds are their own
/// reverse with the same probability, so detailed balance holds. Unit of time: a sweep of N trials.</para>
/// <para>The set of diameters is never changed, only who has which; <see cref="Snapshot"/> checks it.</para>
/// <para>Same start, seed and options give the same bits in every vector width and for every split of the run.</para>
/// </remarks>
public sealed class SwapMonteCarlo : ILiquidDynamics
{
    private const string StateName = "FastNqe swap Monte Carlo 1";

    // The middle of the 30 to 50 % of accepted displacements at which tuning aims.
    private const double TargetAcceptance = 0.4;

    private readonly Configuration _start;
    private readonly double[] _sortedSizes;
    private readonly ParticleEnergies _energies;
    private readonly SwapMonteCarloOptions _options;
    private readonly RandomSequence _random;
    private double _temperature;

    /// <summary>Begins at a configuration.</summary>
    /// <param name="start">Particles with diameters in an orthogonal box.</param>
    /// <param name="potential">The pair potential.</param>
    /// <param name="temperature">T [energy].</param>
    /// <param name="random">Where moves come from; owned by this object from now on.</param>
    /// <param name="options">Moves.</param>
    /// <exception cref="ArgumentException">An option or the temperature is out of range, there are no diameters, or the box is too small.</exception>
    public SwapMonteCarlo(Configuration start, PairPotential potential, double temperature, RandomSequence random, SwapMonteCarloOptions? options = null)
        : this(start, potential, temperature, random, options, Simd.Width)
    {
    }

    internal SwapMonteCarlo(Configuration start, PairPotential potential, double temperature, RandomSequence random, SwapMonteCarloOptions? options, SimdWidth width)
    {
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(potential);
        ArgumentNullException.ThrowIfNull(random);
        _options = options ?? new SwapMonteCarloOptions();
        if (!(_options.SwapShare is >= 0 and <= 1))
            throw new ArgumentException($"the share of swaps is {_options.SwapShare}; expected a number from 0 to 1", nameof(options));
        if (!(_options.LargestSizeDifference >= 0))
            throw new ArgumentException($"the largest size difference of a swap is {_options.LargestSizeDifference}; expected a number that is not negative", nameof(options));
        if (!(_options.HalfWidth > 0))
            throw new ArgumentException($"the half-width of displacements is {_options.HalfWidth}; expected a positive number", nameof(options));
        Temperature = temperature;
        _start = start;
        _random = random;
        _energies = ParticleEnergies.For(start, potential, _options.SwapShare > 0 ? _options.LargestSizeDifference : 0, width);
        _sortedSizes = start.Diameters.ToArray();
        Array.Sort(_sortedSizes);
        SetHalfWidth(_options.HalfWidth);
        PotentialEnergy = _energies.TotalEnergy();
    }

    /// <inheritdoc/>
    public int ParticleCount => _energies.Count;

    /// <inheritdoc/>
    public double TimeStep => 1;

    /// <inheritdoc/>
    public long StepCount { get; private set; }

    /// <summary>T [energy].</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not positive.</exception>
    public double Temperature
    {
        get => _temperature;
        set
        {
            if (!(value > 0) || !double.IsFinite(value))
                throw new ArgumentOutOfRangeException(nameof(value), value, "the temperature is a positive finite number");
            _temperature = value;
        }
    }

    /// <summary>The half-width of the cube of displacements [length].</summary>
    public double HalfWidth { get; private set; }

    /// <summary>The energy as the sum of all accepted changes; <see cref="EnergyDrift"/> compares it with one computed anew.</summary>
    public double PotentialEnergy { get; private set; }

    /// <summary>Displacements since the start or the end of tuning.</summary>
    public MoveCount Displacements { get; private set; }

    /// <summary>Swaps since the start or the end of tuning; those rejected at once are counted.</summary>
    public MoveCount Swaps { get; private set; }

    /// <summary>The running energy minus the energy computed anew: rounding only.</summary>
    public double EnergyDrift() => PotentialEnergy - _energies.TotalEnergy();

    /// <summary>
    /// Adapts the half-width until 30 to 50 % of displacements are accepted, then leaves it fixed: detailed balance holds
    /// exactly only afterwards, so what follows is the production run.
    /// </summary>
    /// <param name="sweeps">How many sweeps to tune for; the liquid moves on meanwhile.</param>
    /// <param name="cancellation">Looked at between sweeps.</param>
    public void Tune(int sweeps, CancellationToken cancellation = default)
    {
        const int SweepsPerChange = 5;
        for (int sweep = 0; sweep < sweeps; sweep += SweepsPerChange)
        {
            Displacements = default;
            Run(Math.Min(SweepsPerChange, sweeps - sweep), cancellation);
            // Acceptance falls with the half-width: a fixed-point step, bounded against noise.
            SetHalfWidth(HalfWidth * Math.Clamp(Displacements.Acceptance / TargetAcceptance, 0.5, 1.5));
        }
        (Displacements, Swaps) = (default, default);
        PotentialEnergy = _energies.TotalEnergy();
    }

    /// <inheritdoc/>
    public void Run(long steps, CancellationToken cancellation = default)
    {
        for (long step = 0; step < steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (int trial = 0; trial < ParticleCount; trial++)
                Trial();
            StepCount++;
        }
    }

    /// <summary>Puts the particles elsewhere, as another dynamics did in between; diameters stay.</summary>
    /// <param name="positions">N·d coordinates.</param>
    internal void MoveTo(ReadOnlySpan<double> positions)
    {
        _energies.MoveAll(positions);
        PotentialEnergy = _energies.TotalEnergy();
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The set of diameters is not that of the start: the invariant of all swaps is broken.</exception>
    public Configuration Snapshot()
    {
        int d = _start.Dimension;
        double[] positions = new double[ParticleCount * d], sizes = new double[ParticleCount];
        for (int i = 0; i < ParticleCount; i++)
        {
            _energies.Position(i).CopyTo(positions.AsSpan(i * d));
            sizes[i] = _energies.Size(i);
        }
        double[] sorted = (double[])sizes.Clone();
        Array.Sort(sorted);
        if (!sorted.AsSpan().SequenceEqual(_sortedSizes))
            throw new InvalidOperationException("the set of diameters has changed during swaps");
        return _start.WithPositions(positions).WithDiameters(sizes);
    }

    /// <inheritdoc/>
    public void Save(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        SavedState.WriteHead(writer, StateName, ParticleCount, _start.Dimension);
        SavedState.Write(writer, _random.State);
        writer.Write(StepCount);
        writer.Write(Temperature);
        writer.Write(HalfWidth);
        writer.Write(PotentialEnergy);
        foreach (MoveCount count in new[] { Displacements, Swaps })
        {
            writer.Write(count.Trials);
            writer.Write(count.Accepted);
        }
        _energies.Save(writer);
    }

    /// <inheritdoc/>
    public void Restore(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        SavedState.ReadHead(reader, StateName, ParticleCount, _start.Dimension);
        _random.State = SavedState.ReadRandomState(reader);
        StepCount = reader.ReadInt64();
        Temperature = reader.ReadDouble();
        HalfWidth = reader.ReadDouble();
        PotentialEnergy = reader.ReadDouble();
        Displacements = new MoveCount(reader.ReadInt64(), reader.ReadInt64());
        Swaps = new MoveCount(reader.ReadInt64(), reader.ReadInt64());
        _energies.Restore(reader);
    }

    private void Trial()
    {
        if (_random.NextUniform() < _options.SwapShare)
            Swaps = Swaps.With(TrySwap());
        else
            Displacements = Displacements.With(TryStep());
    }

    private bool TryStep()
    {
        int i = _random.NextIndex(ParticleCount);
        Span<double> step = stackalloc double[4];
        step = step[.._start.Dimension];
        foreach (ref double component in step)
            component = HalfWidth * (2 * _random.NextUniform() - 1);
        double change = _energies.ChangeByStep(i, step);
        if (!IsAccepted(change))
            return false;
        _energies.Step(i, step);
        PotentialEnergy += change;
        return true;
    }

    private bool TrySwap()
    {
        int i = _random.NextIndex(ParticleCount), j = _random.NextIndex(ParticleCount);
        double difference = Math.Abs(_energies.Size(i) - _energies.Size(j));
        if (difference == 0 || difference > _options.LargestSizeDifference)
            return false;
        double change = _energies.ChangeBySwap(i, j);
        if (!IsAccepted(change))
            return false;
        _energies.Swap(i, j);
        PotentialEnergy += change;
        return true;
    }

    // u < exp(-ΔU/T) with u uniform, as -ln u > ΔU/T. An undefined change (a particle on top of another) is refused.
    private bool IsAccepted(double change) => change <= 0 || change < _temperature * _random.NextExponential();

    private void SetHalfWidth(double halfWidth)
    {
        double diagonal = Math.Sqrt(_start.Dimension);
        HalfWidth = Math.Min(halfWidth, _energies.LargestStep / diagonal);
        if (!(HalfWidth > 0))
            throw new ArgumentException($"the box is just twice the largest cutoff; a displacement needs some more room");
        _energies.RenewAll(HalfWidth * diagonal);
    }
}
