namespace FastNqe.Ensembles;

/// <summary>A study file is malformed: the message has the file, the line, the key and what was expected.</summary>
public sealed class StudyFormatException(string path, int line, string problem) : FormatException($"{path}:{line}: {problem}")
{
    /// <summary>The file, or the name under which the study is shipped.</summary>
    public string Path { get; } = path;

    /// <summary>The line, counted from 1.</summary>
    public int Line { get; } = line;

    /// <summary>The message without file and line.</summary>
    public string Problem { get; } = problem;
}
