namespace FastNqe;

/// <summary>
/// Writes files that appear whole or not at all: the content goes to a temporary name in the same folder, is flushed to the disk,
/// and takes the final name in one step.
/// </summary>
/// <remarks>
/// When the writer throws or is cancelled the temporary file is removed, and what stood under the final name before is untouched.
/// A process killed outright leaves at most a hidden file ending in ".tmp". Symbolic links are followed; names under /dev/
/// (null, stdout, fd/63; not those in shm, which are files in memory) are written directly, because nothing may be renamed over them.
/// </remarks>
public static class AtomicFile
{
    private const int BufferSize = 1 << 16;

    /// <summary>Writes a file by handing a stream to the caller.</summary>
    /// <param name="path">The final name. Its folder must exist.</param>
    /// <param name="write">Writes the content; the stream is buffered and is closed afterwards.</param>
    /// <param name="cancellation">Looked at before the file takes its final name.</param>
    /// <exception cref="IOException">The file cannot be written; the message names it.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; nothing is left behind.</exception>
    public static void Write(string path, Action<Stream> write, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);
        try
        {
            cancellation.ThrowIfCancellationRequested();
            if (Directory.Exists(path))
                throw new IOException("it is a folder; expected the name of a file");
            if (FileBehind(path) is not { } target)
            {
                using FileStream device = new(path, FileMode.Open, FileAccess.Write);
                write(device);
                return;
            }
            WriteAndRename(target, write, cancellation);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"cannot write {path}: {error.Message}", error);
        }
    }

    /// <summary>Makes sure that a file could be written, for whoever will have something to write only after a long computation.</summary>
    /// <param name="path">The final name.</param>
    /// <exception cref="IOException">Its folder does not exist or cannot be written to; the message names the file.</exception>
    public static void CheckWritable(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (FileBehind(path) is not { } target)
            return;
        try
        {
            using FileStream probe = new(Temporary(target), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"cannot write {path}: no file can be made in its folder", error);
        }
    }

    /// <summary>Writes a text file in UTF-8 without a byte order mark.</summary>
    /// <inheritdoc cref="Write"/>
    /// <param name="path">The final name. Its folder must exist.</param>
    /// <param name="text">The whole content.</param>
    /// <param name="cancellation">Looked at before the file takes its final name.</param>
    public static void WriteText(string path, string text, CancellationToken cancellation = default) =>
        Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)), cancellation);

    /// <summary>The file that a name leads to, links followed: what a write would replace.</summary>
    /// <param name="path">A file's name; it need not exist.</param>
    /// <returns>The full path, or null for a device, which is written to and not replaced.</returns>
    public static string? FileBehind(string path)
    {
        if (!OperatingSystem.IsWindows() && path.StartsWith("/dev/", StringComparison.Ordinal) && !path.StartsWith("/dev/shm/", StringComparison.Ordinal))
            return null;
        string full = Path.GetFullPath(path);
        return File.Exists(full) ? File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full : full;
    }

    private static string Temporary(string target) => Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{Guid.NewGuid():N}.tmp");

    private static void WriteAndRename(string target, Action<Stream> write, CancellationToken cancellation)
    {
        string temporary = Temporary(target);
        try
        {
            using (FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferSize))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            cancellation.ThrowIfCancellationRequested();
            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
