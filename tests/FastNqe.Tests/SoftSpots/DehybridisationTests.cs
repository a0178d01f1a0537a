namespace FastNqe.Tests;

public sealed class DehybridisationTests
{
    // The second harmonic mode of this glass has two cores.
    [Test]
    public void A_harmonic_mode_with_two_cores_is_parted_into_two_separate_modes()
    {
        ReferenceCase reference = ReferenceCase.Load("b02");
        InherentState glass = InherentState.At(reference.Configuration, reference.Potential);
        double[] psi = glass.LowestEigenpairs(2)[1].Vector;
        IReadOnlyList<HybridisedSpot> spots = Dehybridisation.Of(glass, psi);
        HybridisedSpot[] heavy = [.. spots.Where(spot => spot.Weight > 0.2)];

        Assert.That(heavy, Has.Length.EqualTo(2));
        Assert.That(heavy.Select(spot => spot.Spot.Mode.Converged), Is.All.True);
        Assert.That(heavy[0].Spot.Mode.Overlap(heavy[1].Spot.Mode.Direction), Is.LessThan(0.2));
        double[] apart = [.. heavy[0].Spot.Place.Centre.Select((x, axis) => heavy[1].Spot.Place.Centre[axis] - x)];
        reference.Configuration.Box.MinimumImage(apart);
        Assert.That(Math.Sqrt(NaiveGlass.Dot(apart, apart)), Is.GreaterThan(2));
        // Either is smaller than the harmonic mode that holds both, and together they make up most of it.
        double particles = Participation.Ratio(psi, 3);
        Assert.That(heavy.Select(spot => spot.Spot.Mode.ParticipationRatio), Is.All.LessThan(particles));
        Assert.That(spots[^1].Remainder, Is.LessThan(0.2));
    }

    [Test]
    public void Remainders_shrink_and_the_options_bound_the_search()
    {
        ReferenceCase reference = ReferenceCase.Load("b01");
        InherentState glass = InherentState.At(reference.Configuration, reference.Potential);
        double[] psi = glass.LowestEigenpairs(3)[2].Vector;
        IReadOnlyList<HybridisedSpot> all = Dehybridisation.Of(glass, psi);
        Assert.That(all, Has.Count.GreaterThan(2));
        Assert.That(all.Select(spot => spot.Remainder), Is.Ordered.Descending);
        Assert.That(Dehybridisation.Of(glass, psi, new DehybridisationOptions { MaxSpots = 1 }), Has.Count.EqualTo(1));
        Assert.That(Dehybridisation.Of(glass, psi, new DehybridisationOptions { SmallestRemainder = all[0].Remainder }), Has.Count.EqualTo(1));
    }

    [Test]
    public void A_translation_of_the_start_is_no_part_of_it()
    {
        ReferenceCase reference = ReferenceCase.Load("b01");
        InherentState glass = InherentState.At(reference.Configuration, reference.Potential);
        double[] psi = glass.LowestEigenpairs(3)[2].Vector;
        double[] moved = [.. psi.Select((component, k) => component + (k % 2 == 0 ? 0.25 : -0.5))];
        IReadOnlyList<HybridisedSpot> expected = Dehybridisation.Of(glass, psi), spots = Dehybridisation.Of(glass, moved);
        Assert.That(spots, Has.Count.EqualTo(expected.Count));
        for (int k = 0; k < spots.Count; k++)
        {
            Assert.That(spots[k].Weight, Is.EqualTo(expected[k].Weight).Within(1e-6));
            Assert.That(spots[k].Remainder, Is.EqualTo(expected[k].Remainder).Within(1e-6));
        }
    }

    [Test]
    public void A_mode_that_did_not_converge_is_no_soft_spot()
    {
        ReferenceCase reference = ReferenceCase.Load("b01");
        InherentState glass = InherentState.At(reference.Configuration, reference.Potential);
        double[] psi = glass.LowestEigenpairs(3)[2].Vector;
        Assert.That(Dehybridisation.Of(glass, psi, new DehybridisationOptions { Minimiser = new() { MaxSweeps = 3 } }), Is.Empty);
    }
}
