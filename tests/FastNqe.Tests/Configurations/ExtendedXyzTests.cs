namespace FastNqe.Tests;

/// <summary>The variants of extended XYZ that others write, and files of modes.</summary>
public sealed class ExtendedXyzTests
{
    [Test]
    public void The_written_text_is_what_OVITO_and_ASE_expect()
    {
        using TemporaryFolder folder = new();
        new Configuration(Box.Tilted([4, 5], 0.5, 0, 0), [0.1, 2, 3, 4], [1, 1.4], [0, 1], properties: new Dictionary<string, string> { ["model"] = "ipl-2d" })
            .Write(folder.File("a.xyz"));

        Assert.That(File.ReadAllLines(folder.File("a.xyz")), Is.EqualTo(new[]
        {
            "2",
            "Lattice=\"4 0 0 0.5 5 0 0 0 1\" Properties=id:I:1:species:S:1:pos:R:3:radius:R:1:lambda:R:1 pbc=\"T T F\" dimension=2 model=ipl-2d",
            "1 Ar 0.10000000000000001 2 0 0.5 1",
            "2 Kr 3 4 0 0.69999999999999996 1.3999999999999999",
        }));
    }

    [Test]
    public void Columns_may_stand_in_any_order_and_ids_order_the_particles()
    {
        Configuration read = Read("""
            3
            energy=-1.5 pbc="T T T" Properties=radius:R:1:mass:R:1:pos:R:3:tag:L:2:id:I:1:species:S:1 Lattice="9 0 0 0 8 0 0 0 7" note='a "b"' converged
            0.7 1 1 2 3 T F 30 Kr
            0.5 1 4 5 6 T F 10 Ar

            """.Replace("0.5 1 4 5 6 T F 10 Ar\n", "0.5 1 4 5 6 T F 10 Ar\n0.6 1 7 8 9 T T 20 Kr\n"));

        Assert.That(read.Positions.ToArray(), Is.EqualTo(new double[] { 4, 5, 6, 7, 8, 9, 1, 2, 3 }));
        Assert.That(read.Diameters.ToArray(), Is.EqualTo(new[] { 1, 1.2, 1.4 }));
        Assert.That(read.Types.ToArray(), Is.EqualTo(new[] { 0, 1, 1 }));
        Assert.That(read.Box, Is.EqualTo(Box.Orthogonal([9, 8, 7])));
        Assert.That(read.Properties, Is.EquivalentTo(new Dictionary<string, string> { ["energy"] = "-1.5", ["note"] = "a \"b\"", ["converged"] = "T" }));
    }

    [Test]
    public void Lambda_wins_over_radius_and_without_both_diameters_are_unknown()
    {
        Configuration both = Read("1\nLattice=\"5 0 0 0 5 0 0 0 5\" Properties=pos:R:3:radius:R:1:lambda:R:1\n1 2 3 9 1.4\n");
        Configuration none = Read("1\nLattice=\"5 0 0 0 5 0 0 0 5\" Properties=pos:R:3\n1 2 3\n");

        Assert.That(both.Diameters.ToArray(), Is.EqualTo(new[] { 1.4 }));
        Assert.That(none.Diameters.IsEmpty);
        Assert.That(none.TypeNames, Is.EqualTo(new[] { "Ar" }));
    }

    [Test]
    public void Without_Properties_columns_are_species_and_position()
    {
        Configuration read = Read("2\nLattice=\"5 0 0 0 5 0 0 0 5\"\nKr 1 2 3\nKr 4 5 6\n");

        Assert.That(read.Positions.ToArray(), Is.EqualTo(new double[] { 1, 2, 3, 4, 5, 6 }));
        Assert.That(read.Types.ToArray(), Is.EqualTo(new[] { 1, 1 }), "krypton is the large species also where there is no argon");
    }

    [TestCase("T T F", 2)]
    [TestCase("T T T", 3)]
    public void The_dimension_follows_from_pbc(string pbc, int dimension)
    {
        Configuration read = Read($"2\nLattice=\"5 0 0 1 5 0 0 0 1\" pbc=\"{pbc}\" Properties=pos:R:3\n1 2 0.25\n4 5 0.25\n");

        Assert.That(read.Dimension, Is.EqualTo(dimension));
        Assert.That(read.Box.XY, Is.EqualTo(1));
    }

    [Test]
    public void Modes_are_frames_with_a_displacement_column([Values(2, 3)] int dimension)
    {
        using TemporaryFolder folder = new();
        Configuration configuration = Samples.Make(dimension);
        Random random = new(1);
        double[][] modes = [.. Enumerable.Range(0, 3).Select(_ => Enumerable.Range(0, configuration.Positions.Length).Select(_ => random.NextDouble() - 0.5).ToArray())];

        ExtendedXyz.WriteModes(folder.File("modes.xyz"), configuration, modes.Select((mode, k) =>
            ((IReadOnlyDictionary<string, string>)new Dictionary<string, string> { ["mode"] = $"{k}", ["stiffness"] = "0.5" }, (ReadOnlyMemory<double>)mode)));
        ExtendedXyzFrame[] frames = [.. ExtendedXyz.ReadFrames(folder.File("modes.xyz"))];

        Assert.That(frames, Has.Length.EqualTo(3));
        for (int k = 0; k < 3; k++)
        {
            Samples.AssertSame(frames[k].Configuration, configuration.WithProperties([new("mode", $"{k}"), new("stiffness", "0.5")]));
            Assert.That(frames[k].Vectors(ExtendedXyz.Displacement), Is.EqualTo(modes[k]));
        }
        Samples.AssertSame(Configuration.Read(folder.File("modes.xyz")), frames[0].Configuration);
        Assert.That(File.ReadLines(folder.File("modes.xyz")).ElementAt(1), Does.Contain(":displacement:R:3 "));
        Assert.Throws<ArgumentException>(() => frames[0].Vectors("force"));
    }

    [Test]
    public void Fields_are_put_in_the_order_of_the_ids()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("a.xyz", "2\nLattice=\"5 0 0 0 5 0 0 0 5\" Properties=id:I:1:pos:R:3:force:R:3:charge:R:1\n2 1 1 1 4 5 6 -1\n1 2 2 2 1 2 3 0.5\n");

        ExtendedXyzFrame frame = ExtendedXyz.ReadFrames(path).Single();

        Assert.That(frame.Vectors("force"), Is.EqualTo(new double[] { 1, 2, 3, 4, 5, 6 }));
        Assert.That(frame.Fields["charge"], Is.EqualTo(new[] { 0.5, -1 }));
    }

    [Test]
    public void A_mode_of_the_wrong_length_leaves_no_file()
    {
        using TemporaryFolder folder = new();

        ArgumentException error = Assert.Throws<ArgumentException>(() => ExtendedXyz.WriteModes(
            folder.File("modes.xyz"), Samples.Make(3), [(new Dictionary<string, string>(), new double[59])]));

        Assert.That(error.Message, Does.Contain("59").And.Contain("60"));
        Assert.That(Directory.GetFiles(folder.Path), Is.Empty);
    }

    private static Configuration Read(string text)
    {
        using TemporaryFolder folder = new();
        return Configuration.Read(folder.File("a.xyz", text));
    }
}
