using System.Globalization;
using System.Text;

namespace FastNqe;

/// <summary>
/// Plain text, for every dimension and the only format for d = 4: a header of "# key value" lines, then one row per particle.
/// </summary>
/// <remarks>
/// <para>Header keys: dimension, N, L (one side length, or d of them), tilt (xy xz yz; optional), columns (the names of the columns, in any
/// order), periodic (optional; names every axis). All others become <see cref="Configuration.Properties"/>.</para>
/// <para>Columns: x y, then z, then w by dimension; optionally id, species, lambda or diameter, radius, as in <see cref="ExtendedXyz"/>;
/// others are skipped. Numbers have 17 significant digits and read back to the same bits.</para>
/// </remarks>
public static class PlainText
{
    private const string Axes = "xyzw";
    private const string Title = "FastNqe configuration";

    private static readonly string[] OwnKeys = ["dimension", "N", "L", "tilt", "columns", "periodic", SpeciesNames.Key];

    /// <summary>Reads a file.</summary>
    /// <exception cref="ConfigurationFormatException">The file is malformed.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Configuration Read(string path)
    {
        using LineReader reader = new(path);
        Dictionary<string, string> header = ReadHeader(reader);
        int dimension = (int)Required(reader, header, "dimension").Whole("dimension", 2, 4);
        int count = Required(reader, header, "N").Count("N");
        Box box = ReadBox(reader, header, dimension);
        string axes = string.Join(' ', Axes[..dimension].AsEnumerable());
        if (header.TryGetValue("periodic", out string? periodic) && periodic != axes)
            throw reader.Error($"periodic is \"{periodic}\"; expected \"{axes}\", every axis");

        ParticleRows rows = new(count, dimension);
        AddColumns(reader, header, rows, dimension);
        string[]? typeNames = header.GetValueOrDefault(SpeciesNames.Key)?.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        foreach (string key in OwnKeys)
            header.Remove(key);
        rows.Read(reader);
        if (reader.TryReadContent(out ReadOnlySpan<byte> line))
            throw reader.Error($"there is \"{Fields.Show(line)}\" after {count} particles; expected the end of the file");
        return rows.ToConfiguration(reader, box, typeNames, header);
    }

