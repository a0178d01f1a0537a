using System.Globalization;
using Microsoft.Data.Sqlite;

namespace FastNqe.Ensembles;

/// <summary>An open store whose tables and study are known to be right.</summary>
/// <remarks>
/// Rollback journal with synchronous=EXTRA: a commit is on the disk, directory entry included, before it returns, and unlike the write-ahead log it needs no
/// memory shared between processes, so it is also safe on a cluster's network file system. A commit takes about a millisecond, against half a second of
/// work per sample.
/// </remarks>
internal sealed class StoreConnection : IDisposable
{
    // A reader (status, export) holds its lock for seconds at most.
    private const int PatienceSeconds = 300;

    // Whoever opens the store next, if only to read, undoes what a killed run left half committed, and needs to write for that. A file that cannot be
    // written is opened all the same.
    private const SqliteOpenMode ToRead = SqliteOpenMode.ReadWrite;

    private const string ProtocolKey = "protocol";

    private readonly SqliteConnection _connection;

    private StoreConnection(string path, SqliteConnection connection) => (Path, _connection) = (path, connection);

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Opens an existing store for reading.</summary>
    /// <exception cref="StoreException">There is none, it is damaged, or it is another program's or version's.</exception>
    public static StoreConnection Read(string path)
    {
        if (!File.Exists(path))
            throw new StoreException($"{path}: no such store");
        StoreConnection store = Open(path, ToRead);
        return store.Checked(() => store.CheckKind());
    }

    /// <summary>Opens an existing store for reading; null if it is empty, because another process is just making it.</summary>
    /// <exception cref="StoreException">There is none, it is damaged, or it is another program's or version's.</exception>
    public static StoreConnection? ReadUnlessEmpty(string path)
    {
        using (StoreConnection store = Open(path, ToRead))
            if (store.Guard(store.IsEmpty))
                return null;
        return Read(path);
    }

    /// <summary>Opens a store for writing; makes it if there is none.</summary>
    /// <param name="path">The file.</param>
    /// <param name="study">The study it is for.</param>
    /// <param name="protocol">The protocol of its liquids as JSON; null if there are none.</param>
    /// <exception cref="StoreException">It cannot be opened, is another program's or version's, or holds another study or liquids of another protocol.</exception>
    public static StoreConnection Write(string path, Study study, string? protocol)
    {
        StoreConnection store = Open(path, SqliteOpenMode.ReadWriteCreate);
        return store.Checked(() =>
        {
            store.Execute("PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA;");
            if (store.IsEmpty())
                store.Create(study);
            store.CheckKind();
            StoreFolder.CheckSameStudy(store, study.Identity, protocol);
            if (protocol is not null && store.Protocol() is null)
                store.Put(ProtocolKey, protocol);
        });
    }

    /// <summary>The study whose samples the store holds.</summary>
    public Study Study() => Guard(() => Ensembles.Study.Parse(Value("study"), Path));

    /// <summary>The canonical text that tells studies apart.</summary>
    public string Identity() => Guard(() => Value("identity"));

    /// <summary>The protocol by which its liquids were made, as JSON; null where there are none.</summary>
    public string? Protocol() => Guard(() => ValueIfAny(ProtocolKey));

    /// <summary>Keeps the study as it is now (more samples, another name).</summary>
    public void Rename(Study study) => Guard(() => Put("study", study.ToJson()));

    /// <summary>The numbers of the samples that are done: all, or those that did not fail.</summary>
    public HashSet<int> Samples(bool withFailures) => Guard(() =>
    {
        using SqliteCommand command = Command($"SELECT sample FROM glass {(withFailures ? "" : "WHERE failure IS NULL")}");
        using SqliteDataReader reader = command.ExecuteReader();
        HashSet<int> samples = [];
        while (reader.Read())
            samples.Add(reader.GetInt32(0));
        return samples;
    });

    /// <summary>The files that samples were read from, or failed to be, by number; null for glasses that were made.</summary>
    public Dictionary<int, string?> Files() => Guard(() =>
    {
        using SqliteCommand command = Command("SELECT sample, source FROM glass");
        using SqliteDataReader reader = command.ExecuteReader();
        Dictionary<int, string?> files = [];
        while (reader.Read())
            files[reader.GetInt32(0)] = reader.IsDBNull(1) ? null : reader.GetString(1);
        return files;
    });

