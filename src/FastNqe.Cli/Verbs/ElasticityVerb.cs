using System.CommandLine;
using FastNqe.Cli.Output;

namespace FastNqe.Cli.Verbs;

/// <summary>fastnqe elasticity: stress, shear moduli of every plane and bulk modulus of a glass.</summary>
internal sealed class ElasticityVerb : Verb<ElasticityArguments>
{
    private readonly GlassInput _glass = new();
    private readonly Option<double> _tolerance = new("--tolerance")
    {
        Description = "The relative residual of the linear solves for the non-affine velocities, a pure number.",
        HelpName = "NUMBER",
        DefaultValueFactory = _ => new LinearSolveOptions().Tolerance,
    };

    private readonly Option<string?> _json = new("--json")
    {
        Description = "Writes the numbers as JSON; - is standard output.",
        HelpName = "FILE|-",
    };

    public ElasticityVerb() : base("elasticity", "Computes stress, shear moduli (Born and non-affine part) and bulk modulus of a glass.")
    {
        _glass.AddTo(this);
        Add(_tolerance);
        Add(_json);
    }

    protected override ElasticityArguments Read(ParseResult parse)
    {
        double tolerance = parse.GetValue(_tolerance);
        if (!(tolerance > 0 && tolerance < 1))
            throw new ArgumentException($"{_tolerance.Name} {tolerance}: expected a number above 0 and below 1");
        ElasticityArguments arguments = new(_glass.Read(parse), tolerance, Files.Json(parse.GetValue(_json), _json));
        Files.KeepApart([arguments.Glass.File], (_json, arguments.Json));
        return arguments;
    }

    protected override ExitCode Run(ElasticityArguments arguments, Session session)
    {
        InherentState glass = GlassInput.Load(arguments.Glass, session);
        const string Stage = "non-affine velocities";
        session.Stage(Stage);
        var elasticity = Elasticity.Of(glass, session.Watched(new LinearSolveOptions { Tolerance = arguments.Tolerance }, Stage));
        session.Progress.Clear();

        var report = ElasticityReport.Of(glass, elasticity, arguments.Glass);
        if (arguments.Json is not null)
            Json.Write(arguments.Json, report, session);
        if (arguments.Json != Json.StandardOutput)
            Write(report, session.Output);
        if (report.Converged)
            return ExitCode.Done;
        session.Error.WriteLine($"not converged: relative residual {TextTable.Magnitude(report.Residual)}, largest net force {TextTable.Magnitude(report.MaxForce)}");
        return ExitCode.NotConverged;
    }

    private static void Write(ElasticityReport report, TextWriter output)
    {
        var shears = new TextTable("shear", "modulus", "Born", "non-affine", "reverse");
        foreach ((string kind, ShearReport[] planes) in new[] { ("simple", report.SimpleShear), ("pure", report.PureShear) })
        {
            foreach (ShearReport shear in planes)
            {
                shears.Add(
                    $"{kind} {shear.Plane}", TextTable.Number(shear.Modulus), TextTable.Number(shear.Born), TextTable.Number(shear.NonAffine),
                    shear.ReverseModulus is double reverse ? TextTable.Number(reverse) : "");
            }
        }
        shears.Write(output);
        output.WriteLine();
        var rest = new TextTable("quantity", "value");
        rest.Add("shear modulus G", TextTable.Number(report.ShearModulus));
        rest.Add("bulk modulus K", TextTable.Number(report.BulkModulus));
        rest.Add("pressure", TextTable.Number(report.Pressure));
        rest.Add("energy per particle", TextTable.Number(report.EnergyPerParticle));
        rest.Add("relative residual", TextTable.Magnitude(report.Residual));
        rest.Write(output);
    }
}

/// <summary>What elasticity was asked for.</summary>
internal sealed record ElasticityArguments(GlassArguments Glass, double Tolerance, string? Json);
