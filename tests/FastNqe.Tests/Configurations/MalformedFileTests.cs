namespace FastNqe.Tests;

/// <summary>A file that is damaged is refused with the file, the line, what stands there and what was expected.</summary>
public sealed class MalformedFileTests
{
    private const string Xyz = "2\nLattice=\"5 0 0 0 5 0 0 0 5\" Properties=id:I:1:species:S:1:pos:R:3:lambda:R:1 pbc=\"T T T\"\n1 Ar 1 2 3 1\n2 Kr 4 5 6 1.4\n";
    private const string Plain = "# dimension 4\n# N 2\n# L 5\n# columns id species lambda x y z w\n1 Ar 1 1 2 3 4\n2 Kr 1.4 4 5 6 7\n";
    private const string Data = "title\n\n2 atoms\n2 atom types\n\n0 5 xlo xhi\n0 5 ylo yhi\n0 5 zlo zhi\n\nAtoms # sphere\n\n1 1 1 2 1 2 3\n2 2 1.4 2 4 5 6\n";
    private const string Dump = "ITEM: TIMESTEP\n0\nITEM: NUMBER OF ATOMS\n2\nITEM: BOX BOUNDS pp pp pp\n0 5\n0 5\n0 5\nITEM: ATOMS id type diameter x y z\n1 1 1 1 2 3\n2 2 1.4 4 5 6\n";

    private static readonly string[] Files = [Xyz, Plain, Data, Dump];

