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

    /// <summary>The equilibrium liquid at T, with its provenance.</summary>
    public Configuration Liquid => _dynamics.Snapshot().WithProperties(_protocol.Describe()).WithProperties(
    [
        new("chain", Chain.ToString(CultureInfo.InvariantCulture)),
        new("sample", Sample.ToString(CultureInfo.InvariantCulture)),
    ]);

    /// <summary>Moves the liquid to the next sample; before the first one it is equilibrated.</summary>
    /// <param name="progress">Is told the finished fraction, from 0 to 1.</param>
    /// <param name="cancellation">Stops between steps; the chain is then good for nothing but <see cref="Restore"/>.</param>
    /// <exception cref="InvalidOperationException">The chain has no more samples.</exception>
    public void Advance(IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        if (Sample >= LastSample)
            throw new InvalidOperationException($"chain {Chain} ends with sample {LastSample}");
        bool isFirst = Sample < Chain * _protocol.ChainLength;
        if (isFirst && _dynamics is SwapMonteCarlo monteCarlo)
            monteCarlo.Tune(TuningSweeps, cancellation);
        Run(_dynamics, isFirst ? _protocol.ActualEquilibrationTime : _protocol.ActualSpacing, progress, cancellation);
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
        Run(dynamics, dynamics.Cool(cooling) * dynamics.TimeStep, progress, cancellation);
        return dynamics.Snapshot();
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

    private static void Run(ILiquidDynamics dynamics, double time, IProgress<double>? progress, CancellationToken cancellation)
    {
        long steps = (long)Math.Ceiling(time / dynamics.TimeStep);
        for (long done = 0; done < steps; done += StepsPerReport)
        {
            dynamics.Run(Math.Min(StepsPerReport, steps - done), cancellation);
            progress?.Report((double)done / steps);
        }
    }

    private static void Check(SamplingProtocol protocol)
    {
        Require(protocol.Temperature > 0 && double.IsFinite(protocol.Temperature), "temperature", protocol.Temperature, "a positive finite number");
        Require(protocol.RelaxationTime > 0 && double.IsFinite(protocol.RelaxationTime), "relaxation time", protocol.RelaxationTime, "a positive finite number");
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
