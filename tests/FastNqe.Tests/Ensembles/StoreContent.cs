using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;

namespace FastNqe.Tests.Ensembles;

/// <summary>Reads stores by plain SQL, as any other client would, to compare what they hold to the bit.</summary>
internal static class StoreContent
{
    private static readonly string[] Tables = ["glass", "mode", "kept_glass", "kept_mode"];

    /// <summary>Every row of every table but the costs, sorted, as text with all digits.</summary>
    public static string Of(params IEnumerable<string> stores)
    {
        SortedSet<string> rows = new(StringComparer.Ordinal);
        foreach (string store in stores)
            foreach (string table in Tables)
                foreach (string row in Rows(store, $"SELECT * FROM {table}"))
                    rows.Add($"{table} {row}");
        return string.Join('\n', rows);
    }

    /// <summary>The rows of a query.</summary>
    public static List<string> Rows(string store, string query)
    {
        using SqliteConnection connection = new($"Data Source={store};Mode=ReadWrite;Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = query;
        using SqliteDataReader reader = command.ExecuteReader();
        List<string> rows = [];
        while (reader.Read())
        {
            StringBuilder row = new();
            for (int column = 0; column < reader.FieldCount; column++)
                row.Append(reader.GetValue(column) switch
                {
                    double number => number.ToString("R", CultureInfo.InvariantCulture),
                    byte[] blob => Convert.ToHexString(blob),
                    DBNull => "-",
                    object value => Convert.ToString(value, CultureInfo.InvariantCulture),
                }).Append('|');
            rows.Add(row.ToString());
        }
        return rows;
    }
}
