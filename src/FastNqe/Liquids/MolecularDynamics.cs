using System.Runtime.InteropServices;
using FastNqe.Contractions;

namespace FastNqe;

/// <summary>
/// Newton's equations by velocity Verlet, unit masses, at constant N, V and either T (canonical) or energy.
/// </summary>
/// <remarks>
/// <para>Thermostat: stochastic velocity rescaling (Bussi, Donadio, Parrinello, J. Chem. Phys. 126, 014101 (2007)). All velocities get
/// one common factor, drawn such that the kinetic energy has its canonical distribution. Langevin dynamics would need N·d normal
/// numbers per step, more time than the forces take, and its friction would slow the relaxation; this needs two numbers per
/// <see cref="StepsPerRescaling"/> steps and leaves the dynamics Newton's but for a slow common factor.</para>
/// <para>Two half kicks that meet at the end of one step and the start of the next are merged, so what is kept between steps is the
/// velocity half a step back; rescaling steps, which need the kinetic energy on the step, split them.</para>
/// <para>Same start, seed and options give the same bits in every vector width and for every split of the run.</para>
/// </remarks>
public sealed class MolecularDynamics : ILiquidDynamics
{
    /// <summary>The thermostat acts once in this many steps.</summary>
    public const int StepsPerRescaling = 10;

    // A liquid mixes its particles, and cools: after this many steps the order of particles in memory and the skin are chosen anew.
    private const int StepsPerOrder = 4000;

    private const string StateName = "FastNqe molecular dynamics 2";

    private readonly PairPotential _potential;
    private readonly MolecularDynamicsOptions _options;
    private readonly RandomSequence _random;
    private double _skin;
    private Configuration _template;
    private PairForces _pairs;
    private RowField _velocities;
    private RowField _forces;
    private double _startTemperature;
    private long _coolingStart;
    private Cooling? _cooling;

    /// <summary>Begins at a configuration with velocities drawn from Maxwell's distribution.</summary>
    /// <param name="start">Particles with diameters. Overlaps that would throw particles out of bounds are relaxed first.</param>
    /// <param name="potential">The pair potential.</param>
    /// <param name="temperature">T [energy].</param>
    /// <param name="random">Where velocities and the thermostat's numbers come from; owned by this object from now on.</param>
    /// <param name="options">Step and thermostat.</param>
    /// <exception cref="ArgumentException">An option or the temperature is out of range, there are no diameters, or the box is too small.</exception>
    public MolecularDynamics(Configuration start, PairPotential potential, double temperature, RandomSequence random, MolecularDynamicsOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(potential);
        ArgumentNullException.ThrowIfNull(random);
        if (!(temperature > 0) || !double.IsFinite(temperature))
            throw new ArgumentOutOfRangeException(nameof(temperature), temperature, "the temperature is a positive finite number");
        _options = options ?? new MolecularDynamicsOptions();
        if (!(_options.TimeStep >= 0 && _options.TimeStep <= 1))
            throw new ArgumentException($"the time step is {_options.TimeStep}; expected a number from 0 (for the default) to 1", nameof(options));
        if (!(_options.CouplingTime > 0))
            throw new ArgumentException($"the coupling time of the thermostat is {_options.CouplingTime}; expected a positive number", nameof(options));
        if (!(_options.Skin >= 0))
            throw new ArgumentException($"the skin of the neighbour list is {_options.Skin}; expected a positive number, or 0 for the default", nameof(options));
        _skin = _options.ActualSkin(temperature);
        (_potential, _random, _startTemperature) = (potential, random, temperature);
        TimeStep = _options.TimeStep > 0 ? _options.TimeStep : MolecularDynamicsOptions.DefaultTimeStep(temperature);
        _template = start;
        _pairs = new PairForces(start, potential, _skin);
        _forces = _pairs.Order.NewField();
        _velocities = _pairs.Order.NewField();
        OverlapRelaxation.Run(_pairs, _forces);
        DrawVelocities();
    }

    /// <inheritdoc/>
    public int ParticleCount => _template.ParticleCount;

    /// <inheritdoc/>
    public double TimeStep { get; private set; }

    /// <inheritdoc/>
    public long StepCount { get; private set; }