    /// <summary>Writes a file.</summary>
    /// <exception cref="ArgumentException">The configuration has names or keys that the format cannot hold.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, Configuration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        AtomicFile.Write(path, stream =>
        {
            using RowWriter writer = new(stream);
            WriteHeader(writer, configuration);
            WriteRows(writer, configuration);
        });
    }

    // The header ends at the first line that does not begin with #; the rows begin there.
    private static Dictionary<string, string> ReadHeader(LineReader reader)
    {
        Dictionary<string, string> header = new(StringComparer.Ordinal);
        (long position, int number) = (reader.Position, reader.Line);
        while (reader.TryRead(out ReadOnlySpan<byte> line) && line.StartsWith((byte)'#'))
        {
            string text = Encoding.UTF8.GetString(line[1..]).Trim();
            (position, number) = (reader.Position, reader.Line);
            if (text.Length == 0 || text.StartsWith(Title, StringComparison.Ordinal))
                continue;
            int place = 0;
            string? key = QuotedText.Take(text, ref place, "");
            string? value = text[Math.Min(place, text.Length)..].Trim();
            place = 0;
            if (value.StartsWith('"'))
                value = QuotedText.Take(value, ref place, "");
            if (key is null || value is null)
                throw reader.Error("a quote is not closed; expected # key value");
            header[key] = value;
        }
        reader.Seek(position, number);
        return header;
    }

    private static Fields Required(LineReader reader, Dictionary<string, string> header, string key) =>
        header.TryGetValue(key, out string? value)
            ? new Fields(reader, Encoding.UTF8.GetBytes(value))
            : throw reader.Error($"the header ends here without \"# {key} ...\"; expected dimension, N, L and columns");

    private static Box ReadBox(LineReader reader, Dictionary<string, string> header, int dimension)
    {
        double[] lengths = Numbers(Required(reader, header, "L"), "L");
        double[] tilt = header.ContainsKey("tilt") ? Numbers(Required(reader, header, "tilt"), "tilt") : new double[3];
        if (lengths.Length == 1)
            lengths = [.. Enumerable.Repeat(lengths[0], dimension)];
        if (lengths.Length != dimension || tilt.Length != 3)
            throw reader.Error($"L has {lengths.Length} numbers and tilt {tilt.Length}; expected 1 or {dimension}, and 3");
        try
        {
            return Box.Tilted(lengths, tilt[0], tilt[1], tilt[2]);
        }
        catch (ArgumentException error)
        {
            throw reader.Error(error.Message);
        }
    }

    private static double[] Numbers(Fields fields, string name)
    {
        List<double> numbers = [];
        while (!fields.Rest.IsEmpty)
            numbers.Add(fields.Number(name));
        return [.. numbers];
    }

    private static void AddColumns(LineReader reader, Dictionary<string, string> header, ParticleRows rows, int dimension)
    {
        Required(reader, header, "columns");
        string[] names = header["columns"].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string? size = ParticleRows.SizeColumns.FirstOrDefault(names.Contains);
        foreach (char axis in Axes[..dimension])
            if (names.Count(name => name == $"{axis}") != 1)
                throw reader.Error($"the columns are \"{header["columns"]}\"; expected a column {axis} once");
        foreach (string name in names)
            if (name.Length == 1 && Axes[..dimension].Contains(name[0], StringComparison.Ordinal))
                rows.AddPosition(name, Axes.IndexOf(name[0], StringComparison.Ordinal));
            else if (name == "id")
                rows.AddId(name);
            else if (name == "species")
                rows.AddSpecies(name);
            else if (name == size)
                rows.AddSize(name, isRadius: name == "radius");
            else
                rows.AddSkipped(name);
    }

    private static void WriteHeader(RowWriter writer, Configuration configuration)
    {
        void Line(string key, string value) => writer.Add("#").Add(key).Add(value).EndRow();

        Box box = configuration.Box;
        writer.Add($"# {Title}, plain text").EndRow();
        foreach ((string key, string value) in configuration.Properties)
        {
            if (key.Length == 0 || OwnKeys.Contains(key))
                throw new ArgumentException($"the property key \"{key}\" has a meaning of its own in plain text; expected another", nameof(configuration));
            bool isBare = value.Length > 0 && value == value.Trim() && !value.StartsWith('"') && !value.Any(char.IsControl);
            Line(QuotedText.Quote(key), isBare ? value : QuotedText.Quote(value));
        }
        if (SpeciesNames.Explicit(configuration) is string names)
            Line(SpeciesNames.Key, names);
        Line("dimension", box.Dimension.ToString(CultureInfo.InvariantCulture));
        Line("N", configuration.ParticleCount.ToString(CultureInfo.InvariantCulture));
        double[] lengths = [.. Enumerable.Range(0, box.Dimension).Select(box.Length)];
        Line("L", RowWriter.Join(lengths.Distinct().Count() == 1 ? lengths[..1] : lengths));
        if (box.IsTilted)
            Line("tilt", RowWriter.Join(box.XY, box.XZ, box.YZ));
        string axes = string.Join(' ', Axes[..box.Dimension].AsEnumerable());
        Line("periodic", axes);
        Line("columns", $"id species {(configuration.Diameters.IsEmpty ? "" : "lambda radius ")}{axes}");
    }

    private static void WriteRows(RowWriter writer, Configuration configuration)
    {
        int d = configuration.Dimension;
        for (int i = 0; i < configuration.ParticleCount; i++)
        {
            writer.Add(i + 1).Add(configuration.TypeNames[configuration.Types[i]]);
            if (!configuration.Diameters.IsEmpty)
                writer.Add(configuration.Diameters[i]).Add(0.5 * configuration.Diameters[i]);
            writer.Add(configuration.Positions.Slice(d * i, d)).EndRow();
        }
    }
}
