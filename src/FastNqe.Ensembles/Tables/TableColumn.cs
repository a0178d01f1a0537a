namespace FastNqe.Ensembles;

/// <summary>What a column of a table holds.</summary>
public enum ValueKind
{
    /// <summary>Floating-point numbers.</summary>
    Number,

    /// <summary>Integers.</summary>
    Whole,

    /// <summary>Text.</summary>
    Text,
}

/// <summary>A column of a table; a missing value is null.</summary>
/// <param name="name">Its name.</param>
/// <param name="kind">What it holds.</param>
public sealed class TableColumn(string name, ValueKind kind)
{
    private readonly List<double> _numbers = [];
    private readonly List<string?> _texts = [];

    /// <summary>The name.</summary>
    public string Name { get; } = name;

    /// <summary>What the column holds.</summary>
    public ValueKind Kind { get; } = kind;

    /// <summary>The value of a row: a double, a long, a string or null.</summary>
    public object? this[int row] => Kind switch
    {
        ValueKind.Text => _texts[row],
        _ when double.IsNaN(_numbers[row]) => null,
        ValueKind.Whole => (long)_numbers[row],
        _ => _numbers[row],
    };

    internal ReadOnlySpan<double> Numbers => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_numbers);

    internal IReadOnlyList<string?> Texts => _texts;

    // Integers are kept as doubles: none here comes near 2^53.
    internal void Add(double number) => _numbers.Add(number);

    internal void Add(string? text) => _texts.Add(text);
}
