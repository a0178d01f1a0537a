using System.Globalization;
using System.Text;

namespace FastNqe;

/// <summary>The fields of one line, separated by blanks, taken one after the other without making strings.</summary>
internal ref struct Fields(LineReader reader, ReadOnlySpan<byte> line)
{
    // Four coordinates each still fit into one array.
    private const int LargestCount = int.MaxValue / 8;

    private ReadOnlySpan<byte> _rest = line;
    private int _count;

    /// <summary>What has not been taken yet.</summary>
    public readonly ReadOnlySpan<byte> Rest => _rest.TrimStart(" \t"u8);

    public static bool IsBlank(ReadOnlySpan<byte> line) => line.Trim(" \t\r"u8).IsEmpty;

    /// <summary>The next field, or false at the end of the line.</summary>
    public bool TryNext(out ReadOnlySpan<byte> field)
    {
        ReadOnlySpan<byte> rest = Rest;
        int length = rest.IndexOfAny((byte)' ', (byte)'\t');
        field = length < 0 ? rest : rest[..length];
        _rest = rest[field.Length..];
        _count++;
        return field.Length > 0;
    }

    /// <summary>The next field, or false at the end of the line.</summary>
    public bool TryNext(out string field)
    {
        bool found = TryNext(out ReadOnlySpan<byte> bytes);
        field = Encoding.UTF8.GetString(bytes);
        return found;
    }

    /// <summary>The next field; an error if there is none.</summary>
    public ReadOnlySpan<byte> Next(string name) =>
        TryNext(out ReadOnlySpan<byte> field) ? field : throw reader.Error($"the line ends before field {_count}; expected {name}");

    /// <summary>The next field as a finite number.</summary>
    public double Number(string name)
    {
        ReadOnlySpan<byte> field = Next(name);
        return double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value
            : throw Wrong(name, field, "a finite number");
    }

    /// <summary>The next field as a positive finite number.</summary>
    public double Positive(string name)
    {
        Fields before = this;
        double value = Number(name);
        return value > 0 ? value : throw Wrong(name, before.Next(name), "a positive number");
    }

    /// <summary>The next field as a whole number within limits.</summary>
    public long Whole(string name, long smallest, long largest)
    {
        ReadOnlySpan<byte> field = Next(name);
        return long.TryParse(field, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) && value >= smallest && value <= largest
            ? value
            : throw Wrong(name, field, $"a whole number from {smallest}{(largest < long.MaxValue ? $" to {largest}" : "")}");
    }

    /// <summary>The next field as a number of rows: a damaged one must not ask for more memory than the file has bytes.</summary>
    public int Count(string name) => (int)Whole(name, 1, Math.Min(LargestCount, reader.Length));

    /// <summary>An error if anything is left.</summary>
    public void End(string after)
    {
        if (TryNext(out ReadOnlySpan<byte> field))
            throw reader.Error($"field {_count} is \"{Show(field)}\"; expected the line to end after {after}");
    }

    /// <summary>A field as it is quoted in messages: never longer than a line of a terminal.</summary>
    public static string Show(ReadOnlySpan<byte> field) =>
        Encoding.UTF8.GetString(field.Length <= 40 ? field : field[..40]) + (field.Length <= 40 ? "" : "...");

    private readonly ConfigurationFormatException Wrong(string name, ReadOnlySpan<byte> field, string expected) =>
        reader.Error($"field {_count}, {name}, is \"{Show(field)}\"; expected {expected}");
}
