namespace FastNqe;

/// <summary>A file is malformed: the message reads "file:line: what was found; expected what".</summary>
/// <param name="path">The file.</param>
/// <param name="line">The line, counted from 1.</param>
/// <param name="problem">What was found, and what was expected.</param>
public sealed class ConfigurationFormatException(string path, int line, string problem) : FormatException($"{path}:{line}: {problem}")
{
    /// <summary>The file.</summary>
    public string Path { get; } = path;

    /// <summary>The line, counted from 1.</summary>
    public int Line { get; } = line;
}
