namespace FastNqe.Tests.Cli;

/// <summary>A fixture whose tests write into a folder of their own that is removed afterwards.</summary>
public abstract class WithFolder
{
    protected string Folder { get; private set; } = "";

    [SetUp]
    public void MakeFolder() => Folder = Directory.CreateTempSubdirectory("fastnqe-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(Folder, recursive: true);

    protected string In(string name) => Path.Combine(Folder, name);

    protected string[] FilesLeft() => [.. Directory.EnumerateFileSystemEntries(Folder).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    /// <summary>Writes lines into the folder.</summary>
    protected string Text(string name, params IEnumerable<string> lines)
    {
        File.WriteAllLines(In(name), lines);
        return In(name);
    }
}