    [TestCase(Xyz, "4 5 6", "4 nan 6", 4, "field 4, pos y, is \"nan\"; expected a finite number")]
    [TestCase(Xyz, "4 5 6", "4 inf 6", 4, "expected a finite number")]
    [TestCase(Xyz, "4 5 6", "4 1e999 6", 4, "expected a finite number")]
    [TestCase(Xyz, "4 5 6", "4 5,5 6", 4, "\"5,5\"")]
    [TestCase(Xyz, "6 1.4", "6 0", 4, "lambda, is \"0\"; expected a positive number")]
    [TestCase(Xyz, "6 1.4", "6 -1.4", 4, "lambda, is \"-1.4\"; expected a positive number")]
    [TestCase(Xyz, "6 1.4", "6", 4, "the line ends before field 6; expected lambda")]
    [TestCase(Xyz, "6 1.4", "6 1.4 7", 4, "field 7 is \"7\"; expected the line to end after 6 fields")]
    [TestCase(Xyz, "2 Kr", "1 Kr", 4, "id 1 stands twice")]
    [TestCase(Xyz, "2 Kr", "x Kr", 4, "id, is \"x\"; expected a whole number")]
    [TestCase(Xyz, "2 Kr 4 5 6 1.4\n", "2 Kr 4 5 6 1.4\n3 Kr 1 1 1 1.4\n", 5, "expected the line to end after the number of particles", TestName = "More rows than particles")]
    [TestCase(Xyz, "2\nLat", "3\nLat", 4, "the file ends here; expected 3 particles, but there are 2")]
    [TestCase(Xyz, "2\nLat", "1000000000\nLat", 1, "expected a whole number from 1 to", TestName = "A count that no memory holds")]
    [TestCase(Xyz, "2\nLat", "0\nLat", 1, "the number of particles, is \"0\"")]
    [TestCase(Xyz, "2\nLat", "-2\nLat", 1, "the number of particles, is \"-2\"")]
    [TestCase(Xyz, "Lattice=\"5 0 0 0 5 0 0 0 5\"", "", 2, "there is no Lattice")]
    [TestCase(Xyz, "5 0 0 0 5 0 0 0 5", "5 0 0 0 5 0 0 0", 2, "expected nine finite numbers")]
    [TestCase(Xyz, "5 0 0 0 5 0 0 0 5", "5 1 0 0 5 0 0 0 5", 2, "expected a = (Lx 0 0), b = (xy Ly 0), c = (xz yz Lz)")]
    [TestCase(Xyz, "5 0 0 0 5 0 0 0 5", "5 0 0 0 -5 0 0 0 5", 2, "box length 1 is -5")]
    [TestCase(Xyz, "T T T\"", "T T T", 2, "a quote is not closed", TestName = "A quote that is not closed")]
    [TestCase(Xyz, "T T T", "T F T", 2, "pbc is \"T F T\"; expected \"T T T\", or \"T T F\"")]
    [TestCase(Xyz, "pbc=\"T T T\"", "pbc=\"T T T\" dimension=2", 2, "dimension is 2")]
    [TestCase(Xyz, "T T T", "T T F", 4, "the z of the particles differ")]
    [TestCase(Xyz, "pos:R:3", "pos:R:x", 2, "expected name:type:count")]
    [TestCase(Xyz, "pos:R:3", "position:R:3", 2, "no column pos:R:3")]
    [TestCase(Xyz, "pbc=", "type_names=\"Ar Xe\" pbc=", 3, "species Kr is not in type_names")]
    [TestCase(Plain, "5 6 7", "5 nan 7", 6, "field 6, z, is \"nan\"; expected a finite number")]
    [TestCase(Plain, "Kr 1.4", "Kr 0", 6, "lambda, is \"0\"; expected a positive number")]
    [TestCase(Plain, "# N 2", "# N 3", 6, "expected 3 particles, but there are 2")]
    [TestCase(Plain, "# N 2", "# N 1", 6, "after 1 particles; expected the end of the file")]
    [TestCase(Plain, "# N 2\n", "", 3, "without \"# N ...\"")]
    [TestCase(Plain, "# dimension 4", "# dimension 5", 4, "dimension, is \"5\"; expected a whole number from 2 to 4")]
    [TestCase(Plain, "# L 5", "# L 5 5", 4, "L has 2 numbers")]
    [TestCase(Plain, "# L 5", "# L 0", 4, "box length 0 is 0")]
    [TestCase(Plain, "# L 5", "# L 5\n# tilt 1 0 0", 5, "in 4 dimensions none can differ from zero")]
    [TestCase(Plain, "# L 5", "# L 5\n# periodic x y z", 5, "expected \"x y z w\"")]
    [TestCase(Plain, "x y z w", "x y z", 4, "expected a column w once")]
    [TestCase(Data, "4 5 6", "4 nan 6", 13, "y, is \"nan\"; expected a finite number")]
    [TestCase(Data, "1.4", "-1.4", 13, "diameter, is \"-1.4\"; expected a positive number")]
    [TestCase(Data, "2 2 1.4", "2 3 1.4", 13, "type, is \"3\"; expected a whole number from 1 to 2")]
    [TestCase(Data, "2 atoms", "3 atoms", 13, "expected 3 particles, but there are 2")]
    [TestCase(Data, "2 atoms", "1 atoms", 13, "after 1 atoms; expected the end of the section")]
    [TestCase(Data, "0 5 zlo zhi\n", "", 9, "the header is not complete here")]
    [TestCase(Data, "# sphere", "# full", 10, "the atom style is full; expected atomic or sphere")]
    [TestCase(Data, "Atoms # sphere\n\n", "Atoms # sphere\n", 11, "expected a blank line after Atoms")]
    [TestCase(Data, "Atoms # sphere\n\n1 1 1 2 1 2 3", "Atoms\n\n1 1 1 2 1 2", 12, "the line has 6 fields")]
    [TestCase(Data, "0 5 xlo", "5 0 xlo", 13, "box length 0 is -5")]
    [TestCase(Dump, "4 5 6", "4 nan 6", 11, "y, is \"nan\"; expected a finite number")]
    [TestCase(Dump, "1.4", "0", 11, "diameter, is \"0\"; expected a positive number")]
    [TestCase(Dump, "2 2 1.4", "2 0 1.4", 11, "type, is \"0\"")]
    [TestCase(Dump, "ATOMS\n2", "ATOMS\n3", 11, "expected 3 particles, but there are 2")]
    [TestCase(Dump, "ATOMS\n2", "ATOMS\n1", 11, "expected ITEM: TIMESTEP")]
    [TestCase(Dump, "pp pp pp", "pp ff pp", 5, "a boundary of the box is \"ff\"; expected pp, periodic")]
    [TestCase(Dump, "x y z", "vx vy vz", 9, "expected x y z, xu yu zu")]
    [TestCase(Dump, "ITEM: BOX BOUNDS pp pp pp\n0 5\n0 5\n0 5\n", "", 5, "expected ITEM: BOX BOUNDS before")]
    [TestCase(Dump, "ITEM: NUMBER OF ATOMS\n2\n", "", 7, "expected ITEM: NUMBER OF ATOMS before")]
    [TestCase("", "", "", 1, "the file is empty")]
    [TestCase("x", "x", "\n\nsome text", 3, "the file begins with \"some\"; expected extended XYZ")]
    public void The_message_has_file_and_line_and_what_was_expected(string content, string good, string bad, int line, string message)
    {
        using TemporaryFolder folder = new();
        string path = folder.File("a.txt", good.Length > 0 ? content.Replace(good, bad, StringComparison.Ordinal) : content);

        ConfigurationFormatException error = Assert.Throws<ConfigurationFormatException>(() => Configuration.Read(path));

        Assert.That(error.Message, Does.StartWith($"{path}:{line}: ").And.Contain(message));
        Assert.That(error.Line, Is.EqualTo(line));
        Assert.That(error.Path, Is.EqualTo(path));
    }

