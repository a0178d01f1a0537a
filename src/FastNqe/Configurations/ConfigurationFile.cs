namespace FastNqe;

/// <summary>Reads and writes configurations: <see cref="ExtendedXyz"/>, <see cref="PlainText"/>.</summary>
public static class ConfigurationFile
{
    /// <summary>Reads a file; the format is told by its content.</summary>
    public static Configuration Read(string path)
    {
        using (LineReader reader = new(path))
            if (reader.TryReadContent(out ReadOnlySpan<byte> line) && line.StartsWith((byte)'#'))
                return PlainText.Read(path);
        return ExtendedXyz.Read(path);
    }

    /// <summary>Writes a file; the format is told by its ending.</summary>
    public static void Write(string path, Configuration configuration) => ExtendedXyz.Write(path, configuration);
}
