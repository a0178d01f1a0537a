using System.Globalization;

namespace FastNqe.Contractions;

/// <summary>How messages name a point.</summary>
internal static class Place
{
    /// <summary>Its coordinates in brackets, with a decimal point everywhere.</summary>
    public static string Of(ReadOnlySpan<double> point) =>
        $"({string.Join(", ", point.ToArray().Select(x => x.ToString("G10", CultureInfo.InvariantCulture)))})";
}
