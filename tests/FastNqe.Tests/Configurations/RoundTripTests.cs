namespace FastNqe.Tests;

/// <summary>What is written reads back to the same bits, in every format that can hold it.</summary>
public sealed class RoundTripTests
{
    private static readonly string[] SpatialEndings = [".xyz", ".extxyz", ".data", ".lmp", ".dump", ".lammpstrj", ".txt", ".conf"];

    [Test]
    public void Configurations_come_back_with_the_same_bits(
        [ValueSource(nameof(SpatialEndings))] string ending, [Values(2, 3)] int dimension, [Values] bool isTilted, [Values] SampleSizes sizes)
    {
        Configuration written = Samples.Make(dimension, isTilted, sizes);

        Configuration read = WriteAndRead(written, "sample" + ending);

        bool keepsProperties = ending is not (".data" or ".lmp" or ".dump" or ".lammpstrj");
        Samples.AssertSame(read, written, keepsProperties);
    }

    [Test]
    public void Four_dimensions_come_back_with_the_same_bits([Values(".txt", ".conf")] string ending, [Values] SampleSizes sizes)
    {
        Configuration written = Samples.Make(4, isTilted: false, sizes);

        Samples.AssertSame(WriteAndRead(written, "sample" + ending), written);
    }

    [TestCase("Si", "O")]
    [TestCase("B", "A")]
    [TestCase("2", "10")]
    [TestCase("10", "2")]
    [TestCase("Kr", "Ar")]
    [TestCase("Ar", "Kr", "Xe", "unused")]
    public void Type_numbers_and_names_come_back(params string[] names)
    {
        Configuration written = Samples.Make(3, typeNames: names);

        Samples.AssertSame(WriteAndRead(written, "sample.xyz"), written);
        Samples.AssertSame(WriteAndRead(written, "sample.txt"), written);
        Samples.AssertSame(WriteAndRead(written, "sample.data"), written, withProperties: false);
    }

    [TestCase(".xyz")]
    [TestCase(".txt")]
    public void Provenance_with_every_sign_comes_back(string ending)
    {
        Dictionary<string, string> properties = new()
        {
            ["plain"] = "word",
            ["empty"] = "",
            ["a key"] = "with blanks",
            ["quotes"] = "\"double\" and 'single'",
            ["lines"] = "one\ntwo\r\nthree",
            ["backslash"] = "\\n is no new line",
            ["brackets"] = "{[a=b]}",
            ["outer blanks"] = "  kept\t",
            ["words"] = "λ = 1.4 é",
        };
        Configuration written = new(Box.Cubic(3, 5), [1, 2, 3], properties: properties);

        Samples.AssertSame(WriteAndRead(written, "sample" + ending), written);
    }

    [Test]
    public void Sides_come_back_from_the_bounds_of_dumps_for_tilts_up_to_the_side()
    {
        Random random = new(3);
        for (int trial = 0; trial < 2000; trial++)
        {
            double[] lengths = [1 + 9 * random.NextDouble(), 1 + 9 * random.NextDouble(), 1 + 9 * random.NextDouble()];
            double Tilt(int axis) => lengths[axis] * (2 * random.NextDouble() - 1) * (trial % 4) / 3;
            Box box = Box.Tilted(lengths, Tilt(0), Tilt(0), Tilt(1));

            (double[] below, double[] above) = LammpsCell.Overhang(box.XY, box.XZ, box.YZ);
            for (int axis = 0; axis < 3; axis++)
            {
                (double low, double high) = LammpsCell.BoundingInterval(lengths[axis], below[axis], above[axis]);
                Assert.That(high - above[axis] - (low - below[axis]), Is.EqualTo(lengths[axis]));
                Assert.That(low - below[axis], Is.Zero.Within(1e-13));
            }
        }
    }

    [TestCaseSource(typeof(ReferenceCase), nameof(ReferenceCase.All))]
    public void Reference_configurations_pass_through_every_format(string name)
    {
        ReferenceCase reference = ReferenceCase.Load(name);
        Configuration original = reference.Configuration;
        foreach (string ending in original.Dimension == 4 ? [".txt"] : SpatialEndings)
            Samples.AssertSame(WriteAndRead(original, "sample" + ending), original, withProperties: ending is ".xyz" or ".txt");
    }

    [Test]
    public void The_format_is_told_by_the_content_not_by_the_name()
    {
        using TemporaryFolder folder = new();
        Configuration written = Samples.Make(2);
        foreach (string ending in SpatialEndings)
        {
            written.Write(folder.File("sample" + ending));
            File.Move(folder.File("sample" + ending), folder.File("unknown"), overwrite: true);
            Samples.AssertSame(Configuration.Read(folder.File("unknown")), written, withProperties: false);
        }
    }

    [Test]
    public void A_file_with_foreign_line_ends_and_a_byte_order_mark_is_read()
    {
        using TemporaryFolder folder = new();
        Configuration written = Samples.Make(3);
        foreach (string ending in SpatialEndings)
        {
            string path = folder.File("sample" + ending);
            written.Write(path);
            File.WriteAllText(path, "\uFEFF" + File.ReadAllText(path).ReplaceLineEndings("\r\n"));
            Samples.AssertSame(Configuration.Read(path), written, withProperties: false);
        }
    }

    [TestCase("sample.xyz")]
    [TestCase("sample.data")]
    [TestCase("sample.dump")]
    public void Four_dimensions_are_refused_where_there_is_no_fourth_coordinate(string file)
    {
        using TemporaryFolder folder = new();

        ArgumentException error = Assert.Throws<ArgumentException>(() => Samples.Make(4).Write(folder.File(file)));

        Assert.That(error.Message, Does.Contain("fourth coordinate").And.Contain("*.txt"));
        Assert.That(Directory.GetFiles(folder.Path), Is.Empty);
    }

    [Test]
    public void An_unknown_ending_is_refused()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => Samples.Make(3).Write("sample.pdb"));

        Assert.That(error.Message, Does.Contain("sample.pdb").And.Contain(".lammpstrj"));
    }

    [TestCase("Lattice")]
    [TestCase("pbc")]
    [TestCase("")]
    public void Property_keys_with_a_meaning_of_their_own_are_refused(string key)
    {
        using TemporaryFolder folder = new();
        Configuration configuration = Samples.Make(3).WithProperties([new(key, "x")]);

        Assert.Throws<ArgumentException>(() => configuration.Write(folder.File("sample.xyz")));
        Assert.That(Directory.GetFiles(folder.Path), Is.Empty);
    }

    [TestCase("two words")]
    [TestCase("")]
    [TestCase("Ar")]
    public void Type_names_that_cannot_be_fields_are_refused(string name)
    {
        using TemporaryFolder folder = new();
        Configuration configuration = Samples.Make(3, typeNames: ["Ar", name]);
        foreach (string ending in SpatialEndings)
            Assert.Throws<ArgumentException>(() => configuration.Write(folder.File("sample" + ending)));
        Assert.That(Directory.GetFiles(folder.Path), Is.Empty);
    }

    private static Configuration WriteAndRead(Configuration configuration, string name)
    {
        using TemporaryFolder folder = new();
        configuration.Write(folder.File(name));
        return Configuration.Read(folder.File(name));
    }
}
