namespace FastNqe.Ensembles;

/// <summary>
/// Makes the samples of a shard that its folder does not have yet. Killed at any moment it loses only samples that were not committed, and makes them again, the
/// same to the bit, when run again.
/// </summary>
public static class EnsembleRun
{
    /// <summary>Works until the shard is complete, on the samples that the study describes.</summary>
    /// <param name="study">What to make.</param>
    /// <param name="folder">Where the stores of the ensemble are; made if missing. What they say of the protocol of their liquids and of files is taken over.</param>
    /// <param name="options">Threads, shard, progress.</param>
    /// <param name="stop">Stops cleanly: what is finished is committed.</param>
    /// <returns>How far the shard is; less than complete only if stopped.</returns>
    /// <exception cref="ArgumentException">The study cannot be carried out; the message says which value is wrong.</exception>
    /// <exception cref="StoreException">Another process works on this shard or on one of another number of shards, the folder holds another study or liquids of another protocol, or a store cannot be written (a full disk).</exception>
    public static RunProgress Run(Study study, string folder, RunOptions options, CancellationToken stop = default) =>
        Run(study, folder, () => SampleSource.Of(study, folder, stop), options, stop);

    /// <summary>Works until the shard is complete, on samples from elsewhere.</summary>
    /// <param name="study">What to make. Its number of samples is that of the source.</param>
    /// <param name="folder">Where the stores of the ensemble are; made if missing.</param>
    /// <param name="source">Makes the samples.</param>
    /// <param name="options">Threads, shard, progress.</param>
    /// <param name="stop">Stops cleanly: what is finished is committed.</param>
    /// <inheritdoc cref="Run(Study, string, RunOptions, CancellationToken)" path="/returns|/exception"/>
    public static RunProgress Run(Study study, string folder, ISampleSource source, RunOptions options, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        return Run(study, folder, () => source, options, stop);
    }

    private static RunProgress Run(Study study, string folder, Func<ISampleSource> makeSource, RunOptions options, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(study);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Threads < 1)
            throw new ArgumentException($"the number of threads is {options.Threads}; expected at least 1", nameof(options));
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, options.Shard.FileName);
        // Before the source, which may have to measure for hours how fast its liquid relaxes.
        using ShardLock shardLock = ShardLock.Take(path);
        ShardLock.RefuseOtherDivisions(folder, options.Shard);
        ISampleSource source = makeSource();
        study = study with { Samples = source.SampleCount };
        string? protocol = source.Protocol is { } made ? StoredProtocol.ToJson(made) : null;
        using StoreConnection store = StoreConnection.Write(path, study, protocol);
        store.Rename(study);
        HashSet<int> done = store.Samples(withFailures: false), failed = store.Samples(withFailures: true);
        // Samples made under another number of shards count too.
        foreach (string other in StoreFolder.Stores(folder).Where(other => other != path))
            AddSamples(other, study.Identity, protocol, done, failed);
        failed.ExceptWith(done);
        // What is to be tried again is neither done nor failed.
        if (options.RetryFailures)
            failed.Clear();
        done.UnionWith(failed);
        using ShardWork work = new(study, source, options, done, failed, store.ChainStates());
        return work.Run(store, stop);
    }

    private static void AddSamples(string path, string identity, string? protocol, HashSet<int> succeeded, HashSet<int> all)
    {
        // Shards that start at the same time find each other's stores before there is anything in them.
        using StoreConnection? store = StoreConnection.ReadUnlessEmpty(path);
        if (store is null)
            return;
        StoreFolder.CheckSameStudy(store, identity, protocol);
        succeeded.UnionWith(store.Samples(withFailures: false));
        all.UnionWith(store.Samples(withFailures: true));
    }
}
