using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using FastNqe.Benchmarks.Peer;

namespace FastNqe.Benchmarks;

/// <summary>What the head of a table says: processor, versions, date.</summary>
internal static class Machine
{
    /// <summary>The processor as it calls itself.</summary>
    public static string Processor { get; } = FromCpuInfo("model name") ?? RuntimeInformation.ProcessArchitecture.ToString();

    /// <summary>
    /// The processor's name as a folder: lower case, words joined by hyphens, and at the end what is inside, because processors of several
    /// generations may bear the same name.
    /// </summary>
    public static string Folder { get; } = Sanitise($"{Processor} {Generation(FromCpuInfo("cpu family"), FromCpuInfo("model"))}");

    /// <summary>Where tables of this processor are kept.</summary>
    public static string Results => Path.Combine(Repository.Root, "benchmarks", "results", Folder);

    /// <summary>Lines of Markdown.</summary>
    public static IEnumerable<string> Describe()
    {
        string model = FromCpuInfo("cpu family") is { } family ? $" (family {family}, model {FromCpuInfo("model")})" : "";
        string version = typeof(InherentState).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";
        yield return $"* {Processor}{model}, {Environment.ProcessorCount} processors{Caches()}";
        yield return $"* FastNqe {version}, {RuntimeInformation.FrameworkDescription}; peer by {NativePeer.Compiler}, -O3 -march=native -ffast-math";
        yield return string.Create(CultureInfo.InvariantCulture, $"* {RuntimeInformation.OSDescription}, {DateTime.UtcNow:yyyy-MM-dd}");
    }

    // Families and models as CPUID numbers them.
    private static string Generation(string? family, string? model) =>
        int.TryParse(family, CultureInfo.InvariantCulture, out int f) && int.TryParse(model, CultureInfo.InvariantCulture, out int m)
            ? (f, m) switch
            {
                (23, < 0x30) => "zen1",
                (23, _) => "zen2",
                (25, >= 0x10 and < 0x20 or >= 0x60) => "zen4",
                (25, _) => "zen3",
                (26, _) => "zen5",
                (6, 85) => "skylake",
                (6, 106 or 108) => "icelake",
                (6, 143 or 207) => "sapphirerapids",
                (6, 173 or 174) => "graniterapids",
                _ => $"{f} {m}",
            }
            : "";

    private static string? FromCpuInfo(string key)
    {
        if (!File.Exists("/proc/cpuinfo"))
            return null;
        foreach (string line in File.ReadLines("/proc/cpuinfo"))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0 && line.AsSpan(0, colon).Trim().SequenceEqual(key))
                return line[(colon + 1)..].Trim();
        }
        return null;
    }

    private static string Caches()
    {
        const string Folder = "/sys/devices/system/cpu/cpu0/cache";
        if (!Directory.Exists(Folder))
            return "";
        string text = "";
        foreach (string index in Directory.EnumerateDirectories(Folder, "index*").Order(StringComparer.Ordinal))
            if (File.ReadAllText(Path.Combine(index, "type")).Trim() != "Instruction")
                text += $", L{File.ReadAllText(Path.Combine(index, "level")).Trim()} {File.ReadAllText(Path.Combine(index, "size")).Trim()}";
        return text;
    }

    private static string Sanitise(string name)
    {
        char[] letters = [.. name.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : ' ')];
        return string.Join('-', new string(letters).Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }
}
