using System.Reflection;

namespace FastNqe.Cli;

/// <summary>What this build is.</summary>
internal static class Product
{
    /// <summary>The version, with the commit it was built from when that is known.</summary>
    public static string Version { get; } =
        typeof(Product).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
