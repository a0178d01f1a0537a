namespace FastNqe;

/// <summary>
/// LAMMPS data files, atom styles atomic and sphere, in two and three dimensions.
/// </summary>
/// <remarks>
/// <para>Read: header, Masses (the comments are the names of the types), Atoms with or without "# style" and image flags; other sections are
/// skipped. The origin of the box is dropped; positions stay as they are, image flags are not applied.</para>
/// <para>A file is two-dimensional when all z are equal and the box is a slab around z = 0 (zlo &lt; 0 &lt; zhi), thinner than it is wide and
/// without xz and yz; so are the two-dimensional files written here.</para>
/// <para>Written: style sphere when diameters differ within a type (density such that the mass is 1), else style atomic, with the
/// diameters of the types in a comment. Everything is kept but <see cref="Configuration.Properties"/>; numbers have 17 significant digits.</para>
/// </remarks>
public static class LammpsData
{
    /// <summary>How the comment line with the diameter of each type begins.</summary>
    internal const string DiameterComment = "# diameter by type:";

    /// <summary>Reads a file.</summary>
    /// <exception cref="ConfigurationFormatException">The file is malformed.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Configuration Read(string path)
    {
        using LineReader reader = new(path);
        return new LammpsDataReader(reader).Read();
    }

    /// <summary>Writes a file.</summary>
    /// <exception cref="ArgumentException">The configuration has four dimensions or names that the format cannot hold.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, Configuration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        if (configuration.Dimension > 3)
            throw new ArgumentException("LAMMPS has no fourth coordinate; expected two or three dimensions, or write plain text (*.txt)", nameof(configuration));
        SpeciesNames.Check(configuration);
        double[]? diameters = DiametersByType(configuration);
        AtomicFile.Write(path, stream =>
        {
            using RowWriter writer = new(stream);
            WriteHeader(writer, configuration, diameters);
            if (diameters is not null)
                WriteAtomic(writer, configuration);
            else
                WriteSpheres(writer, configuration);
        });
    }

    // One per type, none when the sizes are unknown, or null when they differ within a type. Types without particles get 1.
    private static double[]? DiametersByType(Configuration configuration)
    {
        if (configuration.Diameters.IsEmpty)
            return [];
        double[] diameters = new double[configuration.TypeNames.Length];
        for (int i = 0; i < configuration.ParticleCount; i++)
        {
            ref double diameter = ref diameters[configuration.Types[i]];
            if (diameter != 0 && diameter != configuration.Diameters[i])
                return null;
            diameter = configuration.Diameters[i];
        }
        return [.. diameters.Select(diameter => diameter == 0 ? 1 : diameter)];
    }

    private static void WriteHeader(RowWriter writer, Configuration configuration, double[]? diameters)
    {
        Box box = configuration.Box;
        writer.Add("LAMMPS data file written by FastNqe").EndRow();
        writer.EndRow();
        writer.Add(configuration.ParticleCount).Add("atoms").EndRow();
        writer.Add(configuration.TypeNames.Length).Add("atom types #").Add(string.Join(' ', configuration.TypeNames)).EndRow();
        if (diameters?.Length > 0)
            writer.Add(DiameterComment).Add(diameters).EndRow();
        writer.EndRow();
        writer.Add(0).Add(box.Length(0)).Add("xlo xhi").EndRow();
        writer.Add(0).Add(box.Length(1)).Add("ylo yhi").EndRow();
        (double low, double high) = box.Dimension == 2 ? LammpsCell.PlanarSlab : (0, box.Length(2));
        writer.Add(low).Add(high).Add("zlo zhi").EndRow();
        if (box.IsTilted)
            writer.Add(box.XY).Add(box.XZ).Add(box.YZ).Add("xy xz yz").EndRow();
        writer.EndRow();
    }

    private static void WriteAtomic(RowWriter writer, Configuration configuration)
    {
        writer.Add("Masses").EndRow();
        writer.EndRow();
        for (int type = 0; type < configuration.TypeNames.Length; type++)
            writer.Add(type + 1).Add(1).Add("#").Add(configuration.TypeNames[type]).EndRow();
        writer.EndRow();
        writer.Add("Atoms # atomic").EndRow();
        writer.EndRow();
        for (int i = 0; i < configuration.ParticleCount; i++)
        {
            writer.Add(i + 1).Add(configuration.Types[i] + 1);
            writer.AddVector(configuration.Positions.Slice(configuration.Dimension * i, configuration.Dimension)).EndRow();
        }
    }

    // Spheres have no Masses: each particle's density sets its mass.
    private static void WriteSpheres(RowWriter writer, Configuration configuration)
    {
        writer.Add("Atoms # sphere").EndRow();
        writer.EndRow();
        for (int i = 0; i < configuration.ParticleCount; i++)
        {
            double diameter = configuration.Diameters[i];
            writer.Add(i + 1).Add(configuration.Types[i] + 1).Add(diameter).Add(6 / (Math.PI * diameter * diameter * diameter));
            writer.AddVector(configuration.Positions.Slice(configuration.Dimension * i, configuration.Dimension)).EndRow();
        }
    }
}
