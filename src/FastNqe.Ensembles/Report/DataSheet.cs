using System.Globalization;

namespace FastNqe.Ensembles;

/// <summary>The numbers behind a figure, written as CSV.</summary>
/// <param name="name">The file's name without ending.</param>
/// <param name="columns">The names of the columns.</param>
internal sealed class DataSheet(string name, params string[] columns)
{
    private readonly List<object?[]> _rows = [];

    /// <summary>The file's name without ending.</summary>
    public string Name { get; } = name;

    /// <summary>The number of rows.</summary>
    public int RowCount => _rows.Count;

    /// <summary>Adds a row.</summary>
    public void Add(params object?[] values) => _rows.Add(values);

    /// <summary>The sheet as text.</summary>
    public string ToCsv() => string.Join('\n', _rows.Select(row => string.Join(',', row.Select(Field))).Prepend(string.Join(',', columns))) + "\n";

    private static string Field(object? value) => value switch
    {
        null => "",
        double number => double.IsNaN(number) ? "" : number.ToString("R", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
