using Microsoft.Data.Sqlite;

namespace FastNqe.Ensembles;

/// <summary>Puts the samples of several stores into one. Merging again, or in another order, gives the same table.</summary>
public static class StoreMerge
{
    /// <summary>Merges.</summary>
    /// <param name="sources">Stores, or folders of stores.</param>
    /// <param name="target">The merged store; what it holds already is kept. It appears or changes whole or not at all.</param>
    /// <param name="stop">Stops between two stores; the target stays as it was.</param>
    /// <returns>How many samples the merged store holds.</returns>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    /// <exception cref="StoreException">A store holds another study, a sample's numbers differ between two stores, another process works on the target (a run on a shard), or a file cannot be read or written.</exception>
    public static int Merge(IEnumerable<string> sources, string target, CancellationToken stop = default)
    {
        string full = Path.GetFullPath(target);
        string[] stores = [.. StoreFolder.Stores(sources).Where(store => store != full)];
        if (stores.Length == 0 && !File.Exists(full))
            throw new StoreException("there is nothing to merge");
        // A run that found its store replaced would lose what it commits.
        using ShardLock targetLock = ShardLock.Take(full);
        string unfinished = full + ".part";
        Forget(unfinished);
        try
        {
            // Read before it is copied: whoever reads a store undoes what a killed run left half committed.
            (CommonStudy common, List<string> filled) = Read(File.Exists(full) ? [full, .. stores] : stores);
            if (File.Exists(full))
                File.Copy(full, unfinished);
            int count = MergeInto(unfinished, common, filled.Where(store => store != full), target, stop);
            File.Move(unfinished, full, overwrite: true);
            return count;
        }
        finally
        {
            Forget(unfinished);
        }
    }

    // The journal that a killed merge left behind would be played back into whatever has the store's name next.
    private static void Forget(string unfinished)
    {
        File.Delete(unfinished + "-journal");
        File.Delete(unfinished);
    }

    private static int MergeInto(string unfinished, CommonStudy common, IEnumerable<string> stores, string target, CancellationToken stop)
    {
        using StoreConnection merged = StoreConnection.Write(unfinished, common.Study, common.Protocol is { } protocol ? StoredProtocol.ToJson(protocol) : null);
        merged.Rename(common.Study);
        foreach (string path in stores)
        {
            stop.ThrowIfCancellationRequested();
            merged.Guard(() => Take(merged, path, target));
        }
        return merged.Samples(withFailures: true).Count;
    }

    // What they have in common, and those that hold something.
    private static (CommonStudy Common, List<string> Filled) Read(string[] stores)
    {
        CommonStudy common = new();
        List<string> filled = [];
        foreach (StoreConnection store in StoreFolder.Open(stores))
        {
            common.Add(store);
            filled.Add(store.Path);
        }
        return (common, filled);
    }

    private static void Take(StoreConnection merged, string path, string target)
    {
        merged.Execute("ATTACH $path AS shard", ("$path", path));
        try
        {
            Compare(merged, "glass", StoreSchema.GlassColumns, path, target);
            Compare(merged, "mode", StoreSchema.ModeColumns, path, target);
            using SqliteTransaction transaction = merged.Begin();
            merged.Execute("""
                CREATE TEMP TABLE fresh AS SELECT sample FROM shard.glass AS there
                WHERE NOT EXISTS (SELECT 1 FROM main.glass AS here WHERE here.sample = there.sample AND (here.failure IS NULL OR there.failure IS NOT NULL));
                """);
            foreach (string table in StoreSql.SampleTables.Reverse())
                merged.Execute($"DELETE FROM main.{table} WHERE sample IN (SELECT sample FROM fresh)");
            foreach (string table in StoreSql.SampleTables)
                merged.Execute($"INSERT INTO main.{table} SELECT * FROM shard.{table} WHERE sample IN (SELECT sample FROM fresh) ORDER BY sample");
            merged.Execute("DROP TABLE fresh");
            transaction.Commit();
        }
        finally
        {
            merged.Execute("DETACH shard");
        }
    }

    // A sample made twice is the same to the bit; if it is not, something is wrong that a merge must not hide.
    private static void Compare(StoreConnection merged, string table, string[] columns, string path, string target)
    {
        string differs = string.Join(" OR ", columns.Select(column => $"here.{column} IS NOT there.{column}"));
        string key = table == "mode" ? "here.sample = there.sample AND here.kind = there.kind AND here.rank = there.rank" : "here.sample = there.sample";
        string both = table == "glass"
            ? "here.failure IS NULL AND there.failure IS NULL"
            : "1";
        using SqliteCommand command = merged.Command($"""
            SELECT here.sample, {string.Join(", ", columns.Select(column => $"here.{column}, there.{column}"))}
            FROM main.{table} AS here JOIN shard.{table} AS there ON {key} WHERE {both} AND ({differs}) LIMIT 1
            """);
        using SqliteDataReader reader = command.ExecuteReader();
        if (!reader.Read())
            return;
        for (int k = 0; k < columns.Length; k++)
            if (!Equals(reader.GetValue(1 + 2 * k), reader.GetValue(2 + 2 * k)))
                throw new StoreException($"sample {reader.GetInt32(0)} differs between {target} and {path}: {table}.{columns[k]} is {reader.GetValue(1 + 2 * k)} and {reader.GetValue(2 + 2 * k)}; nothing was merged");
    }
}
