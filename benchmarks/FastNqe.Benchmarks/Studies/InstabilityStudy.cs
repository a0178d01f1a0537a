using System.Globalization;

namespace FastNqe.Benchmarks.Studies;

/// <summary>
/// Is the strain at which a glass becomes unstable the one its softest cubic mode predicts, kappa²/(2 tau nu)? Glasses are sheared quasistatically to
/// their first plastic event; the step is made smaller and smaller before it, and the prediction is compared with what is left.
/// </summary>
internal static class InstabilityStudy
{
    private const double FirstStep = 2e-3, LastStep = 1e-7, Refinement = 4, LargestStrain = 0.15;

    /// <summary>Prints a Markdown table: two events per glass, one in each direction of shear in the xy plane.</summary>
    /// <param name="glasses">How many.</param>
    /// <param name="particles">N.</param>
    public static int Run(int glasses, int particles)
    {
        GlassModel model = GlassModel.Ipl3D;
        var points = new List<(double Stiffness, double Ratio)>();
        int events = 0;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ipl-3d, N = {particles}, {glasses} glasses quenched from T = 2.0, first event in either direction"));
        Console.WriteLine();
        Console.WriteLine("| glass | strain of the event | predicted / true strain that is left, at kappa_3 |");
        Console.WriteLine("|---|---|---|");
        foreach ((int glass, Configuration liquid) in SamplingProtocol.For(model, particles, 2.0).Samples(0, glasses).Index())
        {
            InherentState state = Quench.Run(liquid, model.Potential);
            foreach (int direction in new[] { 1, -1 })
            {
                if (Approach(state, direction) is not { } approach)
                    continue;
                events++;
                points.AddRange(approach.Points);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"| {glass} | {approach.Event:F5} | {string.Join(", ", approach.Points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.Ratio:F2} at {point.Stiffness:F3}")))} |"));
            }
        }
        Console.WriteLine();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{events} events. Ratio predicted / true by stiffness:"));
        Console.WriteLine();
        Console.WriteLine("| kappa_3 | points | median | 10 % to 90 % |");
        Console.WriteLine("|---|---|---|---|");
        foreach ((double low, double high) in new[] { (0, 0.06), (0.06, 0.12), (0.12, 0.25), (0.25, 0.5), (0.5, 1.0), (1.0, double.PositiveInfinity) })
        {
            double[] ratios = [.. points.Where(point => point.Stiffness >= low && point.Stiffness < high).Select(point => point.Ratio).Order()];
            if (ratios.Length > 0)
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {low} to {high} | {ratios.Length} | {Quantile(ratios, 0.5):F3} | {Quantile(ratios, 0.1):F2} to {Quantile(ratios, 0.9):F2} |"));
        }
        return 0;
    }

    private static (double Event, List<(double Stiffness, double Ratio)> Points)? Approach(InherentState glass, int direction)
    {
        var found = new List<(double Strain, double Stiffness, double Predicted)>();
        double strain = 0, step = FirstStep;
        for (; step > LastStep; step /= Refinement)
        {
            var shear = new QuasistaticShear(glass, 0, 1, new QuenchOptions { ForceTolerance = 1e-11 }, strain);
            do
            {
                (glass, strain) = (shear.State, shear.Last.Strain);
                if (Math.Abs(strain) > LargestStrain)
                    return null;
                shear.StepTo(strain + direction * step);
            }
            while (!shear.Last.IsPlastic);
            CubicMode mode = CubicMode.From(glass, QuarticMode.From(glass, glass.LowestEigenpairs(1)[0].Vector).Direction);
            ShearCoupling coupling = ShearCoupling.Of(glass, mode, Deformation.SimpleShear(glass.Dimension, 0, 1));
            found.Add((strain, mode.Stiffness, coupling.InstabilityStrain));
        }
        // The event lies within the last step; points so near that this matters say nothing.
        double at = strain + direction * 0.5 * step * Refinement;
        return (at, [.. found.Where(point => Math.Abs(at - point.Strain) > 20 * step * Refinement).DistinctBy(point => point.Strain).Select(point => (point.Stiffness, point.Predicted / (at - point.Strain)))]);
    }

    private static double Quantile(double[] sorted, double share) => sorted[(int)(share * (sorted.Length - 1))];
}
