namespace FastNqe;

/// <summary>
/// Reads and writes configurations in every supported format: <see cref="ExtendedXyz"/>, <see cref="LammpsData"/>,
/// <see cref="LammpsDump"/>, <see cref="PlainText"/>.
/// </summary>
public static class ConfigurationFile
{
    // A LAMMPS data file says its number of atoms near the top.
    private const int HeaderLines = 100;

    private static readonly (string Ending, Action<string, Configuration> Write)[] Writers =
    [
        (".xyz", ExtendedXyz.Write), (".extxyz", ExtendedXyz.Write),
        (".data", LammpsData.Write), (".lmp", LammpsData.Write),
        (".dump", LammpsDump.Write), (".lammpstrj", LammpsDump.Write),
        (".txt", PlainText.Write), (".conf", PlainText.Write),
    ];

    /// <summary>The usual endings of configurations' names, in lower case with their dot.</summary>
    public static IReadOnlyList<string> Endings { get; } = [.. Writers.Select(writer => writer.Ending)];

    /// <summary>Reads a file; the format is told by its content, whatever its name.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ConfigurationFormatException">The file is malformed, or of no known format; the message has the file, the line and what was expected.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Configuration Read(string path) => ReaderFor(path)(path);

    /// <summary>Writes a file; the format is told by its ending. The file appears whole or not at all.</summary>
    /// <param name="path">*.xyz or *.extxyz: extended XYZ; *.data or *.lmp: LAMMPS data; *.dump or *.lammpstrj: LAMMPS dump; *.txt or *.conf: plain text.</param>
    /// <param name="configuration">What is written.</param>
    /// <exception cref="ArgumentException">The ending is unknown, or the format cannot hold the configuration (four dimensions: only plain text can).</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, Configuration configuration)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        WriterFor(path)(path, configuration);
    }

    /// <summary>Refuses the name of a file that could not be written, before the work is done that would fill it.</summary>
    /// <param name="path">The name; its ending tells the format.</param>
    /// <param name="dimension">The dimension d of what will be written.</param>
    /// <exception cref="ArgumentException">The ending is unknown, or the format cannot hold this dimension.</exception>
    public static void CheckName(string path, int dimension)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (WriterFor(path) != PlainText.Write && dimension > 3)
            throw new ArgumentException($"{path} cannot hold {dimension} dimensions; plain text can (*.txt)", nameof(path));
    }

    private static Action<string, Configuration> WriterFor(string path)
    {
        string ending = Path.GetExtension(path).ToLowerInvariant();
        return Writers.FirstOrDefault(writer => writer.Ending == ending).Write
            ?? throw new ArgumentException($"the ending of {path} is unknown; expected {string.Join(", ", Endings.SkipLast(1))} or {Endings[^1]}", nameof(path));
    }

    private static Func<string, Configuration> ReaderFor(string path)
    {
        using LineReader reader = new(path);
        if (!reader.TryReadContent(out ReadOnlySpan<byte> line))
            throw reader.Error("the file is empty; expected a configuration");
        if (line.StartsWith("ITEM:"u8))
            return LammpsDump.Read;
        bool isPlainText = line.StartsWith((byte)'#');
        Fields fields = new(reader, line);
        if (fields.TryNext(out string first) && long.TryParse(first, out _) && fields.Rest.IsEmpty)
            return ExtendedXyz.Read;
        int firstLine = reader.Line;
        while (reader.Line < firstLine + HeaderLines && reader.TryReadContent(out line))
        {
            fields = new Fields(reader, line);
            if (fields.TryNext(out string _) && fields.TryNext(out string word) && word == "atoms")
                return LammpsData.Read;
        }
        return isPlainText
            ? PlainText.Read
            : throw new ConfigurationFormatException(path, firstLine, $"the file begins with \"{first[..Math.Min(first.Length, 40)]}\"; expected extended XYZ (a number of particles), a LAMMPS dump (ITEM:), LAMMPS data (... atoms) or plain text (# key value)");
    }
}
