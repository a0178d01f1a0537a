using System.Text;

namespace FastNqe;

/// <summary>One frame of an extended XYZ file.</summary>
/// <param name="Configuration">The particles, in the order of their ids.</param>
/// <param name="Fields">The further real columns by name: N·width numbers as in the file, row major.</param>
public sealed record ExtendedXyzFrame(Configuration Configuration, IReadOnlyDictionary<string, double[]> Fields)
{
    /// <summary>A column of vectors, R:3 in the file, as N·d numbers; in two dimensions the third component is dropped.</summary>
    /// <exception cref="ArgumentException">There is no such column of three components.</exception>
    public double[] Vectors(string name) =>
        Fields.TryGetValue(name, out double[]? field) && field.Length == 3 * Configuration.ParticleCount
            ? ParticleRows.FirstComponents(field, 3, Configuration.Dimension)
            : throw new ArgumentException($"there is no column {name}:R:3; the file has {(Fields.Count == 0 ? "no further columns" : string.Join(", ", Fields.Keys))}", nameof(name));
}

/// <summary>
/// Extended XYZ as OVITO and ASE read and write it, in two and three dimensions.
/// </summary>
/// <remarks>
/// <para>Comment line: Lattice (the lattice vectors as rows, a = (Lx 0 0), b = (xy Ly 0), c = (xz yz Lz)), Properties (the columns), pbc,
/// and further key=value pairs, which become <see cref="Configuration.Properties"/>. pbc="T T F" means two dimensions: then all z are
/// equal (written 0) and the third lattice vector is a placeholder (written 0 0 1).</para>
/// <para>Columns in any order: pos:R:3; optionally id:I:1 (rows are put in its order), species:S:1 (written as element symbols, see
/// <see cref="Configuration.TypeNames"/>; "type" is understood too), lambda:R:1 or diameter:R:1 (the diameter), else radius:R:1 (half of it).
/// Without any of these <see cref="Configuration.Diameters"/> is empty. Numbers have 17 significant digits and read back to the same bits.</para>
/// </remarks>
public static class ExtendedXyz
{
    /// <summary>The name of the column of displacement vectors in files of modes.</summary>
    public const string Displacement = "displacement";

    private static readonly string[] SpeciesColumns = ["species", "type"];

    /// <summary>Reads the first frame.</summary>
    /// <exception cref="ConfigurationFormatException">The file is malformed.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Configuration Read(string path)
    {
        using LineReader reader = new(path);
        Configuration configuration = ReadFrame(reader, keepFields: false)?.Configuration ?? throw reader.Ended("a number of particles");
        // A row too many would pass unseen if nobody looked at what follows.
        ReadCount(reader);
        return configuration;
    }

    /// <summary>Reads frame after frame, each when it is asked for.</summary>
    /// <exception cref="ConfigurationFormatException">The file is malformed.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IEnumerable<ExtendedXyzFrame> ReadFrames(string path)
    {
        using LineReader reader = new(path);
        while (ReadFrame(reader, keepFields: true) is ExtendedXyzFrame frame)
            yield return frame;
    }

    /// <summary>Writes one frame.</summary>
    /// <exception cref="ArgumentException">The configuration has four dimensions, or names or keys that the format cannot hold.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, Configuration configuration)
    {
        CheckDimension(configuration);
        AtomicFile.Write(path, stream =>
        {
            using RowWriter writer = new(stream);
            WriteFrame(writer, configuration, configuration.Properties, default);
        });
    }

