using System.CommandLine;
using System.Diagnostics;
using FastNqe.Cli.Output;

namespace FastNqe.Cli.Verbs;

/// <summary>fastnqe shear: athermal quasistatic simple shear.</summary>
internal sealed class ShearVerb : Verb<ShearArguments>
{
    private static readonly string[] Planes = ["xy", "xz", "yz"];

    // Seldom enough that writing costs nothing, often enough that little is lost with the machine.
    private static readonly TimeSpan SaveInterval = TimeSpan.FromSeconds(20);

    private readonly GlassInput _glass = new();
    private readonly Option<string> _plane = new("--plane") { Description = "ab: x_a is displaced in proportion to x_b; xy, xz or yz.", HelpName = "NAME", DefaultValueFactory = _ => Planes[0] };
    private readonly Option<double> _step = new("--step") { Description = "The strain of a step, a pure number: the glass is taken to every multiple of it on the way.", HelpName = "NUMBER", DefaultValueFactory = _ => 1e-4 };
    private readonly Option<double[]> _to = new("--to") { Description = "The strains to go to from zero, one after another, pure numbers: --to 0.1 0 goes forth and back.", HelpName = "NUMBER", Required = true, AllowMultipleArgumentsPerToken = true };
    private readonly Option<string> _output = new("--output", "-o") { Description = "The table. If it is there already, the run goes on where it was stopped; beside it stands the glass at its last row (.glass.xyz).", HelpName = "FILE.csv", Required = true };

    public ShearVerb() : base("shear", "Shears a glass quasistatically at zero temperature: small affine steps, the energy minimised after each. Records energy, stress and plastic events.")
    {
        _glass.AddTo(this);
        Add(_plane);
        Add(_step);
        Add(_to);
        Add(_output);
    }

    protected override ShearArguments Read(ParseResult parse)
    {
        GlassArguments glass = _glass.Read(parse);
        string plane = parse.GetValue(_plane)!;
        if (!Planes.Contains(plane) || (glass.Model.Dimension == 2 && plane != "xy"))
            throw new ArgumentException($"--plane {plane}: expected {(glass.Model.Dimension == 2 ? "xy in two dimensions" : string.Join(", ", Planes))}");
        if (glass.Model.Dimension == 4)
            throw new ArgumentException($"model {glass.Model.Name} has four dimensions; boxes can be sheared in two and three");
        var path = new ShearPath(parse.GetValue(_step), parse.GetRequiredValue(_to));
        string output = Files.Output(parse.GetRequiredValue(_output), _output, ".csv")!;
        Files.KeepApart([glass.File], (_output, output), (_output, ShearTable.GlassOf(output)));
        return new ShearArguments(glass, "xyz".IndexOf(plane[0]), "xyz".IndexOf(plane[1]), path, output);
    }

    protected override ExitCode Run(ShearArguments arguments, Session session)
    {
        GlassArguments input = arguments.Glass;
        SweepThreads.Count = input.Threads;
        string comment = $"# fastnqe shear: {input.Model.Potential}, file {Path.GetFileName(input.File)} ({ShearTable.Fingerprint(input.File)}), plane {"xyz"[arguments.A]}{"xyz"[arguments.B]}";
        ShearTable table = ShearTable.Open(arguments.Output, comment, arguments.Path);
        // The line on the terminal tells of the whole way, not of each of its quenches.
        QuenchOptions options = session.Quench("shear") with { Progress = null };
        IReadOnlyList<double> strains = arguments.Path.Strains;

        QuasistaticShear shear;
        if (table.Glass is null)
        {
            shear = new QuasistaticShear(GlassInput.Load(input, session), arguments.A, arguments.B, options);
            table.Add(shear.Last, shear.State);
        }
        else
        {
            shear = new QuasistaticShear(InherentState.At(table.Glass, input.Model.Potential), arguments.A, arguments.B, options, table.Strain);
        }

        int begun = table.Count;
        IProgress<double> progress = session.Progress.Fraction("shear");
        var clock = Stopwatch.StartNew();
        TimeSpan saved = TimeSpan.Zero;
        try
        {
            while (table.Count < strains.Count)
            {
                progress.Report((double)table.Count / strains.Count);
                ShearStep step = shear.StepTo(strains[table.Count]);
                table.Add(step, shear.State);
                if (clock.Elapsed - saved > SaveInterval)
                {
                    table.Save(shear, GlassProvenance.Of(shear.State, input.Model, Name));
                    saved = clock.Elapsed;
                }
            }
        }
        finally
        {
            table.Save(shear, GlassProvenance.Of(shear.State, input.Model, Name));
            session.Progress.Clear();
        }
        session.Error.WriteLine($"{table.Count - begun} steps to strain {TextTable.Number(shear.Last.Strain)}, {table.PlasticEvents} plastic events since the beginning, stress {TextTable.Number(shear.Last.Stress)}");
        if (table.HasConverged(options.ForceTolerance))
            return ExitCode.Done;
        session.Error.WriteLine("not every quench converged: see the column max_force");
        return ExitCode.NotConverged;
    }
}

/// <summary>What shear was asked for.</summary>
internal sealed record ShearArguments(GlassArguments Glass, int A, int B, ShearPath Path, string Output);
