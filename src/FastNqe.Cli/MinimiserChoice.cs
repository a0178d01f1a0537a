using System.CommandLine;

namespace FastNqe.Cli;

/// <summary>--minimiser and --tolerance; shared by the verbs that search for modes.</summary>
internal sealed class MinimiserChoice
{
    private static readonly string[] Names = ["line-sweep", "macopt"];

    private readonly Option<string> _method = new("--minimiser")
    {
        Description = "What minimises the cost functions: line-sweep (conjugate gradients, one sweep over all pairs per step) or macopt (the paper's, line search by gradients only).",
        HelpName = "NAME",
        DefaultValueFactory = _ => Names[0],
    };

    private readonly Option<double> _tolerance = new("--tolerance")
    {
        Description = "The residual of eqs. 8 and 26 at which a mode counts as found, a pure number; 1e-12 can be reached.",
        HelpName = "NUMBER",
        DefaultValueFactory = _ => new MinimiserOptions().Tolerance,
    };

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Add(_method);
        verb.Add(_tolerance);
    }

    /// <summary>The options.</summary>
    /// <exception cref="ArgumentException">There is no such minimiser, or the tolerance is out of range.</exception>
    public MinimiserOptions Read(ParseResult parse)
    {
        string method = parse.GetValue(_method)!;
        if (!Names.Contains(method))
            throw new ArgumentException($"{_method.Name} {method}: expected one of {string.Join(", ", Names)}");
        double tolerance = parse.GetValue(_tolerance);
        if (!(tolerance > 0 && tolerance < 1))
            throw new ArgumentException($"{_tolerance.Name} {tolerance}: expected a number above 0 and below 1");
        return new MinimiserOptions { Method = (Minimiser)Array.IndexOf(Names, method), Tolerance = tolerance };
    }
}
