namespace FastNqe.Tests;

public sealed class SevenStartsTests
{
    [TestCase("b04")]
    [TestCase("b06")]
    public void Robust_starts_lead_where_the_reference_says(string name)
    {
        ReferenceCase reference = ReferenceCase.Load(name);
        InherentState glass = InherentState.At(reference.Configuration, reference.Potential);
        var options = new MinimiserOptions { Tolerance = 1e-10 };
        SevenStarts starts = SevenStarts.From(glass, QuarticMode.From(glass, reference.Mode("psi"), options), null, options);
        Assert.That(starts.All.Select(start => start.Start), Is.EqualTo(new[] { "pi4", "simple xy", "simple xz", "simple yz", "pure xy", "pure xz", "pure yz" }));
        Assert.That(starts.All.Select(start => start.Mode.Converged), Is.All.True);
        int compared = 0;
        foreach (CubicStart start in starts.All)
        {
            string path = $"seven_starts/starts/{start.Start.Replace(' ', '_')}";
            if (!reference.IsTrue($"{path}/robust"))
                continue;
            reference.AssertFigure($"{path}/kappa3", start.Mode.Stiffness);
            compared++;
        }
        Assert.That(compared, Is.GreaterThan(1));
        Assert.That(starts.Lowest.Mode.Stiffness, Is.EqualTo(starts.All.Min(start => start.Mode.Stiffness)).Within(1e-6).Percent);
        Assert.That(starts.Ranked, Is.EquivalentTo(starts.All));
        Assert.That(starts.Ranked.Zip(starts.Ranked.Skip(1), (first, next) => next.Mode.Stiffness / first.Mode.Stiffness), Is.All.GreaterThan(1 - 1e-8));
        Assert.That(starts.Lowest.Start, Is.EqualTo("pi4"), "shears lead to the same mode, and come later");
        if (reference.IsTrue("seven_starts/softest_is_robust"))
            reference.AssertFigure($"seven_starts/starts/{reference.Text("seven_starts/softest_start")}/kappa3", starts.Lowest.Mode.Stiffness);
    }

    [Test]
    public void Of_starts_that_lead_to_one_mode_the_first_counts_however_the_last_bits_fall()
    {
        ReferenceCase reference = ReferenceCase.Load("b06");
        InherentState glass = InherentState.At(reference.Configuration, reference.Potential);
        CubicMode mode = CubicMode.From(glass, reference.Mode("pi4"));
        CubicMode again = CubicMode.From(glass, mode.Direction, new MinimiserOptions { Tolerance = 1e-11 });
        Assert.That(again.Stiffness, Is.Not.EqualTo(mode.Stiffness));
        Assert.That(again.Stiffness, Is.EqualTo(mode.Stiffness).Within(1e-6).Percent);
        Assert.That(SevenStarts.LowestOf([new("a", mode), new("b", again)]).Start, Is.EqualTo("a"));
        Assert.That(SevenStarts.LowestOf([new("a", again), new("b", mode)]).Start, Is.EqualTo("a"));
    }
}
