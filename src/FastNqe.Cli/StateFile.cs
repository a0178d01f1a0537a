using System.Text;

namespace FastNqe.Cli;

/// <summary>The state of a run that is not at its end, in a file that says which run that is: the same line goes on from there to the same bits.</summary>
/// <param name="path">The file.</param>
/// <param name="kind">What is in it, and which version.</param>
/// <param name="run">What the run is told by.</param>
internal sealed class StateFile(string path, string kind, IReadOnlyDictionary<string, string> run)
{
    /// <summary>Reads the state.</summary>
    /// <param name="read">Reads it from behind the file's head.</param>
    /// <returns>What <paramref name="read"/> returns, or null if there is no file.</returns>
    /// <exception cref="ArgumentException">The file is of another run.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or of another version.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public T? Read<T>(Func<BinaryReader, T> read) where T : class
    {
        if (!File.Exists(path))
            return null;
        using BinaryReader reader = new(new BufferedStream(File.OpenRead(path)), Encoding.UTF8);
        try
        {
            if (reader.ReadString() != kind)
                throw new InvalidDataException($"it is no {kind}");
            CheckSame(reader);
            return read(reader);
        }
        catch (Exception error) when (error is EndOfStreamException or InvalidDataException or FormatException)
        {
            throw new InvalidDataException($"{path} is damaged: {error.Message}; remove it to begin anew", error);
        }
    }

    /// <summary>Writes the state; the file appears whole or not at all.</summary>
    public void Write(Action<BinaryWriter> write) => AtomicFile.Write(path, stream =>
    {
        using BinaryWriter writer = new(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(kind);
        writer.Write(run.Count);
        foreach ((string key, string value) in run)
        {
            writer.Write(key);
            writer.Write(value);
        }
        write(writer);
    });

    /// <summary>Removes the file.</summary>
    public void Remove() => File.Delete(path);

    private void CheckSame(BinaryReader reader)
    {
        var kept = new Dictionary<string, string>();
        for (int left = reader.ReadInt32(); left > 0; left--)
            kept[reader.ReadString()] = reader.ReadString();
        foreach ((string key, string expected) in run)
            if (!kept.TryGetValue(key, out string? there) || there != expected)
                throw new ArgumentException($"{path} is of another run that was stopped: its {key} is {there ?? "not given"}, expected {expected}; remove it or choose another output");
    }
}
