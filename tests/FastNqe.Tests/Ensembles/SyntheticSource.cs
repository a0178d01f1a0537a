using FastNqe.Ensembles;

namespace FastNqe.Tests.Ensembles;

/// <summary>Samples that cost nothing: every number follows from the study's seed and the state of the chain, as in a real run.</summary>
internal sealed class SyntheticSource(Study study) : ISampleSource
{
    public int SampleCount => study.Samples;

    /// <summary>Whether the analysis of a sample fails.</summary>
    public Func<int, bool> Fails { get; init; } = _ => false;

    /// <summary>Whether the liquid of a chain breaks before a sample.</summary>
    public Func<int, int, bool> Breaks { get; init; } = (_, _) => false;

    /// <summary>Why the search for a sample's mode of a kind ended; null, as for a harmonic mode, counts as converged.</summary>
    public Func<int, ModeKind, SearchEnd?> End { get; init; } = (_, kind) => kind == ModeKind.Harmonic ? null : SearchEnd.Converged;

    /// <summary>Called when a chain goes on, with its number and the position in it.</summary>
    public Action<int, int>? Advanced { get; init; }

    /// <summary>Called when a sample is analysed.</summary>
    public Action<int>? Analysed { get; init; }

    public static Study Study(int samples, int chainLength = 7, long seed = 1) =>
        new() { Name = "synthetic", Model = "ipl-3d", Particles = 16, Temperature = 2, Samples = samples, ChainLength = chainLength, Seed = seed };

    public ISampleChain Open(int chain) => new Chain(this, study, chain);

    private sealed class Chain(SyntheticSource source, Study study, int chain) : ISampleChain
    {
        private ulong _state = (ulong)study.Seed * 1000003 + (ulong)chain;
        private int _position = -1;

        public string Seed => $"{study.Seed}:{chain}";

        public void Advance(IProgress<double> way, CancellationToken halt)
        {
            _position++;
            source.Advanced?.Invoke(chain, _position);
            _state = _state * 6364136223846793005 + 1442695040888963407;
            if (source.Breaks(chain, _position))
                throw new InvalidOperationException("the liquid has frozen");
        }

        public byte[] Save() => [.. BitConverter.GetBytes(_state), .. BitConverter.GetBytes(_position)];

        public void Restore(byte[] state)
        {
            if (state.Length != 12)
                throw new InvalidDataException("not a state");
            (_state, _position) = (BitConverter.ToUInt64(state), BitConverter.ToInt32(state, 8));
        }

        public (SampleResult Result, SampleCost Cost) Analyse(int sample, CancellationToken halt)
        {
            source.Analysed?.Invoke(sample);
            if (source.Fails(sample))
                throw new InvalidOperationException("no\nconvergence");
            double x = (_state >> 11) * Math.Pow(2, -53);
            GlassRow glass = new(16, 3, 0.82, "instantaneous from T = 2", -x, 18 + x, 1e-11 * x, 60, null);
            ModeRow[] modes = [.. Enum.GetValues<ModeKind>().Select(kind => new ModeRow
            {
                Kind = kind,
                Rank = 0,
                Stiffness = x,
                Frequency = Math.Sqrt(x),
                CubicCoefficient = x / 3,
                QuarticCoefficient = x + 1 / 3.0,
                ParticipationRatio = x * x,
                ShearCouplings = [x, -x, 2 * x],
                Residual = 1e-10,
                Converged = source.End(sample, kind) is null or SearchEnd.Converged,
                End = source.End(sample, kind),
                Vector = study.KeepModes ? [.. Enumerable.Range(0, 48).Select(k => x + k)] : null,
            })];
            double[] positions = [.. Enumerable.Range(0, 48).Select(k => x + k % 3)];
            Configuration? kept = study.KeepGlasses ? new Configuration(Box.Cubic(3, 3), positions, [.. Enumerable.Repeat(1.0, 16)]) : null;
            return (new SampleResult(sample, chain, null, glass, modes) { Seed = Seed, Kept = kept }, new SampleCost(0, 1, 2, 3, 4, 5));
        }

        public void Dispose()
        {
        }
    }
}
