namespace FastNqe.Tests;

public sealed class ConfigurationTests
{
    private static readonly Box Box = Box.Cubic(3, 5);

    [Test]
    public void Nothing_of_the_callers_memory_is_kept()
    {
        double[] positions = [1, 2, 3], diameters = [1];
        Configuration configuration = new(Box, positions, diameters);
        (positions[0], diameters[0]) = (9, 9);

        Assert.That(configuration.Positions.ToArray(), Is.EqualTo(new double[] { 1, 2, 3 }));
        Assert.That(configuration.Diameters.ToArray(), Is.EqualTo(new double[] { 1 }));
        Assert.That(configuration.NumberDensity, Is.EqualTo(1 / 125.0));
    }

    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void Positions_that_are_no_numbers_are_refused(double bad)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => _ = new Configuration(Box, [1, 2, 3, 4, bad, 6]));

        Assert.That(error.Message, Does.Contain($"coordinate 1 of particle 2 is {bad}; expected a finite number"));
    }

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void Diameters_that_are_not_positive_are_refused(double bad)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => _ = new Configuration(Box, [1, 2, 3, 4, 5, 6], [1, bad]));

        Assert.That(error.Message, Does.Contain($"diameter of particle 2 is {bad}; expected a positive finite number"));
    }

    [Test]
    public void Lengths_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentException>(() => _ = new Configuration(Box, []));
        Assert.Throws<ArgumentException>(() => _ = new Configuration(Box, [1, 2, 3, 4]));
        Assert.Throws<ArgumentException>(() => _ = new Configuration(Box, [1, 2, 3], [1, 1]));
        Assert.Throws<ArgumentException>(() => _ = new Configuration(Box, [1, 2, 3], [1], [0, 0]));
        Assert.Throws<ArgumentException>(() => _ = new Configuration(Box, [1, 2, 3], [1], [-1]));
        Assert.Throws<ArgumentException>(() => _ = new Configuration(Box, [1, 2, 3], [1], [1], ["Ar"]));
        Assert.Throws<ArgumentException>(() => _ = new Configuration(default, [1, 2, 3]));
    }

    [Test]
    public void What_changes_gives_a_new_configuration_with_the_rest_unchanged()
    {
        Configuration first = Samples.Make(3);
        double[] moved = [.. first.Positions.ToArray().Select(x => x + 1)];

        Configuration second = first.WithPositions(moved).WithProperties([new("seed", "2"), new("new", "x")]);

        Assert.That(second.Positions.ToArray(), Is.EqualTo(moved));
        Assert.That(second.Diameters.ToArray(), Is.EqualTo(first.Diameters.ToArray()));
        Assert.That(second.TypeNames, Is.EqualTo(first.TypeNames));
        Assert.That(second.Properties["seed"], Is.EqualTo("2"));
        Assert.That(second.Properties["model"], Is.EqualTo("ipl-3d"));
        Assert.That(first.Properties["seed"], Is.EqualTo("1"));
        Assert.That(first.WithDiameters(default).Diameters.IsEmpty);
        Assert.That(first.WithPositions(Box.Cubic(3, 20), moved).Box.Length(0), Is.EqualTo(20));
    }

    [Test]
    public void Types_without_names_are_rare_gases_by_size() =>
        Assert.That(new Configuration(Box, [1, 2, 3], types: [5]).TypeNames, Is.EqualTo(new[] { "Ar", "Kr", "Xe", "Rn", "X4", "X5" }));
}
