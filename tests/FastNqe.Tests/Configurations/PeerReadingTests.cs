using System.Globalization;

namespace FastNqe.Tests;

/// <summary>ASE and LAMMPS read what is written here to the same doubles, and what LAMMPS writes is read here.</summary>
public sealed class PeerReadingTests
{
    // Prints positions, cell and, where the format has them, radii; repr gives digits that read back to the same double.
    private const string AseScript = """
        import sys, ase.io
        name, form = sys.argv[1:3]
        options = dict(style='atomic', sort_by_id=True) if form == 'lammps-data' else {}
        atoms = ase.io.read(name, format=form, **options)
        for row in atoms.get_positions().tolist():
            print('position', *[repr(x) for x in row])
        for row in atoms.cell.array.tolist():
            print('cell', *[repr(x) for x in row])
        if 'lambda' in atoms.arrays:
            print('lambda', *[repr(x) for x in atoms.arrays['lambda'].tolist()])
        print('pbc', *[int(x) for x in atoms.pbc])
        print('symbols', *atoms.get_chemical_symbols())
        for key, value in atoms.info.items():
            print('info', key, value)
        """;

    [Test]
    public void ASE_reads_extended_XYZ_to_the_same_doubles([Values(2, 3)] int dimension, [Values] bool isTilted)
    {
        Configuration configuration = Samples.Make(dimension, isTilted, SampleSizes.Polydisperse);

        ILookup<string, string> read = ReadWithAse(configuration, "sample.xyz", "extxyz");

        Assert.That(Positions(read), Is.EqualTo(InSpace(configuration)));
        Assert.That(Numbers(read["cell"]), Is.EqualTo(CellRows.Of(configuration.Box)));
        Assert.That(Numbers(read["lambda"]), Is.EqualTo(configuration.Diameters.ToArray()));
        Assert.That(read["pbc"], Is.EqualTo(new[] { dimension == 2 ? "1 1 0" : "1 1 1" }));
        Assert.That(read["symbols"].Single().Split(' '), Is.EqualTo(configuration.Types.ToArray().Select(type => configuration.TypeNames[type])));
        Assert.That(read["info"], Does.Contain("model ipl-3d").And.Contain("made_by a b = \"c\" \\ d, [e]"));
    }

    // Atom style sphere, for polydisperse samples, is unknown to ASE; LAMMPS reads it below.
    [Test]
    public void ASE_reads_LAMMPS_data_to_the_same_doubles([Values(2, 3)] int dimension)
    {
        Configuration configuration = Samples.Make(dimension);

        Assert.That(Positions(ReadWithAse(configuration, "sample.data", "lammps-data")), Is.EqualTo(InSpace(configuration)));
    }

    [Test]
    public void ASE_reads_LAMMPS_dumps_to_the_same_doubles([Values(2, 3)] int dimension, [Values] bool isTilted)
    {
        Configuration configuration = Samples.Make(dimension, isTilted);

        ILookup<string, string> read = ReadWithAse(configuration, "sample.dump", "lammps-dump-text");

        Assert.That(Positions(read), Is.EqualTo(InSpace(configuration)));
        Assert.That(read["symbols"].Single().Split(' '), Is.EqualTo(configuration.Types.ToArray().Select(type => configuration.TypeNames[type])));
    }

