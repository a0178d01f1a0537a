using System.Globalization;

namespace FastNqe.Ensembles;

/// <summary>Figs. 1, 3 and 6: single modes, and how the quartic mode differs from the harmonic one (Delta = pi_4 - psi).</summary>
internal static class ModePictures
{
    /// <summary>Pictures of three kept samples of the first study that kept any: the softest, a typical one, and the one whose harmonic mode is least like its quartic mode.</summary>
    /// <param name="sources">The stores of each study.</param>
    public static IEnumerable<(string Name, string Title, string Explanation, Configuration Glass, IReadOnlyList<(string, ReadOnlyMemory<double>)> Modes)> Of(
        IEnumerable<(StudyData Study, IReadOnlyList<string> Stores)> sources)
    {
        foreach ((StudyData study, IReadOnlyList<string> stores) in sources)
        {
            // Reading stops once there is a choice of samples.
            const int Enough = 400;
            List<(int Sample, Configuration Glass, Triple Modes)> kept = [.. ModeExport.Kept(stores)
                .Select(sample => (sample.Sample, sample.Glass, Modes: Triple.Of(sample.Modes)))
                .Where(sample => sample.Modes is not null).Take(Enough).Select(sample => (sample.Sample, sample.Glass, sample.Modes!))];
            if (kept.Count == 0)
                continue;
            kept.Sort((left, right) => left.Modes.Quartic.Frequency.CompareTo(right.Modes.Quartic.Frequency));
            double unit = GlassModel.Named(study.Study.Model).UnitFrequency;
            yield return Picture("modes-soft", "The softest mode", kept[0], unit,
                $"The softest of {kept.Count} glasses of {study.Label}: harmonic, quartic and cubic mode agree, and Δ = π₄ - ψ is small and extended (Figs. 3 and 6).");
            yield return Picture("modes-typical", "A typical mode", kept[kept.Count / 2], unit,
                "The glass in the middle of the frequencies: the cores agree; the harmonic mode has a background that the nonlinear modes do not have (Figs. 3 and 6).");
            yield return Picture("modes-hybridised", "A hybridised harmonic mode", kept.MinBy(sample => Math.Abs(sample.Modes.Overlap)), unit,
                "The glass whose harmonic mode is least like its quartic mode: the harmonic mode mixes several soft spots or a phonon, the quartic mode shows one of them (Fig. 1).");
            yield break;
        }
    }

    private static (string, string, string, Configuration, IReadOnlyList<(string, ReadOnlyMemory<double>)>) Picture(
        string name, string title, (int Sample, Configuration Glass, Triple Modes) sample, double unit, string explanation)
    {
        Triple modes = sample.Modes;
        int n = sample.Glass.ParticleCount;
        return (name, title, $"{explanation} Sample {sample.Sample}, |π₄·ψ| = {modes.Overlap.ToString("0.000", CultureInfo.InvariantCulture)}.", sample.Glass,
        [
            (Caption("ψ", "2", modes.Harmonic, n, unit), modes.Harmonic.Displacement),
            (Caption("π₄", "4", modes.Quartic, n, unit), modes.Quartic.Displacement),
            ("Δ = π₄ - ψ", modes.Difference),
            (Caption("π₃", "3", modes.Cubic, n, unit), modes.Cubic.Displacement),
        ]);
    }

    private static string Caption(string symbol, string order, StoredMode mode, int n, double unit) => string.Create(
        CultureInfo.InvariantCulture, $"{symbol}: ω{(char)('₀' + order[0] - '0')} = {mode.Frequency / unit:0.000} ω₀, N e = {n * mode.ParticipationRatio:0.0}");

    private sealed record Triple(StoredMode Harmonic, StoredMode Quartic, StoredMode Cubic, double Overlap)
    {
        /// <summary>pi_4 - psi with the sign of psi that makes the overlap positive.</summary>
        public double[] Difference
        {
            get
            {
                double sign = Overlap < 0 ? -1 : 1;
                return [.. Quartic.Displacement.Zip(Harmonic.Displacement, (pi, psi) => pi - sign * psi)];
            }
        }

        public static Triple? Of(IReadOnlyList<StoredMode> modes)
        {
            StoredMode? harmonic = Find(ModeKind.Harmonic), quartic = Find(ModeKind.Quartic), cubic = Find(ModeKind.Cubic);
            return harmonic is null || quartic is null || cubic is null
                ? null
                : new Triple(harmonic, quartic, cubic, harmonic.Displacement.Zip(quartic.Displacement, (psi, pi) => psi * pi).Sum());

            StoredMode? Find(ModeKind kind) => modes.FirstOrDefault(mode => mode.Kind == kind && mode.Rank == 0);
        }
    }
}