    /// <summary>Where liquids stood when they were last kept, by chain, as far as this version of the program kept them.</summary>
    public Dictionary<int, (int Sample, byte[] State)> ChainStates() => Guard(() =>
    {
        using SqliteCommand command = Command("SELECT chain, sample, state FROM chain_state WHERE version = $version");
        command.Parameters.AddWithValue("$version", Provenance.Version);
        using SqliteDataReader reader = command.ExecuteReader();
        Dictionary<int, (int Sample, byte[] State)> states = [];
        while (reader.Read())
            states[reader.GetInt32(0)] = (reader.GetInt32(1), (byte[])reader[2]);
        return states;
    });

    /// <summary>A command on this store.</summary>
    public SqliteCommand Command(string text)
    {
        SqliteCommand command = _connection.CreateCommand();
        command.CommandText = text;
        return command;
    }

    /// <summary>Runs statements without a result.</summary>
    public void Execute(string text, params (string Name, object Value)[] parameters)
    {
        using SqliteCommand command = Command(text);
        foreach ((string name, object value) in parameters)
            command.Parameters.AddWithValue(name, value);
        command.ExecuteNonQuery();
    }

    /// <summary>The first column of the first row; default if there is none.</summary>
    public T? Scalar<T>(string text)
    {
        using SqliteCommand command = Command(text);
        object? value = command.ExecuteScalar();
        return value is null or DBNull ? default : (T)Convert.ChangeType(value, typeof(T), CultureInfo.InvariantCulture);
    }

    /// <summary>Begins a transaction.</summary>
    public SqliteTransaction Begin() => _connection.BeginTransaction();

    /// <summary>Does something with the store; SQLite's errors come out as <see cref="StoreException"/>.</summary>
    public T Guard<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (SqliteException exception)
        {
            throw StoreException.From(Path, exception);
        }
    }

    /// <inheritdoc cref="Guard{T}(Func{T})"/>
    public void Guard(Action action) => Guard(() =>
    {
        action();
        return true;
    });

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private static StoreConnection Open(string path, SqliteOpenMode mode)
    {
        SqliteConnection connection = new(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false, DefaultTimeout = PatienceSeconds }.ToString());
        try
        {
            connection.Open();
        }
        catch (SqliteException exception)
        {
            connection.Dispose();
            throw StoreException.From(path, exception);
        }
        return new StoreConnection(path, connection);
    }

    private StoreConnection Checked(Action check)
    {
        try
        {
            Guard(check);
            return this;
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    private bool IsEmpty() => Scalar<long>("SELECT count(*) FROM sqlite_schema") == 0;

    private void Create(Study study)
    {
        using SqliteTransaction transaction = Begin();
        Execute($"PRAGMA application_id = {StoreSchema.ApplicationId}; PRAGMA user_version = {StoreSchema.Version};");
        Execute(StoreSchema.Create);
        Put("study", study.ToJson());
        Put("identity", study.Identity);
        transaction.Commit();
    }

    private void CheckKind()
    {
        if (Scalar<long>("PRAGMA application_id") != StoreSchema.ApplicationId)
            throw new StoreException($"{Path}: a SQLite database, but not a store of an ensemble");
        long version = Scalar<long>("PRAGMA user_version");
        if (version != StoreSchema.Version)
            throw new StoreException($"{Path}: schema version {version}; this program reads and writes version {StoreSchema.Version}");
    }

    private string Value(string key) => ValueIfAny(key) ?? throw new StoreException($"{Path}: table study has no key \"{key}\"");

    private string? ValueIfAny(string key)
    {
        using SqliteCommand command = Command("SELECT value FROM study WHERE key = $key");
        command.Parameters.AddWithValue("$key", key);
        return command.ExecuteScalar() as string;
    }

    private void Put(string key, string value) =>
        Execute("INSERT INTO study (key, value) VALUES ($key, $value) ON CONFLICT (key) DO UPDATE SET value = excluded.value", ("$key", key), ("$value", value));
}
