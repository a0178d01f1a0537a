using System.Diagnostics;
using System.Globalization;

namespace FastNqe.Benchmarks.Studies;

/// <summary>Which minimiser is the cheapest way to an inherent state, and how often does each end in another basin than careful descent?</summary>
internal static class QuenchStudy
{
    private const double Tolerance = 1e-10;

    // Two minima are the same if no particle is farther than this from its place in the other one; distinct ones differ by a tenth at least.
    private const double SamePlace = 1e-3;

    private static readonly IQuenchMethod[] Methods =
        [new CarefulDescent(), new LibraryQuench("L-BFGS and Newton (the library's)", 1), new LibraryQuench("L-BFGS alone", 0), new ConjugateGradientQuench(), new FireQuench()];

    /// <summary>Prints a Markdown table over liquids of the three-dimensional binary mixture at T = 2.0.</summary>
    /// <param name="liquids">How many.</param>
    /// <param name="particles">N.</param>
    public static int Run(int liquids, int particles)
    {
        SamplingProtocol protocol = SamplingProtocol.For(GlassModel.Ipl3D, particles, 2.0);
        var records = Methods.Select(method => new Record(method)).ToArray();
        foreach (Configuration liquid in protocol.Samples(0, liquids))
        {
            foreach (Record record in records)
                record.Run(liquid, protocol.Model.Potential, records[0]);
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ipl-3d, N = {particles}, {liquids} liquids at T = 2.0, to a largest net force of {Tolerance:G}, {Simd.Width}"));
        Console.WriteLine();
        Console.WriteLine("| method | sweeps (median; 90 %) | processor seconds (least; median) | other basin than careful descent | mean energy per particle | not converged |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (Record record in records)
            record.Print(particles);
        return 0;
    }

    private sealed class Record(IQuenchMethod method)
    {
        private readonly List<int> _sweeps = [];
        private readonly List<double> _seconds = [], _energies = [];
        private int _elsewhere, _failed;

        private Configuration? Last { get; set; }

        public void Run(Configuration liquid, PairPotential potential, Record careful)
        {
            // Processor time, not the clock's: other programs may be running.
            TimeSpan before = Process.GetCurrentProcess().UserProcessorTime;
            QuenchOutcome outcome = method.Run(liquid, potential, Tolerance);
            _seconds.Add((Process.GetCurrentProcess().UserProcessorTime - before).TotalSeconds);
            _sweeps.Add(outcome.Sweeps);
            _failed += outcome.Converged ? 0 : 1;
            _energies.Add(InherentState.At(outcome.Glass, potential).Energy);
            Last = outcome.Glass;
            _elsewhere += FarthestMove(Last, careful.Last!) > SamePlace ? 1 : 0;
        }

        public void Print(int particles) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {method.Name} | {Quantile(_sweeps, 0.5)}; {Quantile(_sweeps, 0.9)} | {_seconds.Min():F3}; {Quantile(_seconds, 0.5):F3} | {_elsewhere} of {_sweeps.Count} | {_energies.Average() / particles:F5} | {_failed} |"));

        private static T Quantile<T>(List<T> values, double share) => values.Order().ElementAt((int)(share * (values.Count - 1)));

        private static double FarthestMove(Configuration a, Configuration b)
        {
            int d = a.Dimension;
            double[] difference = new double[a.Positions.Length], mean = new double[d];
            for (int k = 0; k < difference.Length; k++)
            {
                difference[k] = a.Positions[k] - b.Positions[k];
                mean[k % d] += difference[k] / a.ParticleCount;
            }
            double farthest = 0;
            for (int row = 0; row < difference.Length; row += d)
            {
                double square = 0;
                for (int axis = 0; axis < d; axis++)
                    square += Math.Pow(difference[row + axis] - mean[axis], 2);
                farthest = Math.Max(farthest, square);
            }
            return Math.Sqrt(farthest);
        }
    }
}
