using System.Reflection;

namespace FastNqe.Ensembles;

/// <summary>The studies that come with the program: each column of the paper's Table I, its polydisperse ensembles, and a small one.</summary>
public static class ShippedStudies
{
    private const string Prefix = "FastNqe.Ensembles.Studies.Shipped.";

    /// <summary>Every shipped study, sorted by name.</summary>
    public static IReadOnlyList<Study> All { get; } = Load();

    /// <summary>The shipped study of that name.</summary>
    /// <exception cref="ArgumentException">There is none; the message lists those there are.</exception>
    public static Study Named(string name) =>
        All.FirstOrDefault(study => study.Name == name)
        ?? throw new ArgumentException($"unknown study \"{name}\"; expected one of {string.Join(", ", All.Select(study => study.Name))}", nameof(name));

    private static Study[] Load()
    {
        Assembly assembly = typeof(ShippedStudies).Assembly;
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => Read(assembly, name))
            .OrderBy(study => study.Name, StringComparer.Ordinal)];
    }

    private static Study Read(Assembly assembly, string resource)
    {
        using Stream stream = assembly.GetManifestResourceStream(resource)!;
        using MemoryStream text = new();
        stream.CopyTo(text);
        return StudyFile.Parse(text.ToArray(), resource[Prefix.Length..]);
    }
}
