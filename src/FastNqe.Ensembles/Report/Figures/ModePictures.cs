using System.Globalization;

namespace FastNqe.Ensembles;

/// <summary>Figs. 1, 3 and 6: single modes, how the quartic mode differs from the harmonic one (Delta = pi_4 - psi), and a harmonic mode parted into soft spots.</summary>
internal static class ModePictures
{
    // Reading stops once there is a choice of samples.
    private const int Enough = 400;

    // A soft spot with less of the harmonic mode's squared norm is part of its background.
    private const double LeastWeight = 0.15;

    // Harmonic modes that are nearer to their quartic modes are no mixtures.
    private const double LargestOverlap = 0.95;

    // Glasses whose harmonic mode is parted in search of one that is a mixture: each takes a few minimisations.
    private const int MostTries = 5;

    /// <summary>Pictures of a study's kept samples: the softest, a typical one, and one whose harmonic mode is a mixture of soft spots, if there is one.</summary>
    /// <param name="study">The study.</param>
    /// <param name="stores">Its stores.</param>
    /// <returns>The pictures; none if no sample was kept whose modes converged.</returns>
    public static IEnumerable<ModePicture> Of(StudyData study, IReadOnlyList<string> stores)
    {
        Choice[] kept = [.. ModeExport.Kept(stores).Select(KeptModes.Of).OfType<KeptModes>().Take(Enough)
            .Select(sample => new Choice(sample.Sample, sample.Quartic.Frequency, sample.Overlap)).OrderBy(sample => sample.Frequency)];
        if (kept.Length == 0)
            yield break;
        double unit = study.Model.UnitFrequency;
        yield return Triple("soft", "The softest mode", Read(kept[0]),
            $"The softest of {kept.Length} kept glasses: harmonic, quartic and cubic mode side by side, and Δ = π₄ - ψ, small and extended where the modes agree (Figs. 3 and 6).");
        yield return Triple("typical", "A typical mode", Read(kept[kept.Length / 2]),
            $"The glass in the middle of the frequencies of {kept.Length} kept glasses: harmonic, quartic and cubic mode, and Δ = π₄ - ψ, the background that the harmonic mode has and the quartic mode has not (Figs. 3 and 6).");
        yield return Parted(study, [.. kept.OrderBy(sample => sample.Overlap).TakeWhile(sample => sample.Overlap < LargestOverlap).Take(MostTries)], Read, unit) ?? Triple(
            "hybridised", "The most hybridised harmonic mode", Read(kept.MinBy(sample => sample.Overlap)!),
            $"Among the {kept.Length} kept glasses the harmonic mode that is least like its quartic mode; none was found that is a mixture of two or more soft spots (Fig. 1 shows one).");

        KeptModes Read(Choice choice) => KeptModes.Of(ModeExport.Kept(stores, choice.Sample).First())!;

        ModePicture Triple(string name, string title, KeptModes sample, string explanation) => new(
            FileName(study, name), $"{title}: {study.Label}", $"{explanation} {Sample(sample)}", sample.Glass,
            [
                new("psi", Caption("ψ: ω₂", sample.Harmonic.Frequency / unit, sample.Harmonic.ParticipationRatio, sample.Glass), sample.Harmonic.Displacement),
                new("pi4", Caption("π₄: ω₄", sample.Quartic.Frequency / unit, sample.Quartic.ParticipationRatio, sample.Glass), sample.Quartic.Displacement),
                new("delta", "Δ = π₄ - ψ", sample.Difference),
                new("pi3", Caption("π₃: ω₃", sample.Cubic.Frequency / unit, sample.Cubic.ParticipationRatio, sample.Glass), sample.Cubic.Displacement),
            ]);
    }

