namespace FastNqe.Cli;

/// <summary>A folder for output, made where there was none; taken away again at the end if nothing came into it.</summary>
internal sealed class OutputFolder : IDisposable
{
    private readonly string _path;
    private readonly bool _isNew;

    /// <param name="path">The folder.</param>
    /// <exception cref="IOException">It cannot be made, or no file can be made in it.</exception>
    public OutputFolder(string path)
    {
        _path = path;
        _isNew = !Directory.Exists(path);
        Directory.CreateDirectory(path);
        AtomicFile.CheckWritable(Path.Combine(path, "output"));
    }

    public void Dispose()
    {
        if (_isNew && Directory.Exists(_path) && !Directory.EnumerateFileSystemEntries(_path).Any())
            Directory.Delete(_path);
    }
}
