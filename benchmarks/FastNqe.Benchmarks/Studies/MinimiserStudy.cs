using System.Globalization;

namespace FastNqe.Benchmarks.Studies;

/// <summary>
/// How many sweeps do the two minimisers need from psi to the quartic and the cubic mode, and from the quartic mode on to the cubic one, and do they find the same modes?
/// </summary>
internal static class MinimiserStudy
{
    private const double SameMode = 1e-8;

    /// <summary>Prints a Markdown table over glasses of a model, quenched at once from its liquid at T = 2.0.</summary>
    /// <param name="model">A preset.</param>
    /// <param name="glasses">How many.</param>
    /// <param name="particles">N.</param>
    /// <param name="tolerance">The residual of eqs. 8 and 26 to reach.</param>
    public static int Run(GlassModel model, int glasses, int particles, double tolerance)
    {
        SamplingProtocol protocol = SamplingProtocol.For(model, particles, 2.0) with { Cooling = null };
        var lineSweep = new MinimiserOptions { Method = Minimiser.LineSweep, Tolerance = tolerance };
        var macopt = new MinimiserOptions { Method = Minimiser.Macopt, Tolerance = tolerance };
        Contest quartic = new("quartic, from psi"), fromPsi = new("cubic, from psi"), cubic = new("cubic, from the quartic mode"), geometric = new("pseudo-harmonic, from psi");
        foreach (Configuration liquid in protocol.Samples(0, glasses))
        {
            InherentState glass = Quench.Run(liquid, protocol.Model.Potential);
            double[] psi = glass.LowestEigenpairs(1)[0].Vector;
            QuarticMode pi4 = QuarticMode.From(glass, psi, lineSweep);
            quartic.Add(pi4, QuarticMode.From(glass, psi, macopt));
            fromPsi.Add(CubicMode.From(glass, psi, lineSweep), CubicMode.From(glass, psi, macopt));
            cubic.Add(CubicMode.From(glass, pi4.Direction, lineSweep), CubicMode.From(glass, pi4.Direction, macopt));
            geometric.Add(PseudoHarmonicMode.From(glass, psi, lineSweep), PseudoHarmonicMode.From(glass, psi, macopt));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{model.Name}, N = {particles}, {glasses} glasses, residual of eqs. 8 and 26 below {tolerance:G}"));
        Console.WriteLine();
        Console.WriteLine("| mode | sweeps, one per line (median; 90 %) | sweeps, macopt (median; 90 %) | same mode | not converged (ours, macopt) | lower cost where they differ (ours, macopt) |");
        Console.WriteLine("|---|---|---|---|---|---|");
        Contest[] contests = [quartic, fromPsi, cubic, geometric];
        foreach (Contest contest in contests)
            contest.PrintRow();
        Console.WriteLine();
        foreach (Contest contest in contests)
            contest.PrintDifferences();
        return 0;
    }

    private sealed class Contest(string name)
    {
        private readonly List<(NonlinearMode LineSweep, NonlinearMode Macopt, double Overlap)> _pairs = [];

        private IEnumerable<(NonlinearMode LineSweep, NonlinearMode Macopt, double Overlap)> Different => _pairs.Where(pair => !(pair.Overlap > 1 - SameMode));

        public void Add(NonlinearMode lineSweep, NonlinearMode macopt) => _pairs.Add((lineSweep, macopt, lineSweep.Overlap(macopt.Direction)));

        public void PrintRow()
        {
            int different = Different.Count(), lower = Different.Count(pair => pair.LineSweep.Energy < pair.Macopt.Energy);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {name} | {Sweeps(pair => pair.LineSweep)} | {Sweeps(pair => pair.Macopt)} | {_pairs.Count - different} of {_pairs.Count} | {_pairs.Count(pair => !pair.LineSweep.Converged)}, {_pairs.Count(pair => !pair.Macopt.Converged)} | {lower}, {different - lower} |"));
        }

        public void PrintDifferences()
        {
            foreach ((NonlinearMode lineSweep, NonlinearMode macopt, double overlap) in Different)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"* {name}: overlap {overlap:G3}; stiffness {lineSweep.Stiffness:G4}, macopt {macopt.Stiffness:G4}; cost {lineSweep.Energy:G4}, macopt {macopt.Energy:G4}; sweeps {lineSweep.Sweeps}, macopt {macopt.Sweeps}"));
            }
        }

        private string Sweeps(Func<(NonlinearMode LineSweep, NonlinearMode Macopt, double Overlap), NonlinearMode> method)
        {
            int[] sweeps = [.. _pairs.Select(pair => method(pair).Sweeps).Order()];
            return string.Create(CultureInfo.InvariantCulture, $"{sweeps[(sweeps.Length - 1) / 2]}; {sweeps[(int)(0.9 * (sweeps.Length - 1))]}");
        }
    }
}
