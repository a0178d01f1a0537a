using System.Text.Json.Nodes;

namespace FastNqe.Ensembles;

/// <summary>Says in which keys two studies differ.</summary>
internal static class StudyDifference
{
    /// <summary>As in: temperature 2 there, 1.5 here.</summary>
    /// <param name="there">The identity (<see cref="Study.Identity"/>) that is already in place.</param>
    /// <param name="here">The other identity.</param>
    public static string Explain(string there, string here)
    {
        JsonObject first = JsonNode.Parse(there)!.AsObject(), second = JsonNode.Parse(here)!.AsObject();
        IEnumerable<string> keys = first.Select(pair => pair.Key).Union(second.Select(pair => pair.Key));
        return string.Join("; ", keys
            .Where(key => Text(first, key) != Text(second, key))
            .Select(key => $"{key} {Text(first, key)} there, {Text(second, key)} here"));
    }

    private static string Text(JsonObject study, string key) => study[key]?.ToJsonString() ?? "not given";
}
