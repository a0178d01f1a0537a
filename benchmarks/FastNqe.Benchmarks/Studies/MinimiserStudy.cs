using System.Globalization;

namespace FastNqe.Benchmarks.Studies;

/// <summary>
/// How many sweeps do the two minimisers need from psi to the quartic and on to the cubic mode, and do they find the same modes?
/// </summary>
internal static class MinimiserStudy
{
    private const double SameMode = 1e-8;

    /// <summary>Prints a Markdown table over glasses of the three-dimensional binary mixture, quenched from T = 2.0.</summary>
    /// <param name="glasses">How many.</param>
    /// <param name="particles">N.</param>
    /// <param name="tolerance">The residual of eqs. 8 and 26 to reach.</param>
    public static int Run(int glasses, int particles, double tolerance)
    {
        SamplingProtocol protocol = SamplingProtocol.For(GlassModel.Ipl3D, particles, 2.0);
        var lineSweep = new MinimiserOptions { Method = Minimiser.LineSweep, Tolerance = tolerance };
        var macopt = new MinimiserOptions { Method = Minimiser.Macopt, Tolerance = tolerance };
        var quartic = new Contest();
        var cubic = new Contest();
        foreach (Configuration liquid in protocol.Samples(0, glasses))
        {
            InherentState glass = Quench.Run(liquid, protocol.Model.Potential);
            double[] psi = glass.LowestEigenpairs(1)[0].Vector;
            QuarticMode pi4 = QuarticMode.From(glass, psi, lineSweep);
            quartic.Add(pi4, QuarticMode.From(glass, psi, macopt));
            cubic.Add(CubicMode.From(glass, pi4.Direction, lineSweep), CubicMode.From(glass, pi4.Direction, macopt));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ipl-3d, N = {particles}, {glasses} glasses, residual of eqs. 8 and 26 below {tolerance:G}"));
        Console.WriteLine();
        Console.WriteLine("| mode | sweeps, one per line (median; 90 %) | sweeps, macopt (median; 90 %) | same mode | not converged (ours, macopt) | where they differ, ours is softer in |");
        Console.WriteLine("|---|---|---|---|---|---|");
        quartic.Print("quartic, from psi");
        cubic.Print("cubic, from the quartic mode");
        return 0;
    }

    private sealed class Contest
    {
        private readonly List<int> _lineSweep = [], _macopt = [];
        private int _same, _different, _softer, _lineSweepFailed, _macoptFailed;

        public void Add(NonlinearMode lineSweep, NonlinearMode macopt)
        {
            _lineSweep.Add(lineSweep.Sweeps);
            _macopt.Add(macopt.Sweeps);
            _lineSweepFailed += lineSweep.Converged ? 0 : 1;
            _macoptFailed += macopt.Converged ? 0 : 1;
            if (lineSweep.Overlap(macopt.Direction) > 1 - SameMode)
            {
                _same++;
                return;
            }
            _different++;
            _softer += lineSweep.Energy < macopt.Energy ? 1 : 0;
        }

        public void Print(string name)
        {
            double share = 100.0 * _same / (_same + _different);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {name} | {Quantile(_lineSweep, 0.5)}; {Quantile(_lineSweep, 0.9)} | {Quantile(_macopt, 0.5)}; {Quantile(_macopt, 0.9)} | {share:F0} % | {_lineSweepFailed}, {_macoptFailed} | {_softer} of {_different} |"));
        }

        private static int Quantile(List<int> values, double share) => values.Order().ElementAt((int)(share * (values.Count - 1)));
    }
}
