using System.Globalization;

namespace FastNqe.Ensembles;

/// <summary>Samples that are made: liquids in equilibrium, run after run, each state quenched (or first cooled) into a glass.</summary>
internal sealed class LiquidSource : ISampleSource
{
    private readonly Study _study;
    private readonly SamplingProtocol _protocol;
    private readonly string _words;

    /// <summary>Settles the protocol; measures a relaxation time only where the study does not say how far apart samples are and none is known.</summary>
    /// <exception cref="ArgumentException">The protocol is impossible; the message says which value is wrong.</exception>
    public LiquidSource(Study study, GlassModel model, CancellationToken stop)
    {
        _study = study;
        _protocol = Protocol(study, model, stop);
        _protocol.Open(0);
        string cooled = _protocol.Cooling is { } cooling ? string.Create(CultureInfo.InvariantCulture, $"cooled at {cooling.Rate} to T = {cooling.FinalTemperature}, ") : "";
        _words = string.Create(CultureInfo.InvariantCulture, $"{_protocol.Method} at T = {study.Temperature}, {cooled}quenched");
    }

    /// <inheritdoc/>
    public int SampleCount => _study.Samples;

    /// <inheritdoc/>
    public ISampleChain Open(int chain) => new Chain(this, chain);

    private static SamplingProtocol Protocol(Study study, GlassModel model, CancellationToken stop)
    {
        Cooling? cooling = (study.Preparation ?? (model.Cooling is null ? Preparation.Instantaneous : Preparation.Cooled)) == Preparation.Instantaneous
            ? null
            : new Cooling(study.CoolingRate ?? Cooling.OfTheModes.Rate, study.FinalTemperature ?? Cooling.OfTheModes.FinalTemperature);
        LiquidMethod method = SamplingProtocol.MethodFor(model);
        SamplingProtocol protocol = study is { EquilibrationTime: not null, Spacing: not null }
            ? new SamplingProtocol { Model = model, ParticleCount = study.Particles, Temperature = study.Temperature, Method = method, RelaxationTime = study.Spacing.Value }
            : SamplingProtocol.For(model, study.Particles, study.Temperature, (ulong)study.Seed, stop);
        return protocol with
        {
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
        private readonly GlassAnalysis _analysis = new(source._study, source._protocol.Model.Potential);

        public string Seed => string.Create(CultureInfo.InvariantCulture, $"{source._study.Seed}, chain {number}");

        public void Advance(Action betweenSteps, CancellationToken halt) => _liquid.Advance(new Steps(betweenSteps), halt);

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
            (SampleResult result, SampleCost cost) = _analysis.Run(sample, new SampleOrigin(number, Seed, null, source._words), prepared, quench: true, halt);
            return (result, cost with { LiquidSeconds = seconds });
        }

        public void Dispose()
        {
        }
    }

    private sealed class Steps(Action between) : IProgress<double>
    {
        public void Report(double value) => between();
    }
}