    /// <summary>Writes one frame per displacement field, which OVITO draws as arrows (column displacement:R:3).</summary>
    /// <param name="path">The file.</param>
    /// <param name="configuration">The particles, the same in every frame.</param>
    /// <param name="modes">Per frame: pairs for the comment line, added to those of the configuration, and N·d numbers.</param>
    /// <exception cref="ArgumentException">A field has another length, or the configuration cannot be written as extended XYZ.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void WriteModes(
        string path, Configuration configuration, IEnumerable<(IReadOnlyDictionary<string, string> Properties, ReadOnlyMemory<double> Displacement)> modes)
    {
        CheckDimension(configuration);
        ArgumentNullException.ThrowIfNull(modes);
        AtomicFile.Write(path, stream =>
        {
            using RowWriter writer = new(stream);
            foreach ((IReadOnlyDictionary<string, string> properties, ReadOnlyMemory<double> displacement) in modes)
            {
                if (displacement.Length != configuration.Positions.Length)
                    throw new ArgumentException($"a displacement field has {displacement.Length} numbers; expected N·d = {configuration.Positions.Length}", nameof(modes));
                WriteFrame(writer, configuration, configuration.Properties.SetItems(properties), displacement.Span);
            }
        });
    }

    private static ExtendedXyzFrame? ReadFrame(LineReader reader, bool keepFields)
    {
        if (ReadCount(reader) is not int count)
            return null;
        ExtendedXyzHeader header = new(reader, Encoding.UTF8.GetString(reader.Read("the comment line with Lattice and Properties")));

        ParticleRows rows = new(count, 3);
        Dictionary<string, double[]> fields = new(StringComparer.Ordinal);
        AddColumns(reader, header, rows, keepFields ? fields : null);
        rows.Read(reader);
        if (header.Dimension == 2 && !rows.IsPlanar())
            throw reader.Error("pbc is \"T T F\", two dimensions, but the z of the particles differ; expected the same z for all");
        return new ExtendedXyzFrame(rows.ToConfiguration(reader, header.Box, header.TypeNames, header.Properties), fields);
    }

    // The first line of a frame, or nothing at the end of the file.
    private static int? ReadCount(LineReader reader)
    {
        if (!reader.TryReadContent(out ReadOnlySpan<byte> line))
            return null;
        Fields fields = new(reader, line);
        int count = fields.Count("the number of particles");
        fields.End("the number of particles");
        return count;
    }

    private static void AddColumns(LineReader reader, ExtendedXyzHeader header, ParticleRows rows, Dictionary<string, double[]>? fields)
    {
        string? size = ParticleRows.SizeColumns.FirstOrDefault(name => header.Columns.Contains((name, 'R', 1)));
        string? species = SpeciesColumns.FirstOrDefault(name => header.Columns.Any(column => column is { Kind: 'S' or 'I', Width: 1 } && column.Name == name));
        if (header.Columns.Count(column => column == ("pos", 'R', 3)) != 1)
            throw reader.Error("Properties has no column pos:R:3; expected it once");
        foreach ((string name, char kind, int width) in header.Columns)
            if ((name, kind, width) == ("pos", 'R', 3))
                for (int axis = 0; axis < 3; axis++)
                    rows.AddPosition($"pos {"xyz"[axis]}", axis);
            else if ((name, kind, width) == ("id", 'I', 1))
                rows.AddId(name);
            else if (name == species)
                rows.AddSpecies(name);
            else if (name == size)
                rows.AddSize(name, isRadius: name == "radius");
            else if (kind == 'R' && fields?.ContainsKey(name) == false)
                fields[name] = rows.AddField(name, width);
            else
                for (int component = 0; component < width; component++)
                    rows.AddSkipped(name);
    }

    private static void WriteFrame(
        RowWriter writer, Configuration configuration, IEnumerable<KeyValuePair<string, string>> properties, ReadOnlySpan<double> displacement)
    {
        bool hasDiameters = configuration.Diameters.Length > 0;
        string columns = "id:I:1:species:S:1:pos:R:3" + (hasDiameters ? ":radius:R:1:lambda:R:1" : "") + (displacement.IsEmpty ? "" : $":{Displacement}:R:3");
        writer.Add(configuration.ParticleCount).EndRow();
        writer.Add(ExtendedXyzHeader.Format(configuration, columns, properties)).EndRow();
        int d = configuration.Dimension;
        for (int i = 0; i < configuration.ParticleCount; i++)
        {
            writer.Add(i + 1).Add(configuration.TypeNames[configuration.Types[i]]);
            writer.AddVector(configuration.Positions.Slice(d * i, d));
            if (hasDiameters)
                writer.Add(0.5 * configuration.Diameters[i]).Add(configuration.Diameters[i]);
            if (!displacement.IsEmpty)
                writer.AddVector(displacement.Slice(d * i, d));
            writer.EndRow();
        }
    }

    private static void CheckDimension(Configuration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        if (configuration.Dimension > 3)
            throw new ArgumentException("extended XYZ has no fourth coordinate; expected two or three dimensions, or write plain text (*.txt)", nameof(configuration));
    }
}
