using Microsoft.Data.Sqlite;

namespace FastNqe.Ensembles;

/// <summary>
/// An ensemble as a table in memory, gathered from any number of stores: one row per sample with its glass and the kept mode of each kind (columns
/// harmonic_..., quartic_..., cubic_...), or one row per mode. Simulation units; sorted by sample; each sample once.
/// </summary>
public sealed class EnsembleTable
{
    private static readonly HashSet<string> TextColumns = ["seed", "failure", "source", "protocol", "kind", "start", "end"];
    private static readonly HashSet<string> IntegerColumns = ["sample", "chain", "particles", "dimension", "pairs", "rank", "converged", "shear_modulus_converged", "iterations", "sweeps"];

    private readonly TableColumn[] _columns;

    private EnsembleTable(CommonStudy common, TableColumn[] columns) => (Study, Protocol, _columns) = (common.Study, common.Protocol, columns);

    /// <summary>The study.</summary>
    public Study Study { get; }

    /// <summary>The protocol by which the liquids were made, as keys and values (<see cref="SamplingProtocol.Describe"/>); null where there are none.</summary>
    public IReadOnlyDictionary<string, string>? Protocol { get; }

    /// <summary>The columns.</summary>
    public IReadOnlyList<TableColumn> Columns => _columns;

    /// <summary>The number of rows.</summary>
    public int RowCount => _columns[0].Numbers.Length;

    /// <summary>One row per sample, failures among them (with their reason and without numbers).</summary>
    /// <param name="foldersAndFiles">Stores, or folders of stores, of one study.</param>
    /// <exception cref="StoreException">A store cannot be read, or they hold different studies.</exception>
    public static EnsembleTable Samples(IEnumerable<string> foldersAndFiles)
    {
        List<(string Name, string Expression)> columns = [.. StoreSchema.GlassColumns.Select(column => (column, $"glass.{column}"))];
        string joins = "";
        foreach (ModeKind kind in Enum.GetValues<ModeKind>())
        {
            string word = StoreSql.Word(kind);
            joins += $" LEFT JOIN mode AS {word} ON {word}.sample = glass.sample AND {word}.kind = '{word}' AND {word}.rank = 0";
            columns.AddRange(StoreSchema.ModeColumns[3..].Where(column => IsMeant(kind, column)).Select(column => ($"{word}_{column}", $"{word}.{column}")));
        }
        return Read(foldersAndFiles, columns, $"FROM glass{joins}", "glass.sample");
    }

    /// <summary>One row per mode: all harmonic modes, the quartic mode, and the cubic mode from every start.</summary>
    /// <inheritdoc cref="Samples"/>
    public static EnsembleTable Modes(IEnumerable<string> foldersAndFiles) =>
        Read(foldersAndFiles, [.. StoreSchema.ModeColumns.Select(column => (column, $"mode.{column}"))], "FROM mode JOIN glass USING (sample)", "mode.sample, mode.kind, mode.rank");

    /// <summary>A column of numbers; NaN where there is none.</summary>
    /// <exception cref="ArgumentException">There is no such column of numbers.</exception>
    public ReadOnlySpan<double> Numbers(string column) =>
        _columns.FirstOrDefault(known => known.Name == column && known.Kind != ValueKind.Text) is { } found
            ? found.Numbers
            : throw new ArgumentException($"there is no column of numbers \"{column}\"", nameof(column));

    /// <summary>A column of text; null where there is none.</summary>
    /// <exception cref="ArgumentException">There is no such column of text.</exception>
    public IReadOnlyList<string?> Texts(string column) =>
        _columns.FirstOrDefault(known => known.Name == column && known.Kind == ValueKind.Text) is { } found
            ? found.Texts
            : throw new ArgumentException($"there is no column of text \"{column}\"", nameof(column));

    // A harmonic mode has neither start, end nor energy, and only the modes after it overlap with it.
    private static bool IsMeant(ModeKind kind, string column) => (kind, column) switch
    {
        (ModeKind.Harmonic, "start" or "end" or "energy" or "overlap_harmonic" or "overlap_quartic" or "quartic_field_norm" or "iterations" or "sweeps") => false,
        (ModeKind.Quartic, "start" or "overlap_quartic") => false,
        (ModeKind.Cubic, "quartic_field_norm") => false,
        _ => true,
    };

    private static EnsembleTable Read(IEnumerable<string> foldersAndFiles, List<(string Name, string Expression)> columns, string from, string order)
    {
        string[] stores = StoreFolder.Stores(foldersAndFiles);
        CommonStudy common = new();
        Dictionary<int, string> owner = Owners(stores, common);
        TableColumn[] table = [.. columns.Select(column => new TableColumn(column.Name, KindOf(column.Name)))];
        List<int> samples = [];
        string query = $"SELECT {string.Join(", ", columns.Select(column => column.Expression))} {from} ORDER BY {order}";
        foreach (StoreConnection store in StoreFolder.Open(stores))
            store.Guard(() => Append(store, query, owner, table, samples));
        return new EnsembleTable(common, stores.Length == 1 ? table : Sorted(table, samples));
    }

    // Which store a sample is taken from: the first in which it succeeded, else the first that has it.
    private static Dictionary<int, string> Owners(string[] stores, CommonStudy common)
    {
        Dictionary<int, string> owner = [];
        HashSet<int> succeeded = [];
        foreach (StoreConnection store in StoreFolder.Open(stores))
        {
            common.Add(store);
            foreach (int sample in store.Samples(withFailures: false))
                if (succeeded.Add(sample))
                    owner[sample] = store.Path;
            foreach (int sample in store.Samples(withFailures: true))
                owner.TryAdd(sample, store.Path);
        }
        return owner;
    }

    private static void Append(StoreConnection store, string query, Dictionary<int, string> owner, TableColumn[] table, List<int> samples)
    {
        using SqliteCommand command = store.Command(query);
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            int sample = reader.GetInt32(0);
            // A run that is at work may have committed more since owners were found.
            if (!owner.TryGetValue(sample, out string? from) || from != store.Path)
                continue;
            samples.Add(sample);
            for (int k = 0; k < table.Length; k++)
                if (table[k].Kind == ValueKind.Text)
                    table[k].Add(reader.IsDBNull(k) ? null : reader.GetString(k));
                else
                    table[k].Add(reader.IsDBNull(k) ? double.NaN : reader.GetDouble(k));
        }
    }

    private static TableColumn[] Sorted(TableColumn[] table, List<int> samples)
    {
        // Stable: the modes of a sample come from one store and stay in their order.
        int[] rows = [.. Enumerable.Range(0, samples.Count).OrderBy(row => samples[row])];
        return [.. table.Select(column => Reordered(column, rows))];
    }

    private static TableColumn Reordered(TableColumn column, int[] rows)
    {
        TableColumn sorted = new(column.Name, column.Kind);
        foreach (int row in rows)
            if (column.Kind == ValueKind.Text)
                sorted.Add(column.Texts[row]);
            else
                sorted.Add(column.Numbers[row]);
        return sorted;
    }

    private static ValueKind KindOf(string name)
    {
        string bare = Enum.GetValues<ModeKind>().Select(kind => StoreSql.Word(kind) + "_").FirstOrDefault(prefix => name.StartsWith(prefix, StringComparison.Ordinal)) is { } prefix
            ? name[prefix.Length..]
            : name;
        return TextColumns.Contains(bare) ? ValueKind.Text : IntegerColumns.Contains(bare) ? ValueKind.Whole : ValueKind.Number;
    }
}
