using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Parquet;
using Parquet.Schema;

namespace FastNqe.Ensembles;

/// <summary>Writes tables as CSV or Parquet; numbers read back to the same doubles.</summary>
public static class TableFile
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// Writes a table; the file appears whole or not at all. The study, the protocol of its liquids and the version that wrote the table are in the file's
    /// metadata (Parquet: fastnqe.study, ...) or in a JSON file beside it (CSV: FILE.csv.json).
    /// </summary>
    /// <param name="path">Ends in .csv or .parquet.</param>
    /// <param name="table">The table.</param>
    /// <exception cref="ArgumentException">Another ending.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, EnsembleTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        switch (Path.GetExtension(path).ToUpperInvariant())
        {
            case ".CSV":
                AtomicFile.Write(path, stream => WriteCsv(stream, table));
                AtomicFile.WriteText(path + ".json", About(table).ToJsonString(Readable) + "\n");
                break;
            case ".PARQUET":
                AtomicFile.Write(path, stream => WriteParquet(stream, table).GetAwaiter().GetResult());
                break;
            default:
                throw new ArgumentException($"the table's file is \"{path}\"; expected a name that ends in .csv or .parquet", nameof(path));
        }
    }

    private static JsonObject About(EnsembleTable table)
    {
        JsonObject about = new() { ["study"] = JsonNode.Parse(table.Study.ToJson()), ["version"] = Provenance.Version };
        if (table.Protocol is { } protocol)
            about["protocol"] = JsonNode.Parse(StoredProtocol.ToJson(protocol));
        return about;
    }

    private static void WriteCsv(Stream stream, EnsembleTable table)
    {
        using StreamWriter writer = new(stream, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine(string.Join(',', table.Columns.Select(column => column.Name)));
        for (int row = 0; row < table.RowCount; row++)
        {
            for (int k = 0; k < table.Columns.Count; k++)
            {
                if (k > 0)
                    writer.Write(',');
                writer.Write(Field(table.Columns[k][row]));
            }
            writer.WriteLine();
        }
    }

    private static string Field(object? value)
    {
        string text = value switch
        {
            double number => number.ToString("R", CultureInfo.InvariantCulture),
            long integer => integer.ToString(CultureInfo.InvariantCulture),
            null => "",
            object other => other.ToString()!,
        };
        return text.AsSpan().IndexOfAny(",\"\n\r") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static async Task WriteParquet(Stream stream, EnsembleTable table)
    {
        DataField[] fields = [.. table.Columns.Select(column => new DataField(column.Name, TypeOf(column.Kind), isNullable: true))];
        // The writer wants to know where it is, which a plain output stream cannot tell.
        using MemoryStream memory = new();
        ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), memory);
        await using (writer.ConfigureAwait(false))
        {
            writer.CustomMetadata = About(table).ToDictionary(pair => $"fastnqe.{pair.Key}", pair => pair.Value is JsonObject value ? value.ToJsonString(Readable) : pair.Value!.GetValue<string>());
            using ParquetRowGroupWriter group = writer.CreateRowGroup();
            for (int k = 0; k < fields.Length; k++)
                await WriteColumn(group, fields[k], table.Columns[k], table.RowCount);
            group.CompleteValidate();
        }
        memory.WriteTo(stream);
    }

    private static Task WriteColumn(ParquetRowGroupWriter group, DataField field, TableColumn column, int rows)
    {
        switch (column.Kind)
        {
            case ValueKind.Text:
                return group.WriteAsync(field, (IReadOnlyCollection<string>)column.Texts!);
            case ValueKind.Whole:
                long?[] integers = new long?[rows];
                for (int row = 0; row < rows; row++)
                    integers[row] = (long?)column[row];
                return group.WriteAsync<long>(field, integers);
            default:
                double?[] numbers = new double?[rows];
                for (int row = 0; row < rows; row++)
                    numbers[row] = (double?)column[row];
                return group.WriteAsync<double>(field, numbers);
        }
    }

    private static Type TypeOf(ValueKind kind) => kind switch
    {
        ValueKind.Text => typeof(string),
        ValueKind.Whole => typeof(long),
        _ => typeof(double),
    };
}
