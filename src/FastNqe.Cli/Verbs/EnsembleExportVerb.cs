using System.CommandLine;
using FastNqe.Ensembles;

namespace FastNqe.Cli.Verbs;

/// <summary>fastnqe ensemble export: tables as CSV or Parquet, kept modes as extended XYZ.</summary>
internal sealed class EnsembleExportVerb : Verb<EnsembleExportArguments>
{
    private readonly Argument<string[]> _stores = EnsembleFiles.Stores();
    private readonly Option<string?> _samples = new("--samples") { Description = "One row per sample with its kept modes; the ending (.csv, .parquet) tells the format.", HelpName = "FILE" };
    private readonly Option<string?> _modes = new("--modes") { Description = "One row per mode, other harmonic modes and cubic starts included (.csv, .parquet).", HelpName = "FILE" };
    private readonly Option<string?> _vectors = new("--vectors") { Description = "The kept modes: a folder of extended XYZ files, one per sample, with a frame per mode.", HelpName = "FOLDER" };

    public EnsembleExportVerb() : base("export", "Writes an ensemble as tables (CSV or Parquet, simulation units) and its kept modes as extended XYZ.")
    {
        Add(_stores);
        Add(_samples);
        Add(_modes);
        Add(_vectors);
    }

    protected override EnsembleExportArguments Read(ParseResult parse)
    {
        EnsembleExportArguments arguments = new(
            parse.GetRequiredValue(_stores),
            Files.Output(parse.GetValue(_samples), _samples, ".csv", ".parquet"),
            Files.Output(parse.GetValue(_modes), _modes, ".csv", ".parquet"),
            parse.GetValue(_vectors));
        return arguments is { Samples: null, Modes: null, Vectors: null }
            ? throw new ArgumentException("nothing to export: expected --samples FILE, --modes FILE or --vectors FOLDER")
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
        return ExitCode.Done;
    }
}

/// <summary>What export was asked for.</summary>
internal sealed record EnsembleExportArguments(string[] Stores, string? Samples, string? Modes, string? Vectors);
