using System.Globalization;
using Microsoft.Data.Sqlite;

namespace FastNqe.Ensembles;

/// <summary>A store cannot be opened, read or written: the message says which, why, and what stays safe.</summary>
public sealed class StoreException(string message, Exception? inner = null) : IOException(message, inner)
{
    private const int Full = 13, InputOutput = 10, CannotOpen = 14, ReadOnly = 8, NoDatabase = 26, Corrupt = 11, Busy = 5;

    /// <summary>Puts SQLite's code into words.</summary>
    internal static StoreException From(string path, SqliteException exception)
    {
        string reason = exception.SqliteErrorCode switch
        {
            Full => "the disk is full; every sample committed before is kept: free some space and run again",
            InputOutput => $"reading or writing failed ({exception.Message}; a full disk or a lost file system?); every sample committed before is kept: run again",
            CannotOpen => "the file cannot be opened or created",
            ReadOnly => "the file or its folder is read-only",
            NoDatabase => "the file is not a SQLite database",
            Corrupt => "the file is damaged",
            Busy => "another process keeps it locked",
            _ => string.Create(CultureInfo.InvariantCulture, $"{exception.Message} (SQLite code {exception.SqliteExtendedErrorCode})"),
        };
        return new StoreException($"{path}: {reason}", exception);
    }
}
