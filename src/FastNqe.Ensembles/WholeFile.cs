using System.Text;

namespace FastNqe.Ensembles;

/// <summary>Files that appear whole under their name or not at all: written beside it, flushed to the disk, then renamed.</summary>
internal static class WholeFile
{
    /// <summary>Writes bytes.</summary>
    /// <exception cref="IOException">The file cannot be written; nothing is left under its name but what was there before.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        string unfinished = $"{path}.{Environment.ProcessId}.part";
        try
        {
            using (FileStream stream = new(unfinished, FileMode.Create, FileAccess.Write))
            {
                stream.Write(content);
                stream.Flush(flushToDisk: true);
            }
            File.Move(unfinished, path, overwrite: true);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }

    /// <summary>Writes text as UTF-8.</summary>
    /// <exception cref="IOException">As for bytes.</exception>
    public static void Write(string path, string content) => Write(path, Encoding.UTF8.GetBytes(content));
}
