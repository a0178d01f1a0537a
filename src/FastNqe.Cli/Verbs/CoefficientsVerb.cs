using System.CommandLine;
using System.Globalization;
using FastNqe.Cli.Output;

namespace FastNqe.Cli.Verbs;

/// <summary>fastnqe coefficients: stiffness, cubic and quartic coefficient of a given displacement field, at the configuration as it is.</summary>
internal sealed class CoefficientsVerb : Verb<CoefficientsArguments>
{
    private readonly Argument<string> _file = Files.Configuration();
    private readonly ModelOptions _model = new();
    private readonly Option<string> _direction = new("--direction", "-d")
    {
        Description = "The displacement field: N lines of d numbers, in the order of the configuration's particles; lines starting with # are left out. Its norm does not matter.",
        HelpName = "FILE",
        Required = true,
    };

    private readonly Option<string?> _json = new("--json")
    {
        Description = "Writes the numbers as JSON; - is standard output.",
        HelpName = "FILE|-",
    };

    private readonly Option<string?> _vectors = new("--vectors")
    {
        Description = "Writes M·z, U(3):zz and U(4):.zzz for z as given: three blocks of N lines of d numbers.",
        HelpName = "FILE",
    };

    public CoefficientsVerb() : base("coefficients", "Contracts the energy's derivatives with a displacement field, at the configuration as it is.")
    {
        Add(_file);
        _model.AddTo(this);
        Add(_direction);
        Add(_json);
        Add(_vectors);
    }

    protected override CoefficientsArguments Read(ParseResult parse)
    {
        CoefficientsArguments arguments = new(
            parse.GetRequiredValue(_file),
            _model.Read(parse),
            parse.GetRequiredValue(_direction),
            Files.Json(parse.GetValue(_json), _json),
            Files.Output(parse.GetValue(_vectors), _vectors));
        Files.KeepApart([arguments.File, arguments.Direction], (_json, arguments.Json), (_vectors, arguments.Vectors));
        return arguments;
    }

    protected override ExitCode Run(CoefficientsArguments arguments, Session session)
    {
        Configuration configuration = Files.Read(arguments.File, arguments.Model);
        InherentState state = Files.Named(arguments.File, () => InherentState.At(configuration, arguments.Model.Potential));
        double[] direction = DirectionFile.Read(arguments.Direction, state.ParticleCount, state.Dimension);
        state.CheckDirection(direction);
        ModeCoefficients found = state.Coefficients(direction);
        var report = new CoefficientsReport(
            state.ParticleCount, state.Dimension, found.Stiffness, found.CubicCoefficient, found.QuarticCoefficient, found.ParticipationRatio,
            found.QuarticEnergy, found.CubicEnergy, found.GeometricCost,
            UnitsReport.Of(arguments.Model), ProvenanceReport.Of(arguments.File, arguments.Model));
        if (arguments.Vectors is not null)
            WriteVectors(arguments.Vectors, state, direction, session.Cancellation);
        if (arguments.Json is not null)
            Json.Write(arguments.Json, report, session);
        if (arguments.Json != Json.StandardOutput)
            Table(report).Write(session.Output);
        return ExitCode.Done;
    }

    private static void WriteVectors(string path, InherentState state, double[] z, CancellationToken cancellation)
    {
        double[] product = new double[z.Length], cubic = new double[z.Length], quartic = new double[z.Length];
        state.CubicContraction(z, product, cubic);
        state.QuarticContraction(z, product, quartic);
        AtomicFile.Write(path, stream =>
        {
            using var writer = new StreamWriter(stream, leaveOpen: true);
            WriteBlock(writer, "M.z", product, state.Dimension);
            WriteBlock(writer, "U(3):zz", cubic, state.Dimension);
            WriteBlock(writer, "U(4):.zzz", quartic, state.Dimension);
        }, cancellation);
    }

    private static void WriteBlock(StreamWriter writer, string name, double[] field, int dimension)
    {
        writer.WriteLine($"# {name}");
        foreach (double[] row in field.Chunk(dimension))
            writer.WriteLine(string.Join(' ', row.Select(number => number.ToString("R", CultureInfo.InvariantCulture))));
    }

    private static TextTable Table(CoefficientsReport report)
    {
        var table = new TextTable("coefficient", "value");
        table.Add("stiffness kappa", TextTable.Number(report.Stiffness));
        table.Add("cubic coefficient tau", TextTable.Number(report.CubicCoefficient));
        table.Add("quartic coefficient chi", TextTable.Number(report.QuarticCoefficient));
        table.Add("participation ratio e", TextTable.Number(report.ParticipationRatio));
        table.Add("quartic energy E4", TextTable.Number(report.QuarticEnergy));
        table.Add("cubic energy E3", TextTable.Number(report.CubicEnergy));
        table.Add("geometric cost C", TextTable.Number(report.GeometricCost));
        return table;
    }
}

/// <summary>What coefficients was asked for.</summary>
internal sealed record CoefficientsArguments(string File, GlassModel Model, string Direction, string? Json, string? Vectors);