    [TestCaseSource(nameof(Files))]
    public void A_file_cut_after_any_line_or_field_is_refused(string content)
    {
        using TemporaryFolder folder = new();
        string whole = content.TrimEnd('\n');
        Assert.DoesNotThrow(() => Configuration.Read(folder.File("whole", whole)));
        for (int length = 0; length < whole.Length; length++)
            if (whole[length] is ' ' or '\n')
                Assert.Throws<ConfigurationFormatException>(() => Configuration.Read(folder.File("cut", whole[..length])), $"cut to {length}");
    }

    [TestCaseSource(nameof(Files))]
    public void Whatever_is_in_a_file_only_format_errors_come_out(string content)
    {
        using TemporaryFolder folder = new();
        Random random = new(11);
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(content);
        for (int trial = 0; trial < 400; trial++)
        {
            byte[] damaged = [.. bytes];
            for (int k = random.Next(1, 4); k > 0; k--)
                damaged[random.Next(damaged.Length)] = random.Next(3) == 0 ? (byte)random.Next(256) : bytes[random.Next(bytes.Length)];
            File.WriteAllBytes(folder.File("damaged"), damaged);
            try
            {
                Configuration.Read(folder.File("damaged"));
            }
            catch (ConfigurationFormatException error)
            {
                Assert.That(error.Line, Is.InRange(1, content.Length));
            }
        }
    }

    [Test]
    public void A_binary_file_is_refused()
    {
        using TemporaryFolder folder = new();
        byte[] bytes = new byte[100_000];
        new Random(5).NextBytes(bytes);
        File.WriteAllBytes(folder.File("binary"), bytes);

        Assert.Throws<ConfigurationFormatException>(() => Configuration.Read(folder.File("binary")));
    }

    [Test]
    public void A_missing_file_or_a_folder_is_an_input_output_error()
    {
        using TemporaryFolder folder = new();

        Assert.Throws<FileNotFoundException>(() => Configuration.Read(folder.File("none.xyz")));
        Assert.That(Assert.Throws<IOException>(() => Configuration.Read(folder.Path)).Message, Does.Contain(folder.Path));
    }
}
