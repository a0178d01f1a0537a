using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace FastNqe.Ensembles;

/// <summary>A stored mode with its glass.</summary>
/// <param name="Sample">The sample's number.</param>
/// <param name="Kind">The mode's kind.</param>
/// <param name="Rank">The mode's rank among its kind.</param>
/// <param name="Converged">Whether its search converged.</param>
/// <param name="Frequency">omega, simulation units.</param>
/// <param name="ParticipationRatio">e.</param>
/// <param name="Displacement">N·d numbers.</param>
public sealed record StoredMode(int Sample, ModeKind Kind, int Rank, bool Converged, double Frequency, double ParticipationRatio, double[] Displacement);

/// <summary>Reads glasses and modes that a study kept (key "keep"), and writes them as extended XYZ.</summary>
public static class ModeExport
{
    /// <summary>
    /// Writes one file per sample whose glass was kept too, sample-NNNNNN.xyz, with one frame per mode; in four dimensions, which that format does not have, sample-NNNNNN.txt with the glass
    /// and beside it sample-NNNNNN-quartic-0.txt and its like, N rows of d numbers for each mode, as fastnqe coefficients --direction reads them.
    /// </summary>
    /// <param name="foldersAndFiles">Stores, or folders of stores.</param>
    /// <param name="folder">Receives the files; made if missing.</param>
    /// <returns>How many files were written.</returns>
    /// <exception cref="StoreException">A store cannot be read, or none of them kept glasses and modes.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static int Write(IEnumerable<string> foldersAndFiles, string folder)
    {
        Directory.CreateDirectory(folder);
        int files = 0;
        foreach ((int sample, Configuration glass, IReadOnlyList<StoredMode> modes) in Kept(foldersAndFiles))
        {
            string path = GlassExport.PathOf(folder, sample, glass.Dimension);
            if (glass.Dimension == 4)
                WriteApart(path, glass, modes);
            else
                ExtendedXyz.WriteModes(path, glass, modes.Select(mode => ((IReadOnlyDictionary<string, string>)Describe(mode), (ReadOnlyMemory<double>)mode.Displacement)));
            files++;
        }
        return files > 0 ? files : throw new StoreException("no glass with modes in these stores: a study keeps them with \"keep\": [\"glasses\", \"modes\"]");
    }

    private static void WriteApart(string path, Configuration glass, IReadOnlyList<StoredMode> modes)
    {
        glass.Write(path);
        foreach (StoredMode mode in modes)
        {
            string file = string.Create(CultureInfo.InvariantCulture, $"{Path.ChangeExtension(path, null)}-{StoreSql.Word(mode.Kind)}-{mode.Rank}.txt");
            DirectionFile.Write(file, mode.Displacement, glass.Dimension, string.Join(", ", Describe(mode).Select(pair => $"{pair.Key} {pair.Value}")));
        }
    }

    /// <summary>Every kept sample with its modes, in the stores' order; each sample once.</summary>
    /// <param name="foldersAndFiles">Stores, or folders of stores.</param>
    /// <param name="only">The number of the one sample that is wanted; null for all.</param>
    /// <exception cref="StoreException">A store cannot be read.</exception>
    public static IEnumerable<(int Sample, Configuration Glass, IReadOnlyList<StoredMode> Modes)> Kept(IEnumerable<string> foldersAndFiles, int? only = null)
    {
        string wanted = only is { } number ? string.Create(CultureInfo.InvariantCulture, $" AND sample = {number}") : "";
        foreach ((StoreConnection store, int sample) in KeptGlasses.EachOnce(foldersAndFiles, $"sample IN (SELECT sample FROM kept_mode){wanted}"))
            yield return (sample, KeptGlasses.Read(store, sample), store.Guard(() => Modes(store, sample)));
    }

    private static List<StoredMode> Modes(StoreConnection store, int sample)
    {
        using SqliteCommand command = store.Command("""
            SELECT kind, rank, converged, frequency, participation_ratio, vector FROM kept_mode JOIN mode USING (sample, kind, rank) WHERE sample = $sample
            ORDER BY CASE kind WHEN 'harmonic' THEN 0 WHEN 'quartic' THEN 1 ELSE 2 END, rank
            """);
        command.Parameters.AddWithValue("$sample", sample);
        using SqliteDataReader reader = command.ExecuteReader();
        List<StoredMode> modes = [];
        while (reader.Read())
            modes.Add(new StoredMode(
                sample, StoreSql.Kind(reader.GetString(0)), reader.GetInt32(1), reader.GetBoolean(2), reader.GetDouble(3), reader.GetDouble(4),
                MemoryMarshal.Cast<byte, double>((byte[])reader[5]).ToArray()));
        return modes;
    }

    private static Dictionary<string, string> Describe(StoredMode mode) => new()
    {
        ["mode"] = StoreSql.Word(mode.Kind),
        ["rank"] = mode.Rank.ToString(CultureInfo.InvariantCulture),
        ["frequency"] = mode.Frequency.ToString("R", CultureInfo.InvariantCulture),
        ["participationRatio"] = mode.ParticipationRatio.ToString("R", CultureInfo.InvariantCulture),
    };
}
