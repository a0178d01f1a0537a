namespace FastNqe.Tests;

public sealed class DirectionFileTests
{
    [Test]
    public void A_direction_comes_back_with_the_same_bits()
    {
        using TemporaryFolder folder = new();
        double[] direction = Samples.Make(3).Positions.ToArray();

        DirectionFile.Write(folder.File("z.txt"), direction, 3, "a mode\nof two lines");

        Assert.That(Samples.Bits(DirectionFile.Read(folder.File("z.txt"), 20, 3)), Is.EqualTo(Samples.Bits(direction)));
        Assert.That(File.ReadLines(folder.File("z.txt")).First(), Is.EqualTo("# a mode of two lines"));
    }

    [Test]
    public void Comments_and_blank_lines_are_passed_over()
    {
        using TemporaryFolder folder = new();

        Assert.That(DirectionFile.Read(folder.File("z", "# head\n\n1 2\n  # more\n3 4"), 2, 2), Is.EqualTo(new double[] { 1, 2, 3, 4 }));
    }

    [TestCase("1 2 3\n4 5 6\n", 2, "expected 3 rows, one per particle, but there are 2")]
    [TestCase("1 2 3\n4 5 6\n7 8 9\n1 1 1\n", 4, "more than 3 rows")]
    [TestCase("1 2 3\n4 5\n7 8 9\n", 2, "expected component 3 of particle 2")]
    [TestCase("1 2 3\n4 5 6 7\n7 8 9\n", 2, "expected the line to end after 3 numbers")]
    [TestCase("# head\n1 2 3\n4 five 6\n7 8 9\n", 3, "component 2 of particle 2, is \"five\"; expected a finite number")]
    [TestCase("1 2 3\n4 5 6\n7 8 NaN\n", 3, "component 3 of particle 3, is \"NaN\"; expected a finite number")]
    [TestCase("", 1, "expected 3 rows")]
    public void A_malformed_direction_is_refused_with_its_line(string content, int line, string message)
    {
        using TemporaryFolder folder = new();
        string path = folder.File("z.txt", content);

        ConfigurationFormatException error = Assert.Throws<ConfigurationFormatException>(() => DirectionFile.Read(path, 3, 3));

        Assert.That(error.Message, Does.StartWith($"{path}:{line}: ").And.Contain(message));
    }

    [Test]
    public void A_length_that_does_not_fit_the_dimension_is_refused() =>
        Assert.Throws<ArgumentException>(() => DirectionFile.Write("never", new double[7], 3));
}