    /// <summary>T that the thermostat aims at now [energy].</summary>
    public double Temperature => _cooling is null
        ? _startTemperature
        : Math.Max(_cooling.FinalTemperature, _startTemperature - _cooling.Rate * TimeStep * (StepCount - _coolingStart));

    /// <summary>d N - d: the velocities without their common part, which is zero.</summary>
    public int DegreesOfFreedom => _template.Dimension * (ParticleCount - 1);

    /// <inheritdoc/>
    public double PotentialEnergy => _pairs.Compute(_pairs.Order.NewField(), out _);

    /// <summary>½ Σ v², at the same time as the positions [energy].</summary>
    public double KineticEnergy
    {
        get
        {
            RowField velocities = _pairs.Order.NewField();
            FieldAlgebra.Combine(velocities, 0.5 * TimeStep, _forces, 1, _velocities);
            return 0.5 * FieldAlgebra.Dot(velocities, velocities);
        }
    }

    /// <summary>Kinetic plus potential energy.</summary>
    public double TotalEnergy => PotentialEnergy + KineticEnergy;

    /// <summary>From now on the thermostat's temperature falls at a constant rate.</summary>
    /// <param name="cooling">Rate and final temperature.</param>
    /// <returns>The number of steps after which the final temperature is reached.</returns>
    /// <exception cref="ArgumentException">The rate is not positive, or the final temperature is not positive and below the present one.</exception>
    /// <exception cref="InvalidOperationException">There is no thermostat.</exception>
    public long Cool(Cooling cooling)
    {
        ArgumentNullException.ThrowIfNull(cooling);
        if (!_options.HasThermostat)
            throw new InvalidOperationException("cooling needs a thermostat");
        if (!(cooling.Rate > 0) || !double.IsFinite(cooling.Rate))
            throw new ArgumentException($"the cooling rate is {cooling.Rate}; expected a positive finite number", nameof(cooling));
        if (!(cooling.FinalTemperature > 0) || cooling.FinalTemperature > Temperature)
            throw new ArgumentException($"the final temperature is {cooling.FinalTemperature}; expected a positive number up to the present temperature {Temperature}", nameof(cooling));
        (_startTemperature, _coolingStart) = (Temperature, StepCount);
        _cooling = cooling;
        return (long)Math.Ceiling((_startTemperature - cooling.FinalTemperature) / (cooling.Rate * TimeStep));
    }

    /// <inheritdoc/>
    public void Run(long steps, CancellationToken cancellation = default)
    {
        for (long step = 0; step < steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (StepCount % StepsPerOrder == 0 && StepCount > 0)
                ChooseOrder();
            if (_options.HasThermostat && StepCount % StepsPerRescaling == 0)
                Rescale();
            else
                VerletStep.Run(_velocities, _forces, _pairs.Particles.Positions, 1, TimeStep, TimeStep);
            _pairs.Compute(_forces);
            StepCount++;
        }
    }

    /// <inheritdoc/>
    public Configuration Snapshot() => _pairs.ToConfiguration(_template);

    /// <summary>Gives the particles other diameters out of the same set, as swaps did in between.</summary>
    /// <param name="diameters">N diameters [length].</param>
    internal void Resize(ReadOnlySpan<double> diameters)
    {
        _template = _template.WithDiameters(diameters);
        _pairs.Resize(diameters);
        _pairs.Compute(_forces);
    }

    /// <inheritdoc/>
    public void Save(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        SavedState.WriteHead(writer, StateName, ParticleCount, _template.Dimension);
        SavedState.Write(writer, _random.State);
        writer.Write(StepCount);
        writer.Write(TimeStep);
        writer.Write(_skin);
        writer.Write(_startTemperature);
        writer.Write(_coolingStart);
        writer.Write(_cooling is not null);
        writer.Write(_cooling?.Rate ?? 0);
        writer.Write(_cooling?.FinalTemperature ?? 0);
        writer.Write(MemoryMarshal.AsBytes<int>(_pairs.Order.ParticleOf));
        writer.Write(MemoryMarshal.AsBytes(_template.Diameters));
        writer.Write(MemoryMarshal.AsBytes(_pairs.Particles.Positions.Values));
        (RowField searched, RowField listed) = _pairs.ListedPositions;
        writer.Write(MemoryMarshal.AsBytes(searched.Values));
        writer.Write(MemoryMarshal.AsBytes(listed.Values));
        writer.Write(MemoryMarshal.AsBytes(_velocities.Values));
        writer.Write(MemoryMarshal.AsBytes(_forces.Values));
    }

