using FastNqe.Ensembles;

namespace FastNqe.Tests.Ensembles;

/// <summary>
/// Samples drawn from the paper's laws, so that a report on them must find the exponents that were put in: omega_4 from a Weibull distribution of shape 5
/// whose scale shrinks as N^(-1/5), tau_3 ~ omega_3 times a number whose density is constant near 0, and so on.
/// </summary>
internal sealed class SoftSpotSource(Study study) : ISampleSource
{
    public int SampleCount => study.Samples;

    /// <summary>A sample whose frequencies and modulus are far from those of all others; null for none.</summary>
    public int? FarOut { get; init; }

    /// <summary>A kind of which every mode is undefined, with a quartic coefficient below zero; null for none.</summary>
    public ModeKind? Undefined { get; init; }

    /// <summary>The sample whose modulus, if the study has moduli, did not converge.</summary>
    public const int NoModulus = 11;

    public ISampleChain Open(int chain) => new Chain(study, chain, FarOut, Undefined);

    private sealed class Chain(Study study, int chain, int? farOut, ModeKind? undefined) : ISampleChain
    {
        public string Seed => $"{study.Seed}:{chain}";

        public void Advance(IProgress<double> way, CancellationToken halt)
        {
        }

        public byte[]? Save() => null;

        public void Restore(byte[] state)
        {
        }

        public (SampleResult Result, SampleCost Cost) Analyse(int sample, CancellationToken halt)
        {
            // Neighbouring seeds give related first numbers: spread them.
            Random random = new(unchecked((int)((uint)(sample + 1) * 2654435761u)));
            GlassModel model = GlassModel.Named(study.Model);
            int n = study.Particles, d = model.Dimension;
            double unit = model.UnitFrequency, length = model.UnitLength, side = Math.Pow(n, 1.0 / d);
            double f = d == 2 ? 0.002 * side * side : 2, g = d == 2 ? 0.00001 * Math.Pow(side, 4) : 5;
            double w4 = 0.3 * Math.Pow(n / 2000.0, -0.2) * Math.Pow(-Math.Log(1 - random.NextDouble()), 0.2);
            if (sample == farOut)
                w4 *= 1e-4;
            double w2 = w4 * Math.Sqrt(1 - Math.Min(0.9, f * w4 * w4 * Noise()));
            double w3 = w4 * (1 + 0.05 * random.NextDouble());
            double overlap = 1 - Math.Min(0.9, g * Math.Pow(w4, 4) * Noise());
            double ne = 20 * Noise(), chi = 300 / ne * Noise(), tau = 4 * w3 * (0.2 + random.NextDouble());
            double stiffness = unit * unit;
            double[] nu = [.. Enumerable.Range(0, d * (d - 1) / 2).Select(_ => 3 * Gauss() * stiffness * length)];
            ModeRow Mode(ModeKind kind, double w, double e) => new()
            {
                Kind = kind,
                Rank = 0,
                Stiffness = w * w * stiffness,
                Frequency = w * unit,
                CubicCoefficient = tau * stiffness / length,
                QuarticCoefficient = (kind == undefined ? -chi : chi) * stiffness / (length * length),
                ParticipationRatio = e / n,
                OverlapHarmonic = kind == ModeKind.Quartic ? overlap : null,
                OverlapQuartic = kind == ModeKind.Cubic ? 1 - 0.02 * w * w * Noise() : null,
                QuarticFieldNorm = kind == ModeKind.Quartic ? 1 + 0.3 * Noise() : null,
                ShearCouplings = nu,
                Residual = 1e-9,
                Converged = kind != undefined && (sample % 50 != 7 || kind != ModeKind.Cubic),
                End = kind == undefined ? SearchEnd.Undefined : null,
                Vector = study.KeepModes ? Field(n, d, random) : null,
            };
            GlassRow glass = new(n, d, model.NumberDensity, "instantaneous", -n, 19, 1e-11, 4 * n, study.Moduli ? (sample == farOut ? -60 : 15 + Gauss()) : null, study.Moduli ? sample != NoModulus : null);
            Configuration? kept = study.KeepGlasses
                ? new Configuration(Box.Cubic(d, Math.Pow(n / model.NumberDensity, 1.0 / d)), [.. Field(n, d, random).Select(x => x * side)], [.. Enumerable.Repeat(1.0, n)])
                : null;
            SampleResult result = new(sample, chain, null, glass, [Mode(ModeKind.Harmonic, w2, 3 * ne), Mode(ModeKind.Quartic, w4, ne), Mode(ModeKind.Cubic, w3, 1.1 * ne)])
            {
                Seed = Seed,
                Kept = kept,
            };
            return (result, default);

            double Noise() => Math.Exp(0.3 * Gauss());
            double Gauss() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        }

        public void Dispose()
        {
        }

        private static double[] Field(int n, int d, Random random) => [.. Enumerable.Range(0, n * d).Select(k => Math.Pow(random.NextDouble(), 3) * (k < 40 ? 5 : 1) * (k % 2 == 0 ? 1 : -1))];
    }
}
