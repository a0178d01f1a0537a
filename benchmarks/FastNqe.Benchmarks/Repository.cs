namespace FastNqe.Benchmarks;

/// <summary>Where things are, from wherever a benchmark process was started.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    /// <summary>Everything made or built; not tracked.</summary>
    public static string Artifacts => Path.Combine(Root, "artifacts");

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "FastNqe.sln")))
                return folder.FullName;
        throw new InvalidOperationException($"no folder above {AppContext.BaseDirectory} holds FastNqe.sln: benchmarks run inside the repository");
    }
}
