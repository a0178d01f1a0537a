using System.Reflection;

namespace FastNqe.Ensembles;

/// <summary>What a row says about the program that made it.</summary>
internal static class Provenance
{
    /// <summary>The library's version.</summary>
    public static string Version { get; } =
        typeof(Configuration).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>The vector width in use.</summary>
    public static string Simd { get; } = FastNqe.Simd.Width.ToString().ToLowerInvariant();
}