    [Test]
    public void LAMMPS_reads_data_files_and_its_own_files_are_read_back(
        [Values(2, 3)] int dimension, [Values] bool isTilted, [Values(SampleSizes.ByType, SampleSizes.Polydisperse)] SampleSizes sizes)
    {
        string lammps = Peers.Lammps;
        using TemporaryFolder folder = new();
        ReferenceCase reference = ReferenceCase.Load(dimension == 2 ? "a03" : "a06");
        Configuration configuration = Inside(reference.Configuration, isTilted, sizes);
        configuration.Write(folder.File("in.data"));
        string style = sizes == SampleSizes.Polydisperse ? "sphere" : "atomic";
        File.WriteAllText(folder.File("script"), $"""
            units lj
            dimension {dimension}
            atom_style {style}
            read_data {folder.File("in.data")}
            {(style == "sphere" ? "" : "mass * 1")}
            pair_style zero 1.0
            pair_coeff * *
            dump all all custom 1 {folder.File("out.dump")} id type {(style == "sphere" ? "diameter " : "")}x y z
            dump_modify all format float %.17g sort id
            dump scaled all custom 1 {folder.File("scaled.dump")} id type xs ys zs
            dump_modify scaled format float %.17g
            run 0
            write_data {folder.File("out.data")}
            """);

        Peers.Run(lammps, "-in", folder.File("script"), "-log", "none", "-screen", "none");

        // In a tilted box LAMMPS takes positions through fractions of the lattice vectors, which costs last bits.
        double tolerance = isTilted ? 1e-14 : 0;
        Configuration dump = Configuration.Read(folder.File("out.dump"));
        AssertPositions(dump, configuration, tolerance);
        Assert.That(dump.Types.ToArray(), Is.EqualTo(configuration.Types.ToArray()));
        AssertBox(dump.Box, configuration.Box);
        if (style == "sphere")
            Assert.That(dump.Diameters.ToArray(), Is.EqualTo(configuration.Diameters.ToArray()));
        AssertPositions(Configuration.Read(folder.File("scaled.dump")), configuration, 1e-14);
        Configuration data = Configuration.Read(folder.File("out.data"));
        AssertPositions(data, configuration, tolerance);
        AssertBox(data.Box, configuration.Box);
    }

    // LAMMPS wraps what is outside of the box, which costs bits.
    private static Configuration Inside(Configuration source, bool isTilted, SampleSizes sizes)
    {
        int d = source.Dimension;
        double[] lengths = [.. Enumerable.Range(0, d).Select(source.Box.Length)];
        Box box = isTilted ? Box.Tilted(lengths, 0.3, d == 3 ? -0.2 : 0, d == 3 ? 0.1 : 0) : source.Box;
        double[] positions = source.Positions.ToArray();
        for (int i = 0; i < source.ParticleCount; i++)
            box.Wrap(positions.AsSpan(d * i, d));
        double[] diameters = [.. Enumerable.Range(0, source.ParticleCount).Select(i => sizes == SampleSizes.Polydisperse ? 1 + 1.0 / (i + 3) : source.Types[i] + 1)];
        return new Configuration(box, positions, diameters, source.Types, source.TypeNames);
    }

    // Up to lattice vectors: LAMMPS moves particles into the tilted cell.
    private static void AssertPositions(Configuration actual, Configuration expected, double tolerance)
    {
        int d = expected.Dimension;
        Assert.That(actual.Positions.Length, Is.EqualTo(expected.Positions.Length));
        double[] difference = [.. actual.Positions.ToArray().Zip(expected.Positions.ToArray(), (x, y) => x - y)];
        for (int i = 0; i < expected.ParticleCount; i++)
            expected.Box.MinimumImage(difference.AsSpan(d * i, d));
        Assert.That(difference, Is.All.Zero.Within(tolerance));
    }

    private static void AssertBox(Box actual, Box expected)
    {
        Assert.That(actual.Dimension, Is.EqualTo(expected.Dimension));
        for (int axis = 0; axis < expected.Dimension; axis++)
            Assert.That(actual.Length(axis), Is.EqualTo(expected.Length(axis)).Within(1e-14 * expected.Length(axis)));
        Assert.That(actual.XY, Is.EqualTo(expected.XY));
        Assert.That(actual.XZ, Is.EqualTo(expected.XZ));
        Assert.That(actual.YZ, Is.EqualTo(expected.YZ));
    }

    private static ILookup<string, string> ReadWithAse(Configuration configuration, string file, string format)
    {
        string python = Peers.Ase;
        using TemporaryFolder folder = new();
        configuration.Write(folder.File(file));
        return Peers.Run(python, "-c", AseScript, folder.File(file), format)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).ToLookup(line => line.Split(' ')[0], line => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
    }

    private static double[] Positions(ILookup<string, string> read) => Numbers(read["position"]);

    private static double[] Numbers(IEnumerable<string> lines) =>
        [.. lines.SelectMany(line => line.Split(' ')).Select(word => double.Parse(word, CultureInfo.InvariantCulture))];

    // Three coordinates per particle, as ASE has them.
    private static double[] InSpace(Configuration configuration) =>
        [.. configuration.Positions.ToArray().Chunk(configuration.Dimension).SelectMany(point => point.Append(0).Take(3))];
}
