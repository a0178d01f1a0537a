using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace FastNqe.Ensembles;

/// <summary>The protocol by which a store's liquids were made (<see cref="SamplingProtocol.Describe"/>), as the JSON object that the store keeps.</summary>
internal static class StoredProtocol
{
    private const string RelaxationTimeKey = "relaxation_time";

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The protocol as JSON, its keys in alphabetical order.</summary>
    public static string ToJson(IReadOnlyDictionary<string, string> protocol) =>
        JsonSerializer.Serialize(new SortedDictionary<string, string>(protocol.ToDictionary(), StringComparer.Ordinal), Plain);

    /// <summary>The protocol that <see cref="ToJson"/> wrote.</summary>
    public static IReadOnlyDictionary<string, string> Parse(string json) => JsonSerializer.Deserialize<Dictionary<string, string>>(json)!;

    /// <summary>The structural relaxation time of a protocol [time, or sweeps]; null if it was not known.</summary>
    public static double? RelaxationTime(IReadOnlyDictionary<string, string> protocol) =>
        protocol.TryGetValue(RelaxationTimeKey, out string? time) ? double.Parse(time, CultureInfo.InvariantCulture) : null;

    /// <summary>In what two protocols differ, as <see cref="StudyDifference.Explain"/> says it; null if in nothing but the version that began each (every sample says its own).</summary>
    public static string? Difference(string there, string here)
    {
        string first = WithoutMaker(there), second = WithoutMaker(here);
        return first == second ? null : StudyDifference.Explain(first, second);
    }

    private static string WithoutMaker(string json) => ToJson(Parse(json).Where(pair => pair.Key != GlassProperties.MadeBy).ToDictionary());
}
