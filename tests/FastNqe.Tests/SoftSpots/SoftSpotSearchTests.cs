namespace FastNqe.Tests;

public sealed class SoftSpotSearchTests
{
    [TestCase("b01", SoftSpotKind.Quartic)]
    [TestCase("b04", SoftSpotKind.Quartic)]
    [TestCase("b04", SoftSpotKind.Cubic)]
    [TestCase("b04", SoftSpotKind.PseudoHarmonic)]
    public void The_library_holds_the_known_mode_once_and_nothing_above_the_limit(string name, SoftSpotKind kind)
    {
        ReferenceCase reference = ReferenceCase.Load(name);
        InherentState glass = InherentState.At(reference.Configuration, reference.Potential);
        double[] known = reference.Mode(kind switch { SoftSpotKind.Cubic => "pi3", SoftSpotKind.PseudoHarmonic => "piC", _ => "pi4" });
        double limit = 1.5 * glass.Coefficients(known).Frequency;
        SoftSpotLibrary library = SoftSpotSearch.Run(glass, new SoftSpotOptions { LargestFrequency = limit, Kind = kind, Patience = 20 });

        Assert.That(library.Exhausted);
        NonlinearMode[] modes = [.. library.Spots.Select(spot => spot.Spot.Mode)];
        Assert.That(modes.Count(mode => mode.Overlap(known) > 0.999), Is.EqualTo(1));
        Assert.That(modes.Select(mode => mode.Frequency), Is.Ordered.And.All.LessThanOrEqualTo(limit));
        for (int k = 0; k < modes.Length; k++)
            for (int other = 0; other < k; other++)
                Assert.That(modes[k].Overlap(modes[other].Direction), Is.LessThanOrEqualTo(0.9));
        Assert.That(library.Spots.Sum(spot => spot.Hits.Values.Sum()), Is.LessThanOrEqualTo(library.Starts.Values.Sum()));
        Assert.That(library.Completeness, Is.InRange(0.0, 1.0));
    }

    [Test]
    public void A_search_whose_harmonic_modes_are_cut_short_is_not_exhausted()
    {
        ReferenceCase reference = ReferenceCase.Load("b01");
        InherentState glass = InherentState.At(reference.Configuration, reference.Potential);
        double limit = 1.5 * glass.LowestEigenpairs(3)[2].Frequency;
        var options = new SoftSpotOptions { LargestFrequency = limit, Patience = 1 };
        Assert.That(SoftSpotSearch.Run(glass, options).Exhausted);
        Assert.That(SoftSpotSearch.Run(glass, options with { MaxHarmonicModes = 2 }).Exhausted, Is.False);
    }

    [Test]
    public void A_search_that_is_stopped_keeps_what_it_found()
    {
        ReferenceCase reference = ReferenceCase.Load("b01");
        InherentState glass = InherentState.At(reference.Configuration, reference.Potential);
        using var stop = new CancellationTokenSource();
        SoftSpotLibrary library = SoftSpotSearch.Run(glass, new SoftSpotOptions
        {
            LargestFrequency = 2,
            Cancellation = stop.Token,
            Progress = progress =>
            {
                if (progress.Starts == 3)
                    stop.Cancel();
            },
        });
        Assert.That(library.Exhausted, Is.False);
        Assert.That(library.Starts.Values.Sum(), Is.EqualTo(3));
        Assert.That(library.Spots, Is.Not.Empty);
    }

    [Test]
    public void Capture_and_recapture_counts_what_one_family_misses()
    {
        ReferenceCase reference = ReferenceCase.Load("b01");
        InherentState glass = InherentState.At(reference.Configuration, reference.Potential);
        var spot = SoftSpot.Of(glass, QuarticMode.From(glass, reference.Mode("pi4")));
        LibrarySpot of(params StartFamily[] families) => new(spot, families.ToDictionary(family => family, _ => 1));
        // Fields find 3, dipoles 3, both 1: (4·4)/2 - 1 = 7 in all, 5 of them known.
        var library = new SoftSpotLibrary(
            [of(StartFamily.Harmonic, StartFamily.Dipole), of(StartFamily.Harmonic), of(StartFamily.NonAffine), of(StartFamily.Dipole), of(StartFamily.Dipole)],
            new Dictionary<StartFamily, int>(), 0, true);
        Assert.That(library.EstimatedCount, Is.EqualTo(7).Within(1e-12));
        Assert.That(library.Completeness, Is.EqualTo(5.0 / 7).Within(1e-12));
    }

    [TestCase(StartFamily.Harmonic)]
    [TestCase(StartFamily.Dipole)]
    public void What_only_one_family_found_says_nothing_about_what_was_missed(StartFamily family)
    {
        ReferenceCase reference = ReferenceCase.Load("b01");
        InherentState glass = InherentState.At(reference.Configuration, reference.Potential);
        var spot = SoftSpot.Of(glass, QuarticMode.From(glass, reference.Mode("pi4")));
        var library = new SoftSpotLibrary([new(spot, new Dictionary<StartFamily, int> { [family] = 3 })], new Dictionary<StartFamily, int> { [family] = 5 }, 0, true);
        Assert.That(library.EstimatedCount, Is.NaN);
        Assert.That(library.Completeness, Is.NaN);
        Assert.That(new SoftSpotLibrary([], new Dictionary<StartFamily, int>(), 0, true).Completeness, Is.NaN);
    }

    [Test]
    public void Settings_out_of_range_are_refused()
    {
        ReferenceCase reference = ReferenceCase.Load("b01");
        InherentState glass = InherentState.At(reference.Configuration, reference.Potential);
        Assert.That(() => SoftSpotSearch.Run(glass, new SoftSpotOptions { LargestFrequency = 0 }), Throws.ArgumentException.With.Message.Contains("frequency"));
        Assert.That(() => SoftSpotSearch.Run(glass, new SoftSpotOptions { LargestFrequency = 1, SameOverlap = 1 }), Throws.ArgumentException.With.Message.Contains("overlap"));
    }
}
