namespace FastNqe.Ensembles;

/// <summary>The stores of an ensemble: all that lie in its folder.</summary>
internal static class StoreFolder
{
    /// <summary>The ending of a store's name.</summary>
    public const string Ending = ".sqlite";

    /// <summary>The stores in a folder, sorted by name.</summary>
    public static string[] Stores(string folder) => [.. Directory.GetFiles(folder, "*" + Ending).Order(StringComparer.Ordinal)];

    /// <summary>The stores that a list of folders and files names.</summary>
    /// <exception cref="StoreException">There is no such folder or file, or a folder has no store.</exception>
    public static string[] Stores(IEnumerable<string> foldersAndFiles)
    {
        List<string> stores = [];
        foreach (string path in foldersAndFiles)
        {
            if (File.Exists(path))
            {
                stores.Add(path);
                continue;
            }
            if (!Directory.Exists(path))
                throw new StoreException($"{path}: no such store or folder");
            string[] inside = Stores(path);
            stores.AddRange(inside.Length > 0 ? inside : throw new StoreException($"{path}: no store (*{Ending}) in this folder"));
        }
        return [.. stores.Select(Path.GetFullPath).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Opens one store after another for reading, each until the next one is asked for. Empty ones, which a run is just making or was killed in making, are passed over.</summary>
    /// <param name="foldersAndFiles">Stores, or folders of stores.</param>
    /// <exception cref="StoreException">There is no such folder or file, a folder has no store, or a store cannot be read.</exception>
    public static IEnumerable<StoreConnection> Open(IEnumerable<string> foldersAndFiles)
    {
        foreach (string path in Stores(foldersAndFiles))
        {
            using StoreConnection? store = StoreConnection.ReadUnlessEmpty(path);
            if (store is not null)
                yield return store;
        }
    }

    /// <summary>Refuses a store that holds another study, or the same with liquids of another protocol.</summary>
    /// <param name="store">The store.</param>
    /// <param name="identity">The study's identity.</param>
    /// <param name="protocol">The protocol; null if it is not known.</param>
    /// <exception cref="StoreException">It does; the message says in what it differs.</exception>
    public static void CheckSameStudy(StoreConnection store, string identity, string? protocol)
    {
        string held = store.Identity();
        if (held != identity)
            throw new StoreException($"{store.Path}: holds another study ({StudyDifference.Explain(held, identity)}); nothing was changed");
        if (protocol is not null && store.Protocol() is { } made && StoredProtocol.Difference(made, protocol) is { } difference)
            throw new StoreException($"{store.Path}: its liquids were made by another protocol ({difference}); nothing was changed");
    }

    /// <summary>The protocol by which the liquids of a study were made so far; null if the folder has none, or none that says so.</summary>
    /// <param name="folder">The ensemble's folder; need not exist.</param>
    /// <param name="study">The study; stores of others do not count.</param>
    /// <exception cref="StoreException">A store cannot be read.</exception>
    public static IReadOnlyDictionary<string, string>? Protocol(string folder, Study study)
    {
        foreach (StoreConnection store in StoresOf(folder, study))
            if (store.Protocol() is { } protocol)
                return StoredProtocol.Parse(protocol);
        return null;
    }

    /// <summary>The files that the samples of a study were read from so far, by number.</summary>
    /// <inheritdoc cref="Protocol"/>
    public static IReadOnlyDictionary<int, string?> Files(string folder, Study study)
    {
        Dictionary<int, string?> files = [];
        foreach (StoreConnection store in StoresOf(folder, study))
            foreach ((int sample, string? file) in store.Files())
                files.TryAdd(sample, file);
        return files;
    }

    // Each is open until the next one is asked for.
    private static IEnumerable<StoreConnection> StoresOf(string folder, Study study)
    {
        foreach (StoreConnection store in Open(Directory.Exists(folder) ? Stores(folder) : []))
            if (store.Identity() == study.Identity)
                yield return store;
    }
}
