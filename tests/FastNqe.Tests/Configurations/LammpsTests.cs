namespace FastNqe.Tests;

/// <summary>LAMMPS data files and dumps as LAMMPS and others write them.</summary>
public sealed class LammpsTests
{
    [Test]
    public void A_foreign_data_file_is_read()
    {
        Configuration read = Read("""
            LAMMPS data file via write_data, version 29 Sep 2021, timestep = 100

            3 atoms
            2 atom types
            0 bonds

            -1.5 3.5 xlo xhi
            0 5 ylo yhi
            0 6 zlo zhi
            0.5 -0.25 0.125 xy xz yz

            Masses

            2 84 # Kr
            1 40 # Ar

            Pair Coeffs # lj/cut

            1 1 1
            2 1 1.4

            Atoms # atomic

            3 2 7 8 9 0 0 -1
            1 1 1 2 3 1 0 0
            2 1 4 5 6 0 0 0

            Velocities

            1 0 0 0
            2 0 0 0
            3 0 0 0
            """);

        Assert.That(read.Box, Is.EqualTo(Box.Tilted([5, 5, 6], 0.5, -0.25, 0.125)));
        Assert.That(read.Positions.ToArray(), Is.EqualTo(new double[] { 1, 2, 3, 4, 5, 6, 7, 8, 9 }));
        Assert.That(read.Types.ToArray(), Is.EqualTo(new[] { 0, 0, 1 }));
        Assert.That(read.TypeNames, Is.EqualTo(new[] { "Ar", "Kr" }));
        Assert.That(read.Diameters.IsEmpty);
    }

    [TestCase("Atoms", "1 1 1 2 0.5 3 4", new[] { 1.0 }, TestName = "Sphere told by seven fields")]
    [TestCase("Atoms # sphere", "1 1 1.5 2 0.5 3 4 0 0 1", new[] { 1.5 }, TestName = "Sphere with image flags")]
    [TestCase("Atoms", "1 1 0.5 3 4", new double[0], TestName = "Atomic told by five fields")]
    [TestCase("Atoms  # atomic", "1 1 0.5 3 4 # a comment", new double[0], TestName = "Atomic with a comment")]
    public void Atom_styles_are_told_by_name_or_by_the_number_of_fields(string section, string row, double[] diameters)
    {
        Configuration read = Read($"title\n\n1 atoms\n1 atom types\n0 5 xlo xhi\n0 5 ylo yhi\n0 5 zlo zhi\n\n{section}\n\n{row}\n");

        Assert.That(read.Positions.ToArray(), Is.EqualTo(new[] { 0.5, 3, 4 }));
        Assert.That(read.Diameters.ToArray(), Is.EqualTo(diameters));
    }

    [TestCase("-0.1 0.1", "0", 2)]
    [TestCase("-0.5 0.5", "0.25", 2)]
    [TestCase("-5 5", "0", 3, TestName = "A box as high as wide is no slab")]
    [TestCase("0 1", "0.5", 3, TestName = "A slab beside the plane is none")]
    public void A_planar_system_in_a_slab_is_two_dimensional(string bounds, string z, int dimension)
    {
        Configuration data = Read($"title\n\n2 atoms\n1 atom types\n0 5 xlo xhi\n0 4 ylo yhi\n{bounds} zlo zhi\n\nAtoms\n\n1 1 1 2 {z}\n2 1 3 4 {z}\n");
        Configuration dump = Read($"ITEM: TIMESTEP\n7\nITEM: NUMBER OF ATOMS\n2\nITEM: BOX BOUNDS pp pp pp\n0 5\n0 4\n{bounds}\nITEM: ATOMS id x y z\n1 1 2 {z}\n2 3 4 {z}\n");

        Assert.That(data.Dimension, Is.EqualTo(dimension));
        Assert.That(dump.Dimension, Is.EqualTo(dimension));
        Assert.That(data.Positions[..2].ToArray(), Is.EqualTo(new double[] { 1, 2 }));
    }

    [Test]
    public void The_last_frame_of_a_dump_is_read()
    {
        const string First = "ITEM: TIMESTEP\n0\nITEM: NUMBER OF ATOMS\n1\nITEM: BOX BOUNDS pp pp pp\n0 5\n0 5\n0 5\nITEM: ATOMS id type x y z\n1 1 1 2 3\n";
        const string Last = "ITEM: UNITS\nlj\nITEM: TIME\n0.5\nITEM: TIMESTEP\n100\nITEM: NUMBER OF ATOMS\n2\nITEM: BOX BOUNDS pp pp pp\n1 7\n0 5\n0 5\n"
            + "ITEM: ATOMS vx radius zu yu xu id element type\n9 0.7 3 2 1 12 Kr 2\n9 0.5 6 5 4 7 Ar 1\n";

        Configuration read = Read(First + First + Last);

        Assert.That(read.Positions.ToArray(), Is.EqualTo(new double[] { 4, 5, 6, 1, 2, 3 }));
        Assert.That(read.Diameters.ToArray(), Is.EqualTo(new[] { 1, 1.4 }));
        Assert.That(read.TypeNames, Is.EqualTo(new[] { "Ar", "Kr" }));
        Assert.That(read.Box.Length(0), Is.EqualTo(6));
    }

    [Test]
    public void A_tilted_dump_has_the_bounds_of_the_bounding_box_and_scaled_positions_follow_the_lattice()
    {
        // lo = (1, 2, 3), lengths 8, 6, 4, xy = 2, xz = -1, yz = 0.5.
        Configuration read = Read("ITEM: TIMESTEP\n0\nITEM: NUMBER OF ATOMS\n2\nITEM: BOX BOUNDS xy xz yz pp pp pp\n0 11 2\n2 8.5 -1\n3 7 0.5\nITEM: ATOMS id xs ys zs\n1 0 0 0\n2 0.5 0.25 0.5\n");

        Assert.That(read.Box, Is.EqualTo(Box.Tilted([8, 6, 4], 2, -1, 0.5)));
        Assert.That(read.Positions.ToArray(), Is.EqualTo(new[] { 1, 2, 3, 1 + 4 + 0.5 - 0.5, 2 + 1.5 + 0.25, 3 + 2 }));
    }

    [Test]
    public void A_dump_without_z_is_two_dimensional()
    {
        Configuration read = Read("ITEM: TIMESTEP\n0\nITEM: NUMBER OF ATOMS\n2\nITEM: BOX BOUNDS pp pp pp\n0 5\n0 5\n-0.5 0.5\nITEM: ATOMS id type xs ys\n1 1 0.5 0.25\n2 1 0 0\n");

        Assert.That(read.Dimension, Is.EqualTo(2));
        Assert.That(read.Positions.ToArray(), Is.EqualTo(new[] { 2.5, 1.25, 0, 0 }));
    }

    [Test]
    public void Spheres_are_written_when_diameters_differ_within_a_type()
    {
        using TemporaryFolder folder = new();
        Samples.Make(3, sizes: SampleSizes.Polydisperse).Write(folder.File("poly.data"));
        Samples.Make(3, sizes: SampleSizes.ByType).Write(folder.File("binary.data"));

        Assert.That(File.ReadAllText(folder.File("poly.data")), Does.Contain("Atoms # sphere").And.Not.Contain("Masses"));
        Assert.That(File.ReadAllText(folder.File("binary.data")), Does.Contain("Atoms # atomic").And.Contain("# diameter by type: 1 1.3999999999999999"));
    }

    private static Configuration Read(string text)
    {
        using TemporaryFolder folder = new();
        return Configuration.Read(folder.File("a", text));
    }
}
