using System.Globalization;

namespace FastNqe;

/// <summary>
/// One liquid that is equilibrated once and then yields samples, each some relaxation times after the one before. Chains know nothing
/// of each other: any thread of any machine can take any chain.
/// </summary>
/// <remarks>
/// A sample is fixed by (protocol, sample number): what is made of a sample (<see cref="Prepare"/>) works on a copy with random
/// numbers of its own and does not touch the liquid, so it makes no difference whether the samples before were prepared.
/// </remarks>
public sealed class SampleChain
{
    private const string StateName = "FastNqe chain 1";

    // Steps between two looks at the clock of the caller: reports of progress.
    private const int StepsPerReport = 50;

    // Beyond any computer's patience, and exact as a double.
    private const double MostSteps = 1e15;

    // Sweeps in which the half-width of Monte Carlo displacements is tuned, before equilibration begins.
    private const int TuningSweeps = 300;

    private readonly SamplingProtocol _protocol;
    private readonly ILiquidDynamics _dynamics;

    /// <summary>A chain, standing before its first sample.</summary>
    /// <param name="protocol">The protocol.</param>
    /// <param name="chain">The chain's number, from 0.</param>
    /// <exception cref="ArgumentException">The protocol is impossible; the message says which value was found and what was expected.</exception>
    public SampleChain(SamplingProtocol protocol, long chain)
    {
        ArgumentNullException.ThrowIfNull(protocol);
        ArgumentOutOfRangeException.ThrowIfNegative(chain);
        Check(protocol);
        (_protocol, Chain) = (protocol, chain);
        Sample = chain * protocol.ChainLength - 1;
        GlassModel model = protocol.Model;
        Configuration start = LatticeStart.Make(model, protocol.ParticleCount, new RandomSequence(protocol.Seed, (ulong)chain, RandomPurpose.Start), protocol.RandomDiameters);
        _dynamics = Dynamics(protocol, start, new RandomSequence(protocol.Seed, (ulong)chain, RandomPurpose.Liquid));
    }

    /// <summary>The number of this chain.</summary>
    public long Chain { get; }

    /// <summary>The number of the sample at which the liquid stands; one before the chain's first until <see cref="Advance"/> was called.</summary>
    public long Sample { get; private set; }

    /// <summary>The number of the chain's last sample.</summary>
    public long LastSample => (Chain + 1) * _protocol.ChainLength - 1;

    /// <summary>The swaps of diameters since the chain's beginning; null if its dynamics has none.</summary>
    public MoveCount? Swaps => _dynamics switch
    {
        SwapMonteCarlo monteCarlo => monteCarlo.Swaps,
        HybridDynamics hybrid => hybrid.Swaps,
        _ => null,
    };

    /// <summary>The displacements of Monte Carlo since the chain's beginning; null for any other dynamics.</summary>
    public MoveCount? Displacements => (_dynamics as SwapMonteCarlo)?.Displacements;

    /// <summary>
    /// Whether the chain can be saved as it stands: between any two steps, but not while the displacements of Monte Carlo are being tuned
    /// (the first moments of a chain).
    /// </summary>
    public bool CanBeSaved => _dynamics is not SwapMonteCarlo || _dynamics.StepCount is 0 or >= TuningSweeps;

    /// <summary>The equilibrium liquid at T, with its provenance and the shares of moves that were accepted.</summary>
    public Configuration Liquid => _dynamics.Snapshot().WithProperties(_protocol.Describe()).WithProperties(
    [
        new(GlassProperties.Chain, Chain.ToString(CultureInfo.InvariantCulture)),
        new(GlassProperties.Sample, Sample.ToString(CultureInfo.InvariantCulture)),
        .. Swaps is { } swaps ? [new(GlassProperties.SwapAcceptance, SamplingProtocol.Text(swaps.Acceptance))] : Array.Empty<KeyValuePair<string, string>>(),
        .. Displacements is { } displacements ? [new("displacement_acceptance", SamplingProtocol.Text(displacements.Acceptance))] : Array.Empty<KeyValuePair<string, string>>(),
    ]);

    /// <summary>U of the liquid as it is [energy].</summary>
    public double PotentialEnergy => _dynamics.PotentialEnergy;

    /// <summary>Moves the liquid to the next sample; before the first one it is equilibrated. After a stop it goes on from where it stood.</summary>
    /// <param name="progress">Is told, between steps, the finished fraction of the way from the sample before, from 0 to 1.</param>
    /// <param name="cancellation">Stops between steps. The chain can then be saved (<see cref="CanBeSaved"/>), or go on.</param>
    /// <exception cref="InvalidOperationException">The chain has no more samples.</exception>
    public void Advance(IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        if (Sample >= LastSample)
            throw new InvalidOperationException($"chain {Chain} ends with sample {LastSample}");
        if (!CanBeSaved)
            throw new InvalidOperationException("the chain was stopped while Monte Carlo was being tuned; open it anew");
        if (_dynamics is SwapMonteCarlo { StepCount: 0 } monteCarlo)
            monteCarlo.Tune(TuningSweeps, cancellation);
        RunTo(_dynamics, Sample < Chain * _protocol.ChainLength ? 0 : StepAt(Sample), StepAt(Sample + 1), progress, cancellation);
        Sample++;
    }

