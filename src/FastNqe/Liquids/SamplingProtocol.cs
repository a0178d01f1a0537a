using System.Globalization;

namespace FastNqe;

/// <summary>
/// Everything that determines the samples of an ensemble of liquids: sample k of a protocol is the same to the bit wherever and
/// whenever it is made.
/// </summary>
public sealed record SamplingProtocol
{
    /// <summary>A liquid relaxes for this many relaxation times before the first sample of a chain.</summary>
    public const double EquilibrationInRelaxationTimes = 20;

    /// <summary>Successive samples of a chain are this many relaxation times apart.</summary>
    public const double SpacingInRelaxationTimes = 3;

    /// <summary>Composition, density and potential.</summary>
    public required GlassModel Model { get; init; }

    /// <summary>N.</summary>
    public required int ParticleCount { get; init; }

    /// <summary>T of the equilibrium liquid, the parent temperature T_p [energy].</summary>
    public required double Temperature { get; init; }

    /// <summary>The seed from which all random numbers follow.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Cooling before the quench; null to quench the liquid as it is.</summary>
    public Cooling? Cooling { get; init; }

    /// <summary>What moves the liquid.</summary>
    public LiquidMethod Method { get; init; }

    /// <summary>Whether diameters of a polydisperse model are drawn at random, anew for each chain, instead of being the quantiles of their distribution.</summary>
    public bool RandomDiameters { get; init; }

    /// <summary>The structural relaxation time from which the two times below follow [time, or sweeps of Monte Carlo]; null where it is not known, which both times below then make up for.</summary>
    public required double? RelaxationTime { get; init; }

    /// <summary>For how long a chain's liquid is equilibrated before its first sample; null for 20 relaxation times.</summary>
    public double? EquilibrationTime { get; init; }

    /// <summary>Time between successive samples of a chain; null for 3 relaxation times.</summary>
    public double? Spacing { get; init; }

    /// <summary><see cref="EquilibrationTime"/>, or the 20 relaxation times that it stands for [time, or sweeps]; NaN if they are not known.</summary>
    public double ActualEquilibrationTime => EquilibrationTime ?? EquilibrationInRelaxationTimes * RelaxationTime ?? double.NaN;

    /// <summary><see cref="Spacing"/>, or the 3 relaxation times that it stands for [time, or sweeps]; NaN if they are not known.</summary>
    public double ActualSpacing => Spacing ?? SpacingInRelaxationTimes * RelaxationTime ?? double.NaN;

    /// <summary>Whether a time is wanted that follows from the relaxation time, which is not known: <see cref="WithRelaxationTime"/> finds it.</summary>
    public bool LacksRelaxationTime => RelaxationTime is null && (EquilibrationTime is null || Spacing is null);

    /// <summary>Successive samples that come from one liquid: the unit of work to be shared out among threads and machines.</summary>
    public int ChainLength { get; init; } = 50;

    /// <summary>dt of molecular dynamics [time]; 0 for 0.005/sqrt(max(1, T)).</summary>
    public double TimeStep { get; init; }

    /// <summary>
    /// The usual protocol of a model at a temperature: its own preparation, <see cref="MethodFor"/>, and the relaxation time that was
    /// measured (<see cref="KnownRelaxationTime"/>), or else is measured now on a liquid that depends on nothing but these arguments.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="particleCount">N.</param>
    /// <param name="temperature">T [energy]; null for the model's first parent temperature.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="cancellation">Stops a measurement.</param>
    public static SamplingProtocol For(GlassModel model, int particleCount, double? temperature = null, ulong seed = 1, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        double t = temperature ?? model.ParentTemperatures[0];
        return new SamplingProtocol
        {
            Model = model,
            ParticleCount = particleCount,
            Temperature = t,
            Seed = seed,
            Cooling = model.Cooling is { } cooling && cooling.FinalTemperature < t ? cooling : null,
            Method = MethodFor(model),
            RelaxationTime = null,
        }.WithRelaxationTime(cancellation);
    }

    /// <summary>The same protocol with the relaxation time of its liquid: the one that is known, or else one that is measured now.</summary>
    /// <param name="cancellation">Stops a measurement.</param>
    public SamplingProtocol WithRelaxationTime(CancellationToken cancellation = default) =>
        this with { RelaxationTime = KnownRelaxationTime.Of(Model, Temperature, Method) ?? RelaxationMeasurement.Run(this, cancellation) };

    /// <summary>
    /// What moves a model's liquids by default: molecular dynamics, with swaps of diameters in between if the model is polydisperse (less than half the
    /// cost of pure Monte Carlo per relaxation time, README.md in this folder).
    /// </summary>
    public static LiquidMethod MethodFor(GlassModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.Polydispersity is null ? LiquidMethod.MolecularDynamics : LiquidMethod.Hybrid;
    }

    /// <summary>The chain that a sample belongs to.</summary>
    public long ChainOf(long sample) => sample / ChainLength;

    /// <summary>A chain, standing before its first sample.</summary>
    /// <param name="chain">Its number, from 0: samples chain·ChainLength and the next ones.</param>
    /// <exception cref="ArgumentException">The protocol is impossible.</exception>
    public SampleChain Open(long chain) => new(this, chain);

    /// <summary>One sample after another, ready for the quench.</summary>
    /// <param name="first">The first sample's number.</param>
    /// <param name="count">How many.</param>
    /// <param name="progress">Is told the number of samples made, also between whole ones.</param>
    /// <param name="cancellation">Stops.</param>
    public IEnumerable<Configuration> Samples(long first, long count, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        SampleChain? chain = null;
        for (long sample = first; sample < first + count; sample++)
        {
            if (chain is null || chain.Chain != ChainOf(sample))
                chain = Open(ChainOf(sample));
            long parts = sample - chain.Sample + (Cooling is null ? 0 : 1);
            for (long part = 0; part < parts && chain.Sample < sample; part++)
                chain.Advance(Part(sample, part, parts), cancellation);
            yield return chain.Prepare(Part(sample, parts - 1, parts), cancellation);
            progress?.Report(sample - first + 1);
        }

        IProgress<double>? Part(long sample, long part, long parts) =>
            progress is null ? null : new PartialProgress(progress, sample - first + (double)part / parts, 1.0 / parts);
    }

    /// <summary>The protocol as keys and values, for a sample's provenance; <see cref="OfSample"/> reads them.</summary>
    public IReadOnlyDictionary<string, string> Describe() => ProtocolDescription.Of(this);

    /// <summary>The protocol by which a sample was made, and its number, from its provenance: what makes it again to the bit.</summary>
    /// <param name="sample">A sample, or the glass that was made of it.</param>
    /// <exception cref="ArgumentException">Its provenance is missing, incomplete or contradicts itself; the message says which key.</exception>
    public static (SamplingProtocol Protocol, long Sample) OfSample(Configuration sample) => ProtocolDescription.Read(sample);

    internal double ActualTimeStep => TimeStep > 0 ? TimeStep : MolecularDynamicsOptions.DefaultTimeStep(Temperature);

    internal static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    // A part's own fraction as a step of the whole.
    private sealed class PartialProgress(IProgress<double> whole, double done, double share) : IProgress<double>
    {
        public void Report(double value) => whole.Report(done + share * value);
    }
}
