using System.Globalization;

namespace FastNqe.Ensembles;

/// <summary>Samples that are made: liquids in equilibrium, run after run, each state quenched (or first cooled) into a glass.</summary>
internal sealed class LiquidSource : ISampleSource
{
    private readonly Study _study;
    private readonly SamplingProtocol _protocol;
    private readonly string _words;

    /// <summary>Settles the protocol; measures a relaxation time only where the study does not say how far apart samples are and none is known.</summary>
    /// <param name="study">The study.</param>
    /// <param name="model">The model with the study's constants.</param>
    /// <param name="before">The protocol by which samples were made before, whose relaxation time is taken over; null at the beginning.</param>
    /// <param name="stop">Stops the measurement.</param>
    /// <exception cref="ArgumentException">The protocol is impossible; the message says which value is wrong.</exception>
    public LiquidSource(Study study, GlassModel model, IReadOnlyDictionary<string, string>? before, CancellationToken stop)
    {
        _study = study;
        SamplingProtocol protocol = ProtocolOf(study, model, before);
        _protocol = protocol.LacksRelaxationTime ? protocol.WithRelaxationTime(stop) : protocol;
        _protocol.Open(0);
        string cooled = _protocol.Cooling is { } cooling ? string.Create(CultureInfo.InvariantCulture, $"cooled at {cooling.Rate} to T = {cooling.FinalTemperature}, ") : "";
        _words = string.Create(CultureInfo.InvariantCulture, $"{_protocol.Method} at T = {study.Temperature}, {cooled}quenched");
    }

    /// <inheritdoc/>
    public int SampleCount => _study.Samples;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Protocol => new Dictionary<string, string>(_protocol.Describe())
    {
        [GlassProperties.QuenchTolerance] = GlassAnalysis.Quenching.ForceTolerance.ToString("R", CultureInfo.InvariantCulture),
    };

    /// <inheritdoc/>
    public ISampleChain Open(int chain) => new Chain(this, chain);

    /// <summary>Whether a relaxation time would have to be measured before the first sample.</summary>
    /// <inheritdoc cref="LiquidSource(Study, GlassModel, IReadOnlyDictionary{string, string}?, CancellationToken)"/>
    public static bool Measures(Study study, GlassModel model, IReadOnlyDictionary<string, string>? before) => ProtocolOf(study, model, before).LacksRelaxationTime;

    private static SamplingProtocol ProtocolOf(Study study, GlassModel model, IReadOnlyDictionary<string, string>? before)
    {
        Cooling? cooling = (study.Preparation ?? (model.Cooling is null ? Preparation.Instantaneous : Preparation.Cooled)) == Preparation.Instantaneous
            ? null
            : new Cooling(study.CoolingRate ?? Cooling.OfTheModes.Rate, study.FinalTemperature ?? Cooling.OfTheModes.FinalTemperature);
        LiquidMethod method = SamplingProtocol.MethodFor(model);
        return new()
        {
            Model = model,
            ParticleCount = study.Particles,
            Temperature = study.Temperature,
            Method = method,
            RelaxationTime = before is null ? KnownRelaxationTime.Of(model, study.Temperature, method) : StoredProtocol.RelaxationTime(before),
            Seed = (ulong)study.Seed,
            Cooling = cooling,
            ChainLength = study.ChainLength,
            EquilibrationTime = study.EquilibrationTime,
            Spacing = study.Spacing,
            TimeStep = study.TimeStep ?? 0,
        };
    }

    private sealed class Chain(LiquidSource source, int number) : ISampleChain
    {
        private readonly SampleChain _liquid = source._protocol.Open(number);
        private readonly GlassAnalysis _analysis = new(source._study, source._protocol.Model);

        public string Seed => string.Create(CultureInfo.InvariantCulture, $"{source._study.Seed}, chain {number}");

        public void Advance(IProgress<double> way, CancellationToken halt) => _liquid.Advance(way, halt);

        public byte[]? Save()
        {
            if (!_liquid.CanBeSaved)
                return null;
            using MemoryStream stream = new();
            using BinaryWriter writer = new(stream);
            _liquid.Save(writer);
            writer.Flush();
            return stream.ToArray();
        }

        public void Restore(byte[] state)
        {
            using BinaryReader reader = new(new MemoryStream(state));
            _liquid.Restore(reader);
        }

        public (SampleResult Result, SampleCost Cost) Analyse(int sample, CancellationToken halt)
        {
            double start = ThreadClock.Seconds;
            Configuration prepared = _liquid.Prepare(cancellation: halt);
            double seconds = ThreadClock.Seconds - start;
            (SampleResult result, SampleCost cost) = _analysis.Run(sample, new SampleOrigin(number, Seed, null, source._words, _liquid.Swaps?.Acceptance), prepared, quench: true, halt);
            return (result, cost with { LiquidSeconds = seconds });
        }

        public void Dispose()
        {
        }
    }
}