    // Fig. 1: the first harmonic mode, from the most hybridised on, that falls into two or more soft spots.
    private static ModePicture? Parted(StudyData study, Choice[] hybridised, Func<Choice, KeptModes> read, double unit)
    {
        PairPotential potential = SampleSource.Model(study.Study).Potential;
        foreach (KeptModes sample in hybridised.Select(read))
        {
            InherentState glass = InherentState.At(sample.Glass, potential);
            if (glass.MaxForce > InherentState.LargestForceAtRest)
                continue;
            HybridisedSpot[] parts = [.. Dehybridisation.Of(glass, sample.Harmonic.Displacement).Where(part => part.Weight > LeastWeight && part.Spot.Mode.Converged)];
            if (parts.Length < 2)
                continue;
            string weights = string.Join(", ", parts.Select(part => part.Weight.ToString("0.00", CultureInfo.InvariantCulture)));
            return new ModePicture(
                FileName(study, "hybridised"), $"A hybridised harmonic mode and its parts: {study.Label}",
                "The harmonic mode ψ mixes several soft spots; minimising E₄ from ψ, then from what is left of ψ without the first result, and so on, gives the quartic modes that it is mixed from (Fig. 1). "
                + $"Shares (ψ·π)²: {weights}. {Sample(sample)}",
                sample.Glass,
                [
                    new("psi", Caption("ψ: ω₂", sample.Harmonic.Frequency / unit, sample.Harmonic.ParticipationRatio, sample.Glass), sample.Harmonic.Displacement),
                    .. parts.Select((part, k) => new ModePicture.Field(
                        $"part{k + 1}", Caption($"part {k + 1}: ω₄", part.Spot.Mode.Frequency / unit, part.Spot.Mode.ParticipationRatio, sample.Glass), part.Spot.Mode.Direction)),
                ]);
        }
        return null;
    }

    // Labels of studies with the same name end in a number in brackets.
    private static string FileName(StudyData study, string name) => $"modes-{name}-{study.Label.Replace(" (", "-", StringComparison.Ordinal).TrimEnd(')')}";

    private static string Sample(KeptModes sample) => string.Create(CultureInfo.InvariantCulture, $"Sample {sample.Sample}, |π₄·ψ| = {sample.Overlap:0.000}.");

    private static string Caption(string what, double frequency, double participation, Configuration glass) =>
        string.Create(CultureInfo.InvariantCulture, $"{what} = {frequency:0.000} ω₀, N e = {glass.ParticleCount * participation:0.0}");

    // What a sample is chosen by; its glass and modes, megabytes of large glasses, are read when it is.
    private sealed record Choice(int Sample, double Frequency, double Overlap);

    private sealed record KeptModes(int Sample, Configuration Glass, StoredMode Harmonic, StoredMode Quartic, StoredMode Cubic, double SignedOverlap)
    {
        public double Overlap => Math.Abs(SignedOverlap);

        /// <summary>pi_4 - psi with the sign of psi that makes the overlap positive.</summary>
        public double[] Difference
        {
            get
            {
                double sign = SignedOverlap < 0 ? -1 : 1;
                return [.. Quartic.Displacement.Zip(Harmonic.Displacement, (pi, psi) => pi - sign * psi)];
            }
        }

        /// <summary>The three modes of a kept sample; null if one was not kept or did not converge.</summary>
        public static KeptModes? Of((int Sample, Configuration Glass, IReadOnlyList<StoredMode> Modes) kept)
        {
            StoredMode? harmonic = Find(ModeKind.Harmonic), quartic = Find(ModeKind.Quartic), cubic = Find(ModeKind.Cubic);
            return harmonic is null || quartic is null || cubic is null
                ? null
                : new KeptModes(kept.Sample, kept.Glass, harmonic, quartic, cubic, harmonic.Displacement.Zip(quartic.Displacement, (psi, pi) => psi * pi).Sum());

            StoredMode? Find(ModeKind kind) => kept.Modes.FirstOrDefault(mode => mode.Kind == kind && mode.Rank == 0 && mode.Converged);
        }
    }
}
