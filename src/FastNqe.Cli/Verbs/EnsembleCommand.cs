using System.CommandLine;

namespace FastNqe.Cli.Verbs;

/// <summary>fastnqe ensemble: many glasses, from the study to the report.</summary>
internal sealed class EnsembleCommand : Command
{
    public EnsembleCommand() : base("ensemble", "Makes and analyses many glasses: run, resume, merge, report.")
    {
        Add(new EnsembleRunVerb());
        Add(new EnsembleStatusVerb());
        Add(new EnsembleMergeVerb());
        Add(new EnsembleExportVerb());
        Add(new EnsembleReportVerb());
        Add(new EnsembleSlurmVerb());
        Add(new EnsembleStudiesVerb());
    }
}