    /// <inheritdoc/>
    public void Restore(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        SavedState.ReadHead(reader, StateName, ParticleCount, _template.Dimension);
        _random.State = SavedState.ReadRandomState(reader);
        StepCount = reader.ReadInt64();
        TimeStep = reader.ReadDouble();
        _skin = reader.ReadDouble();
        _startTemperature = reader.ReadDouble();
        _coolingStart = reader.ReadInt64();
        bool isCooling = reader.ReadBoolean();
        (double rate, double final) = (reader.ReadDouble(), reader.ReadDouble());
        _cooling = isCooling ? new Cooling(rate, final) : null;
        int[] particleOf = new int[ParticleCount];
        double[] diameters = new double[ParticleCount];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(particleOf.AsSpan()));
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(diameters.AsSpan()));
        Adopt(Snapshot().WithDiameters(diameters), ParticleOrder.Of(particleOf, _template.Dimension), Velocities());
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(_pairs.Particles.Positions.Values));
        double[] searched = new double[_velocities.Length], listed = new double[_velocities.Length];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(searched.AsSpan()));
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(listed.AsSpan()));
        _pairs.RenewListAt(searched, listed);
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(_velocities.Values));
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(_forces.Values));
    }

    // Velocities are components of unit variance times sqrt(T), without a common part.
    private void DrawVelocities()
    {
        double[] velocities = new double[ParticleCount * _template.Dimension];
        double thermal = Math.Sqrt(_startTemperature);
        foreach (ref double component in velocities.AsSpan())
            component = thermal * _random.NextNormal();
        _pairs.Order.Scatter(velocities, _velocities);
        FieldAlgebra.RemoveTranslation(_velocities, _pairs.Order);
    }

    // The second half of a kick, the factor from the canonical distribution of the kinetic energy, then the first half and the drift.
    private void Rescale()
    {
        double half = 0.5 * TimeStep;
        FieldAlgebra.Add(_velocities, half, _forces);
        double kinetic = 0.5 * FieldAlgebra.Dot(_velocities, _velocities);
        VerletStep.Run(_velocities, _forces, _pairs.Particles.Positions, RescalingFactor(kinetic), half, TimeStep);
    }

    // Bussi, Donadio, Parrinello, eq. A7. The canonical distribution is kept by any memory c from 0 to 1; this one needs no exponential.
    private double RescalingFactor(double kinetic)
    {
        double memory = 1 / (1 + StepsPerRescaling * TimeStep / _options.CouplingTime);
        double perDegree = 0.5 * Temperature / kinetic;
        double first = _random.NextNormal(), others = _random.NextChiSquared(DegreesOfFreedom - 1);
        double square = memory + perDegree * (1 - memory) * (first * first + others) + 2 * first * Math.Sqrt(perDegree * memory * (1 - memory));
        double sign = first + Math.Sqrt(memory / (perDegree * (1 - memory))) < 0 ? -1 : 1;
        return sign * Math.Sqrt(square);
    }

    private double[] Velocities()
    {
        double[] velocities = new double[ParticleCount * _template.Dimension];
        _pairs.Order.Gather(_velocities, velocities);
        return velocities;
    }

    private void ChooseOrder()
    {
        double[] velocities = Velocities(), forces = new double[velocities.Length];
        _pairs.Order.Gather(_forces, forces);
        _skin = _options.ActualSkin(Temperature);
        Adopt(Snapshot(), null, velocities);
        _pairs.Order.Scatter(forces, _forces);
    }

    private void Adopt(Configuration configuration, ParticleOrder? order, ReadOnlySpan<double> velocities)
    {
        _template = configuration;
        _pairs = new PairForces(configuration, _potential, _skin, given: order);
        (_velocities, _forces) = (_pairs.Order.NewField(), _pairs.Order.NewField());
        _pairs.Order.Scatter(velocities, _velocities);
    }
}
