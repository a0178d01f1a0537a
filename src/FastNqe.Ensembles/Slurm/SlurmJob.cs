using System.Globalization;

namespace FastNqe.Ensembles;

/// <summary>How an ensemble is run as an array of Slurm jobs.</summary>
public sealed record SlurmOptions
{
    /// <summary>How many shards, each a task of the array.</summary>
    public required int Shards { get; init; }

    /// <summary>Threads of a task.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>The words that start this program in a job; each is quoted.</summary>
    public required IReadOnlyList<string> Program { get; init; }

    /// <summary>The partition; null for the cluster's default.</summary>
    public string? Partition { get; init; }

    /// <summary>The account; null for the user's default.</summary>
    public string? Account { get; init; }

    /// <summary>The time limit of a task of the array in Slurm's notation; null for the partition's default, which is also that of the merge. A task that reaches it stops cleanly; submit again to go on.</summary>
    public string? TimeLimit { get; init; }
}

/// <summary>Writes the scripts that run an ensemble on a Slurm cluster: an array of shards, the merge that follows it, and the submission of both.</summary>
public static class SlurmJob
{
    /// <summary>The name of the script that submits everything.</summary>
    public const string SubmitName = "submit.sh";

    /// <summary>The name of the merged store, in a folder of its own so that the shards stay what runs count.</summary>
    public const string MergedName = "merged/ensemble.sqlite";

    /// <summary>Writes study.json, array.sbatch, merge.sbatch and submit.sh into the ensemble's folder.</summary>
    /// <param name="study">The study.</param>
    /// <param name="folder">The ensemble's folder, seen by all nodes; made if missing.</param>
    /// <param name="options">The number of shards and what the cluster wants to know.</param>
    /// <returns>The path of submit.sh.</returns>
    /// <exception cref="ArgumentException">A number is out of range, or a text has a line break.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static string Write(Study study, string folder, SlurmOptions options)
    {
        ArgumentNullException.ThrowIfNull(study);
        ArgumentNullException.ThrowIfNull(options);
        Check(options);
        string home = Path.GetFullPath(folder);
        if (home.Any(char.IsControl))
            throw new ArgumentException($"the folder's name \"{home}\" has a line break or another control character", nameof(folder));
        Directory.CreateDirectory(home);
        AtomicFile.WriteText(Path.Combine(home, "study.json"), study.ToJson() + "\n");
        AtomicFile.WriteText(Path.Combine(home, "array.sbatch"), Array(study, home, options));
        AtomicFile.WriteText(Path.Combine(home, "merge.sbatch"), Merge(study, home, options));
        string submit = Path.Combine(home, SubmitName);
        AtomicFile.WriteText(submit, Submit(home));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(submit, File.GetUnixFileMode(submit) | UnixFileMode.UserExecute);
        return submit;
    }

    /// <summary>A word as bash reads it back, whatever is in it.</summary>
    internal static string Quote(string word) => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static string Array(Study study, string home, SlurmOptions options) => $"""
        #!/bin/bash
        #SBATCH --job-name=fastnqe-{study.Name}
        #SBATCH --array=1-{Text(options.Shards)}
        #SBATCH --cpus-per-task={Text(options.Threads)}
        #SBATCH --open-mode=append
        #SBATCH --requeue
        # Shortly before the time limit: the run stops cleanly with everything finished so far kept.
        #SBATCH --signal=B:INT@60
        {Cluster(options)}set -eu
        export OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1
        exec {Program(options)} ensemble run {Quote(home + "/study.json")} -o {Quote(home)} --shard "$SLURM_ARRAY_TASK_ID/{Text(options.Shards)}" --threads {Text(options.Threads)}

        """;

    private static string Merge(Study study, string home, SlurmOptions options) => $"""
        #!/bin/bash
        #SBATCH --job-name=fastnqe-merge-{study.Name}
        {Cluster(options with { TimeLimit = null })}set -eu
        mkdir -p {Quote(Path.GetDirectoryName(home + "/" + MergedName)!)}
        {Program(options)} ensemble merge {Quote(home)} -o {Quote(home + "/" + MergedName)}
        exec {Program(options)} ensemble status {Quote(home)}

        """;

    // afterany: what a lost task has made is merged as well; submitting again makes what is missing and merges that too.
    private static string Submit(string home) => $"""
        #!/bin/bash
        # Submits the array and the merge after it. Run it again at any time: finished samples are not made again.
        set -eu
        array=$(sbatch --parsable --output={Log(home, "array-%A_%a.log")} {Quote(home + "/array.sbatch")})
        merge=$(sbatch --parsable --output={Log(home, "merge-%j.log")} --dependency=afterany:"$array" {Quote(home + "/merge.sbatch")})
        echo "array job $array, merge job $merge"

        """;

    // Not in the scripts: sbatch splits their lines at spaces, whatever the quotes. A percent sign of the folder's is none of Slurm's.
    private static string Log(string home, string name) => Quote($"{home.Replace("%", "%%", StringComparison.Ordinal)}/{name}");

    private static string Cluster(SlurmOptions options)
    {
        string lines = "";
        foreach ((string key, string? value) in new[] { ("partition", options.Partition), ("account", options.Account), ("time", options.TimeLimit) })
            if (value is not null)
                lines += $"#SBATCH --{key}={value}\n";
        return lines;
    }

    private static string Program(SlurmOptions options) => string.Join(' ', options.Program.Select(Quote));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static void Check(SlurmOptions options)
    {
        if (options.Shards is < 1 or > 9999)
            throw new ArgumentException($"the number of shards is {options.Shards}; expected 1 to 9999", nameof(options));
        if (options.Threads is < 1 or > 1024)
            throw new ArgumentException($"the number of threads of a task is {options.Threads}; expected 1 to 1024", nameof(options));
        if (options.Program.Count == 0)
            throw new ArgumentException("the program to run is missing", nameof(options));
        foreach (string? value in new[] { options.Partition, options.Account, options.TimeLimit })
            if (value is not null && (value.Length == 0 || value.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter))))
                throw new ArgumentException($"\"{value}\" is no word for a Slurm option", nameof(options));
    }
}
