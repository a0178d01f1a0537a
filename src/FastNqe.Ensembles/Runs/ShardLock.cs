using System.Globalization;

namespace FastNqe.Ensembles;

/// <summary>Only one process writes to a store, a run to its shard or a merge to its target: an advisory lock on a file beside the store, which the system releases however the process ends.</summary>
internal sealed class ShardLock : IDisposable
{
    private const string Ending = ".lock";

    private readonly FileStream _file;

    private ShardLock(FileStream file) => _file = file;

    /// <summary>Takes the lock.</summary>
    /// <param name="storePath">The store.</param>
    /// <exception cref="StoreException">Another process holds it (the message says which), or the file cannot be made.</exception>
    public static ShardLock Take(string storePath)
    {
        string path = storePath + Ending, owner = storePath + ".owner";
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (File.Exists(path))
        {
            throw new StoreException($"{storePath}: another process works on this store ({Owner(owner)}); this one stops", exception);
        }
        // In a file of its own: a locked one cannot be read by those who want to know.
        try
        {
            AtomicFile.WriteText(owner, string.Create(CultureInfo.InvariantCulture, $"process {Environment.ProcessId} on {Environment.MachineName} since {DateTime.UtcNow:yyyy-MM-dd HH:mm:ss} UTC"));
        }
        catch (IOException exception)
        {
            file.Dispose();
            throw new StoreException($"{owner}: cannot be written ({exception.Message})", exception);
        }
        return new ShardLock(file);
    }

    /// <summary>Refuses to work where another process works on one of another number of shards: both would make the same samples.</summary>
    /// <param name="folder">The ensemble's folder.</param>
    /// <param name="shard">The shard of this process, whose lock it holds: so of two that begin at once none overlooks the other.</param>
    /// <exception cref="StoreException">There is one; the message says which.</exception>
    public static void RefuseOtherDivisions(string folder, ShardRange shard)
    {
        foreach (string path in Directory.GetFiles(folder, "*" + Ending))
        {
            string store = path[..^Ending.Length];
            if (shard.IsOfSameDivision(Path.GetFileName(store)))
                continue;
            try
            {
                using FileStream probe = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException exception) when (File.Exists(path))
            {
                throw new StoreException($"{store}: another process works on this store ({Owner(store + ".owner")}), and its samples are also those of shard {shard}; wait for it, or take as many shards", exception);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static string Owner(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            return "it has not said which";
        }
    }
}
