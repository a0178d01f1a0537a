using System.CommandLine;
using FastNqe.Ensembles;

namespace FastNqe.Cli.Verbs;

/// <summary>fastnqe ensemble export: tables as CSV or Parquet, kept glasses and modes as extended XYZ.</summary>
internal sealed class EnsembleExportVerb : Verb<EnsembleExportArguments>
{
    private readonly Argument<string[]> _stores = EnsembleFiles.Stores();
    private readonly Option<string?> _samples = new("--samples") { Description = "One row per sample with its kept modes; the ending (.csv, .parquet) tells the format.", HelpName = "FILE" };
    private readonly Option<string?> _modes = new("--modes") { Description = "One row per mode, other harmonic modes and cubic starts included (.csv, .parquet).", HelpName = "FILE" };
    private readonly Option<string?> _vectors = new("--vectors") { Description = "The kept modes: a folder of extended XYZ files, one per sample, with a frame per mode.", HelpName = "FOLDER" };

    private readonly Option<string?> _glasses = new("--glasses") { Description = "The kept glasses: a folder of configurations, one per sample, each with how it was made (extended XYZ; plain text in four dimensions).", HelpName = "FOLDER" };

    public EnsembleExportVerb() : base("export", "Writes an ensemble as tables (CSV or Parquet, simulation units) and its kept glasses and modes as extended XYZ.")
    {
        Add(_stores);
        Add(_samples);
        Add(_modes);
        Add(_vectors);
        Add(_glasses);
    }

    protected override EnsembleExportArguments Read(ParseResult parse)
    {
        EnsembleExportArguments arguments = new(
            parse.GetRequiredValue(_stores),
            Files.Output(parse.GetValue(_samples), _samples, ".csv", ".parquet"),
            Files.Output(parse.GetValue(_modes), _modes, ".csv", ".parquet"),
            NewFolder(parse, _vectors),
            NewFolder(parse, _glasses));
        Files.KeepApart(arguments.Stores, (_samples, arguments.Samples), (_modes, arguments.Modes), (_vectors, arguments.Vectors), (_glasses, arguments.Glasses));
        return arguments is { Samples: null, Modes: null, Vectors: null, Glasses: null }
            ? throw new ArgumentException("nothing to export: expected --samples FILE, --modes FILE, --vectors FOLDER or --glasses FOLDER")
            : arguments;
    }

    protected override ExitCode Run(EnsembleExportArguments arguments, Session session)
    {
        if (arguments.Samples is { } samples)
            TableFile.Write(samples, EnsembleTable.Samples(arguments.Stores));
        if (arguments.Modes is { } modes)
            TableFile.Write(modes, EnsembleTable.Modes(arguments.Stores));
        if (arguments.Vectors is { } vectors)
            session.Error.WriteLine($"{vectors}: {ModeExport.Write(arguments.Stores, vectors)} samples");
        if (arguments.Glasses is { } glasses)
            session.Error.WriteLine($"{glasses}: {GlassExport.Write(arguments.Stores, glasses)} samples");
        return ExitCode.Done;
    }

    private static string? NewFolder(ParseResult parse, Option<string?> option) => parse.GetValue(option) is { } folder && File.Exists(folder)
        ? throw new ArgumentException($"{option.Name} {folder}: this is a file; expected a folder")
        : parse.GetValue(option);
}

/// <summary>What export was asked for.</summary>
internal sealed record EnsembleExportArguments(string[] Stores, string? Samples, string? Modes, string? Vectors, string? Glasses);
