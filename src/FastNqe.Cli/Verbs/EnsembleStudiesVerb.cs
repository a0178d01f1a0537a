using System.CommandLine;
using System.Globalization;
using FastNqe.Cli.Output;
using FastNqe.Ensembles;

namespace FastNqe.Cli.Verbs;

/// <summary>fastnqe ensemble studies: the studies that come with the program.</summary>
internal sealed class EnsembleStudiesVerb : Verb<string?>
{
    private readonly Argument<string?> _name = new("NAME") { Description = "Prints this study as JSON, to start one's own from.", Arity = ArgumentArity.ZeroOrOne };

    public EnsembleStudiesVerb() : base("studies", "Lists the studies that come with the program: the columns of the paper's Table I, its polydisperse ensembles, and a small one.") => Add(_name);

    protected override string? Read(ParseResult parse) => parse.GetValue(_name);

    protected override ExitCode Run(string? name, Session session)
    {
        if (name is not null)
        {
            session.Output.WriteLine(ShippedStudies.Named(name).ToJson());
            return ExitCode.Done;
        }
        TextTable table = new("name", "model", "N", "T", "samples");
        foreach (Study study in ShippedStudies.All.OrderBy(study => study.Model, StringComparer.Ordinal).ThenBy(study => study.Particles).ThenBy(study => study.Temperature))
            table.Add(study.Name, study.Model, TextTable.Number(study.Particles), TextTable.Number(study.Temperature), study.Samples.ToString(CultureInfo.InvariantCulture));
        table.Write(session.Output);
        return ExitCode.Done;
    }
}
