using System.Reflection;

namespace FastNqe.Cli;

/// <summary>What this build is.</summary>
internal static class Product
{
    /// <summary>The version, with the commit it was built from when that is known.</summary>
    public static string Version { get; } =
        typeof(Product).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>The library with its version, as samples name what made them.</summary>
    public static string Library { get; } = $"FastNqe {typeof(InherentState).Assembly.GetName().Version?.ToString(3)}";
}
