using System.Collections.Immutable;
using System.Globalization;

namespace FastNqe;

/// <summary>
/// Which type number a species' name stands for, in formats that have names only.
/// </summary>
/// <remarks>
/// Rare gases stand in the order of their size, Ar being type 0 even in a file without any argon; other names in alphabetical order,
/// numbers by value. A configuration whose types are named otherwise is written with an explicit list (<see cref="Key"/>).
/// </remarks>
internal static class SpeciesNames
{
    /// <summary>The key of the explicit list of names in comment lines.</summary>
    public const string Key = "type_names";

    // Ordered by size, so that viewers draw the larger species larger.
    private static readonly string[] RareGases = ["Ar", "Kr", "Xe", "Rn"];

    /// <summary>Names for types of which only the number is known.</summary>
    public static ImmutableArray<string> Default(int count) =>
        [.. Enumerable.Range(0, count).Select(type => type < RareGases.Length ? RareGases[type] : $"X{type}")];

    /// <summary>The types, in their order, that a set of names stands for.</summary>
    public static string[] Order(IEnumerable<string> names)
    {
        string[] distinct = [.. names.Distinct(StringComparer.Ordinal)];
        if (distinct.All(RareGases.Contains))
            return RareGases[..(1 + distinct.Max(name => Array.IndexOf(RareGases, name)))];
        return [.. distinct.OrderBy(Number).ThenBy(name => name, StringComparer.Ordinal)];
    }

    /// <summary>The explicit list of names that a writer has to add, or null when the names in the rows say it all.</summary>
    /// <exception cref="ArgumentException">A name cannot be a field of a row.</exception>
    public static string? Explicit(Configuration configuration)
    {
        Check(configuration);
        ImmutableArray<string> names = configuration.TypeNames;
        bool[] used = new bool[names.Length];
        foreach (int type in configuration.Types)
            used[type] = true;
        return Order(names.Where((_, type) => used[type])).SequenceEqual(names) ? null : string.Join(' ', names);
    }

    /// <summary>Checks that names can be fields of a row.</summary>
    /// <exception cref="ArgumentException">A name is empty, has blanks or #, or is used twice.</exception>
    public static void Check(Configuration configuration)
    {
        ImmutableArray<string> names = configuration.TypeNames;
        foreach (string name in names)
            if (name.Length == 0 || name.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '#' or '"' or '\'') || names.Count(name.Equals) > 1)
                throw new ArgumentException($"the type name \"{name}\" cannot be written; expected distinct names without blanks, quotes and #", nameof(configuration));
    }

    // Names that are no numbers come after those that are.
    private static long Number(string name) =>
        long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : long.MaxValue;
}
