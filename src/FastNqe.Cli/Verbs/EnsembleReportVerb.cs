using System.CommandLine;
using FastNqe.Ensembles;

namespace FastNqe.Cli.Verbs;

/// <summary>fastnqe ensemble report: the paper's figures for one's own glasses.</summary>
internal sealed class EnsembleReportVerb : Verb<(string[] Ensembles, string Folder)>
{
    private readonly Argument<string[]> _ensembles = new("DIR")
    {
        Description = "The folder or merged store of an ensemble; several are overlaid.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string> _output = new("--output", "-o") { Description = "Receives index.html and every figure as PNG, SVG and CSV.", HelpName = "DIR", Required = true };

    public EnsembleReportVerb() : base("report", "Draws the paper's statistics: figures, the numbers behind them, and one page that explains each.")
    {
        Add(_ensembles);
        Add(_output);
    }

    protected override (string[] Ensembles, string Folder) Read(ParseResult parse)
    {
        string folder = parse.GetRequiredValue(_output);
        return File.Exists(folder)
            ? throw new ArgumentException($"--output {folder}: this is a file; expected a folder")
            : (parse.GetRequiredValue(_ensembles), folder);
    }

    protected override ExitCode Run((string[] Ensembles, string Folder) arguments, Session session)
    {
        using OutputFolder folder = new(arguments.Folder);
        string page = EnsembleReport.Write(arguments.Ensembles, arguments.Folder, session.Stage, session.Cancellation);
        session.Progress.Clear();
        session.Error.WriteLine($"look at {page}");
        return ExitCode.Done;
    }
}
