using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace FastNqe.Ensembles;

/// <summary>Reads the glasses that stores kept, each with all that is known of how it was made.</summary>
internal static class KeptGlasses
{
    /// <summary>The kept samples that meet a condition, store after store, each once. The store is open until the next sample is asked for.</summary>
    /// <param name="foldersAndFiles">Stores, or folders of stores.</param>
    /// <param name="condition">On the column sample of table kept_glass, in SQL.</param>
    /// <exception cref="StoreException">A store cannot be read.</exception>
    public static IEnumerable<(StoreConnection Store, int Sample)> EachOnce(IEnumerable<string> foldersAndFiles, string condition = "1")
    {
        HashSet<int> seen = [];
        foreach (StoreConnection store in StoreFolder.Open(foldersAndFiles))
        {
            int[] samples = [.. store.Guard(() => Samples(store, condition)).Where(seen.Add)];
            foreach (int sample in samples)
                yield return (store, sample);
        }
    }

    /// <summary>The glass of a sample, with its provenance under the keys that the files of single glasses have.</summary>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public static Configuration Read(StoreConnection store, int sample) => store.Guard(() =>
    {
        using SqliteCommand command = store.Command("""
            SELECT box, positions, diameters, types, chain, source, max_force, swap_acceptance, crystalline_share, version
            FROM kept_glass JOIN glass USING (sample) JOIN cost USING (sample) WHERE sample = $sample
            """);
        command.Parameters.AddWithValue("$sample", sample);
        using SqliteDataReader reader = command.ExecuteReader();
        reader.Read();
        Dictionary<string, string> said = Common(store);
        // Of the version without its commit, as single glasses say it.
        string maker = $"FastNqe {reader.GetString(9).Split('+')[0]}";
        said[GlassProperties.MadeBy] = store.Protocol() is null ? $"{maker} ensemble" : maker;
        said[GlassProperties.Chain] = reader.GetInt32(4).ToString(CultureInfo.InvariantCulture);
        said[GlassProperties.Sample] = sample.ToString(CultureInfo.InvariantCulture);
        said[GlassProperties.MaxForce] = Exact(reader.GetDouble(6));
        if (!reader.IsDBNull(5))
            said["source"] = reader.GetString(5);
        foreach ((int column, string key) in new[] { (7, GlassProperties.SwapAcceptance), (8, GlassProperties.CrystallineShare) })
            if (!reader.IsDBNull(column))
                said[key] = Exact(reader.GetDouble(column));
        return new Configuration(
            StoreSql.Unpack((byte[])reader[0]),
            MemoryMarshal.Cast<byte, double>((byte[])reader[1]),
            MemoryMarshal.Cast<byte, double>((byte[])reader[2]),
            MemoryMarshal.Cast<byte, int>((byte[])reader[3]),
            properties: said);
    });

    // What all glasses of a store share: the study, and the protocol of its liquids or at least the potential.
    private static Dictionary<string, string> Common(StoreConnection store)
    {
        Study study = store.Study();
        GlassModel model = SampleSource.Model(study);
        IReadOnlyDictionary<string, string> shared = store.Protocol() is { } protocol ? StoredProtocol.Parse(protocol) : PotentialConstants.Of(model.Potential).Describe();
        return new(shared)
        {
            ["study"] = study.Name,
            [GlassProperties.Model] = model.Name,
            [GlassProperties.Potential] = model.Potential.ToString() ?? "",
        };
    }

    private static List<int> Samples(StoreConnection store, string condition)
    {
        using SqliteCommand command = store.Command($"SELECT sample FROM kept_glass WHERE {condition} ORDER BY sample");
        using SqliteDataReader reader = command.ExecuteReader();
        List<int> samples = [];
        while (reader.Read())
            samples.Add(reader.GetInt32(0));
        return samples;
    }

    private static string Exact(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
