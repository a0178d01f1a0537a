using System.Runtime.InteropServices;
using System.Text.Json;

namespace FastNqe.Ensembles;

/// <summary>What the statements on a store share.</summary>
internal static class StoreSql
{
    /// <summary>Every table with a row or rows per sample, in an order in which rows may be inserted.</summary>
    public static readonly string[] SampleTables = ["glass", "mode", "cost", "kept_glass", "kept_mode"];

    /// <summary>Removes every row of sample $sample.</summary>
    public static readonly string DeleteSample = string.Concat(SampleTables.Reverse().Select(table => $"DELETE FROM {table} WHERE sample = $sample; "));

    /// <summary>The kind as the store spells it.</summary>
    public static string Word(ModeKind kind) => kind switch
    {
        ModeKind.Harmonic => "harmonic",
        ModeKind.Quartic => "quartic",
        _ => "cubic",
    };

    /// <summary>The kind that the store spells so.</summary>
    public static ModeKind Kind(string word) => Enum.Parse<ModeKind>(word, ignoreCase: true);

    /// <summary>Why a search ended, as the store and every other output spell it: lower case, words joined by hyphens.</summary>
    public static string Word(SearchEnd end) => JsonNamingPolicy.KebabCaseLower.ConvertName(end.ToString());

    /// <summary>A cell as numbers: d lengths, then xy, xz, yz.</summary>
    public static byte[] Pack(Box box)
    {
        List<double> numbers = [.. Enumerable.Range(0, box.Dimension).Select(box.Length), box.XY, box.XZ, box.YZ];
        return MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(numbers)).ToArray();
    }

    /// <summary>The cell that <see cref="Pack"/> wrote.</summary>
    public static Box Unpack(byte[] blob)
    {
        ReadOnlySpan<double> numbers = MemoryMarshal.Cast<byte, double>(blob);
        return Box.Tilted(numbers[..^3], numbers[^3], numbers[^2], numbers[^1]);
    }
}