    /// <summary>
    /// What the quench starts from: the liquid as it is, or a copy of it that was cooled as the protocol says.
    /// </summary>
    /// <param name="progress">Is told the finished fraction, from 0 to 1.</param>
    /// <param name="cancellation">Stops between steps; the chain is not touched.</param>
    public Configuration Prepare(IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        Configuration liquid = Liquid;
        if (_protocol.Cooling is not { } cooling)
            return liquid;
        var random = new RandomSequence(_protocol.Seed, (ulong)Sample, RandomPurpose.Cooling);
        var dynamics = new MolecularDynamics(liquid, _protocol.Model.Potential, _protocol.Temperature, random, new() { TimeStep = _protocol.TimeStep });
        // New velocities: the coupling time is short against the run in which they are forgotten.
        RunTo(dynamics, 0, dynamics.Cool(cooling), progress, cancellation);
        return dynamics.Snapshot();
    }

    /// <summary>
    /// Whether the liquid is in equilibrium as it stands: a copy of it runs twice on, each time for as long as the liquid was equilibrated. An equilibration that was too
    /// short gives runs that are too short, and fails.
    /// </summary>
    /// <param name="cancellation">Stops between steps; the chain is not touched.</param>
    public EquilibrationTest TestEquilibrium(CancellationToken cancellation = default)
    {
        using MemoryStream state = new();
        using BinaryWriter writer = new(state);
        Save(writer);
        state.Position = 0;
        using BinaryReader reader = new(state);
        SampleChain copy = _protocol.Open(Chain);
        copy.Restore(reader);
        return EquilibrationTest.Run(copy._dynamics, _protocol.ActualEquilibrationTime, cancellation);
    }

    /// <summary>Writes the state of the chain.</summary>
    public void Save(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        SavedState.WriteHead(writer, StateName, _protocol.ParticleCount, _protocol.Model.Dimension);
        writer.Write(Chain);
        writer.Write(Sample);
        _dynamics.Save(writer);
    }

    /// <summary>Takes over a state that <see cref="Save"/> wrote for the same protocol and chain.</summary>
    /// <exception cref="InvalidDataException">The state is of another chain or system.</exception>
    public void Restore(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        SavedState.ReadHead(reader, StateName, _protocol.ParticleCount, _protocol.Model.Dimension);
        long chain = reader.ReadInt64();
        if (chain != Chain)
            throw new InvalidDataException($"the saved state is of chain {chain}; expected {Chain}");
        Sample = reader.ReadInt64();
        _dynamics.Restore(reader);
    }

    internal static ILiquidDynamics Dynamics(SamplingProtocol protocol, Configuration start, RandomSequence random)
    {
        PairPotential potential = protocol.Model.Potential;
        double temperature = protocol.Temperature;
        return protocol.Method switch
        {
            LiquidMethod.SwapMonteCarlo => new SwapMonteCarlo(start, potential, temperature, random),
            LiquidMethod.Hybrid => new HybridDynamics(start, potential, temperature, random, new() { TimeStep = protocol.TimeStep }),
            _ => new MolecularDynamics(start, potential, temperature, random, new() { TimeStep = protocol.TimeStep }),
        };
    }

    // The step of the dynamics at which a sample of this chain stands.
    private long StepAt(long sample) =>
        (_dynamics is SwapMonteCarlo ? TuningSweeps : 0)
        + Steps(_protocol.ActualEquilibrationTime)
        + (sample - Chain * _protocol.ChainLength) * Steps(_protocol.ActualSpacing);

    private long Steps(double time)
    {
        double steps = Math.Ceiling(time / _dynamics.TimeStep);
        return steps < MostSteps ? (long)steps : throw new ArgumentException($"a time of {time:G4} takes {steps:G4} steps; expected fewer than {MostSteps:G}");
    }

    private static void RunTo(ILiquidDynamics dynamics, long first, long last, IProgress<double>? progress, CancellationToken cancellation)
    {
        while (dynamics.StepCount < last)
        {
            dynamics.Run(Math.Min(StepsPerReport, last - dynamics.StepCount), cancellation);
            progress?.Report((double)(dynamics.StepCount - first) / (last - first));
        }
    }

    private static void Check(SamplingProtocol protocol)
    {
        Require(protocol.Temperature > 0 && double.IsFinite(protocol.Temperature), "temperature", protocol.Temperature, "a positive finite number");
        if (protocol.LacksRelaxationTime)
            throw new ArgumentException("the relaxation time is not known; expected it, or both the equilibration time and the spacing", nameof(protocol));
        if (protocol.RelaxationTime is { } time)
            Require(time > 0 && double.IsFinite(time), "relaxation time", time, "a positive finite number");
        Require(protocol.ActualEquilibrationTime >= 0 && double.IsFinite(protocol.ActualEquilibrationTime), "equilibration time", protocol.ActualEquilibrationTime, "a finite number that is not negative");
        Require(protocol.ActualSpacing > 0 && double.IsFinite(protocol.ActualSpacing), "spacing", protocol.ActualSpacing, "a positive finite number");
        Require(protocol.ChainLength > 0, "chain length", protocol.ChainLength, "a positive number");
        if (protocol.Cooling is { } cooling)
        {
            Require(cooling.Rate > 0 && double.IsFinite(cooling.Rate), "cooling rate", cooling.Rate, "a positive finite number");
            Require(cooling.FinalTemperature > 0 && cooling.FinalTemperature < protocol.Temperature, "final temperature", cooling.FinalTemperature, $"a positive number below the temperature {protocol.Temperature}");
        }

        static void Require(bool holds, string what, double value, string expected)
        {
            if (!holds)
                throw new ArgumentException($"the {what} is {SamplingProtocol.Text(value)}; expected {expected}", nameof(protocol));
        }
    }
}
