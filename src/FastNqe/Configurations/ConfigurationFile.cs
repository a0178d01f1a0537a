namespace FastNqe;

/// <summary>Reads and writes configurations in every supported format.</summary>
public static class ConfigurationFile
{
    /// <summary>Reads a file; the format is told by its content.</summary>
    public static Configuration Read(string path) => throw new ConfigurationFormatException(path, 1, "no reader yet");

    /// <summary>Writes a file; the format is told by its ending.</summary>
    public static void Write(string path, Configuration configuration) => throw new IOException("no writer yet");
}

/// <summary>A configuration file is malformed: the message has the file, the line and what was expected.</summary>
public sealed class ConfigurationFormatException(string path, int line, string problem) : FormatException($"{path}:{line}: {problem}")
{
    /// <summary>The file.</summary>
    public string Path { get; } = path;

    /// <summary>The line, counted from 1.</summary>
    public int Line { get; } = line;
}
