using System.CommandLine;

namespace FastNqe.Cli;

/// <summary>The configuration a verb reads, and checks of what it will write: before anything is computed, not after.</summary>
internal static class Files
{
    /// <summary>The argument FILE.</summary>
    public static Argument<string> Configuration() => new("FILE")
    {
        Description = "A configuration: extended XYZ, LAMMPS data or text dump, or plain text (any dimension). The format is told by the content.",
    };

    /// <summary>Reads a configuration and gives it the diameters of its model.</summary>
    public static Configuration Read(string path, GlassModel model)
    {
        Configuration configuration = FastNqe.Configuration.Read(path);
        return Named(path, () => model.Complete(configuration));
    }

    /// <summary>Does what may find fault with a configuration, and then names its file.</summary>
    public static T Named<T>(string path, Func<T> use)
    {
        try
        {
            return use();
        }
        catch (ArgumentException fault)
        {
            throw new ArgumentException($"{path}: {fault.Message}", fault.ParamName, fault);
        }
    }

    /// <summary>The path of a JSON file, or - for standard output. Its ending is asked for so that a file which was meant to be read is not taken for the output.</summary>
    public static string? Json(string? path, Option option) => path switch
    {
        FastNqe.Cli.Output.Json.StandardOutput => path,
        not null when AtomicFile.FileBehind(path) is null => path,
        _ => Output(path, option, ".json"),
    };

    /// <summary>The path of a file that will hold a configuration of this model.</summary>
    public static string Configuration(string path, Option option, GlassModel model)
    {
        string file = Output(path, option)!;
        ConfigurationFile.CheckName(file, model.Dimension);
        return file;
    }

    /// <summary>The path of an output file whose folder exists and whose ending is one of those that can be written.</summary>
    /// <exception cref="ArgumentException">It is a folder, its folder does not exist, or the ending is another.</exception>
    /// <exception cref="IOException">Its folder cannot be written to.</exception>
    public static string? Output(string? path, Option option, params ReadOnlySpan<string> endings)
    {
        if (path is null)
            return null;
        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? path;
        if (Directory.Exists(path))
            throw new ArgumentException($"{option.Name} {path}: this is a folder; expected the name of a file");
        if (!Directory.Exists(folder))
            throw new ArgumentException($"{option.Name} {path}: the folder {folder} does not exist");
        if (endings.Length > 0 && !endings.Contains(Path.GetExtension(path).ToLowerInvariant()))
            throw new ArgumentException($"{option.Name} {path}: expected a name ending in {string.Join(" or ", endings.ToArray())}");
        AtomicFile.CheckWritable(path);
        return path;
    }

    /// <summary>Refuses outputs that would take the place of a file that is read, or of each other.</summary>
    /// <param name="inputs">The files that are read.</param>
    /// <param name="outputs">The options that name outputs, with the names where they were given.</param>
    public static void KeepApart(IEnumerable<string> inputs, params IEnumerable<(Option Option, string? Path)> outputs)
    {
        Dictionary<string, string> taken = inputs.Select(AtomicFile.FileBehind).OfType<string>().Distinct().ToDictionary(file => file, _ => "it is read, and would be overwritten");
        foreach ((Option option, string? path) in outputs)
            if (path is not null and not FastNqe.Cli.Output.Json.StandardOutput && AtomicFile.FileBehind(path) is { } file && !taken.TryAdd(file, $"{option.Name} has the same name"))
                throw new ArgumentException($"{option.Name} {path}: {taken[file]}; expected a name of its own");
    }
}
