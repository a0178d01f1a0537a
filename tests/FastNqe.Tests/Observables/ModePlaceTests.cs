namespace FastNqe.Tests;

public sealed class ModePlaceTests
{
    [Test]
    public void The_centre_of_a_core_across_the_boundary_is_found()
    {
        // Two particles at distance 1 through the face, moving alike: the centre is on the face.
        Configuration pair = new(Box.Cubic(2, 10), [9.5, 5, 0.5, 5, 5, 5], [1, 1, 1]);
        ModePlace place = ModePlace.Of(pair, [0, 1, 0, 1, 0, 0]);
        Assert.That(Math.Min(place.Centre[0], 10 - place.Centre[0]), Is.Zero.Within(1e-12));
        Assert.That(place.Centre[1], Is.EqualTo(5).Within(1e-12));
        Assert.That(place.Radius, Is.EqualTo(0.5).Within(1e-12));
        Assert.That(place.Particle, Is.LessThan(2));
    }

    [Test]
    public void Moving_the_glass_moves_the_centre_and_nothing_else()
    {
        ReferenceCase reference = ReferenceCase.Load("b04");
        double[] mode = reference.Mode("pi4"), moved = reference.Configuration.Positions.ToArray();
        double[] shift = [3.1, -7.7, 25.0];
        for (int k = 0; k < moved.Length; k++)
            moved[k] += shift[k % 3];
        ModePlace before = ModePlace.Of(reference.Configuration, mode), after = ModePlace.Of(reference.Configuration.WithPositions(moved), mode);
        double[] difference = [.. before.Centre.Select((x, axis) => after.Centre[axis] - x - shift[axis])];
        reference.Configuration.Box.MinimumImage(difference);
        Assert.That(Math.Sqrt(NaiveGlass.Dot(difference, difference)), Is.Zero.Within(1e-9));
        Assert.That(after.Radius, Is.EqualTo(before.Radius).Within(1e-9));
        Assert.That(after.Particle, Is.EqualTo(before.Particle));
    }

    [Test]
    public void A_power_law_field_decays_as_it_was_made()
    {
        // Particles on a grid, |z| = r^-2 about one of them.
        const int Side = 16;
        var positions = new List<double>();
        var field = new List<double>();
        for (int k = 0; k < Side * Side * Side; k++)
        {
            double[] x = [k % Side, k / Side % Side, k / Side / Side];
            positions.AddRange(x);
            double[] fromCore = [.. x.Select(component => component - 5 - Side * Math.Round((component - 5) / Side))];
            double square = NaiveGlass.Dot(fromCore, fromCore);
            field.AddRange([0, 1 / Math.Max(square, 0.01), 0]);
        }
        var grid = new Configuration(Box.Cubic(3, Side), [.. positions]);
        IReadOnlyList<DecayShell> shells = SpatialDecay.Of(grid, field.ToArray(), 8);
        Assert.That(shells.Sum(shell => shell.Count), Is.GreaterThan(4 * Math.PI / 3 * 500 * 0.9));
        foreach (DecayShell shell in shells.Skip(2))
            Assert.That(shell.MedianMagnitude * shell.Distance * shell.Distance, Is.EqualTo(1).Within(0.1));
    }

    [Test]
    public void A_real_soft_spot_fades_from_its_core()
    {
        ReferenceCase reference = ReferenceCase.Load("b03");
        IReadOnlyList<DecayShell> shells = SpatialDecay.Of(reference.Configuration, reference.Mode("pi4"), 6);
        Assert.That(shells[^1].MedianMagnitude, Is.LessThan(0.1 * shells[0].MedianMagnitude));
    }

    [Test]
    public void Wrong_lengths_are_refused()
    {
        ReferenceCase reference = ReferenceCase.Load("b04");
        Assert.That(() => ModePlace.Of(reference.Configuration, [1, 2]), Throws.ArgumentException.With.Message.Contains("2 numbers"));
        Assert.That(() => SpatialDecay.Of(reference.Configuration, reference.Mode("pi4"), 0), Throws.ArgumentException);
    }
}
