using System.Globalization;

namespace FastNqe.Ensembles;

/// <summary>Fig. 5: how quartic modes come to agree with harmonic ones as their frequency goes down, in energy and in structure.</summary>
internal static class ConvergenceFigure
{
    // The share of the softest modes in which the scaling's prefactor is read off.
    private const double SoftestShare = 0.2;

    public static ReportFigure Make(IReadOnlyList<StudyData> studies)
    {
        Sheet sheet = FigureParts.PlaneSheet(studies);
        List<DataSheet> data =
        [
            .. FigureParts.Plane(sheet, "fig5-energetic", studies, ("ω₄² [ω₀²]", "(ω₄²-ω₂²)/ω₄²"), study => (Power(study.Frequency4, 2), study.EnergeticDistance), (1, "~ ω₄²"), "a"),
            .. FigureParts.Plane(sheet, "fig5-structural", studies, ("ω₄⁴ [ω₀⁴]", "1 - |π₄·ψ|"), study => (Power(study.Frequency4, 4), study.StructuralDistance), (1, "~ ω₄⁴"), "b"),
        ];
        DataSheet prefactors = new("fig5-prefactors", "study", "dimension", "N", "L", "f", "f_low68", "f_high68", "g", "g_low68", "g_high68", "modes");
        List<(StudyData Study, Prefactor F, Prefactor G)> sizes = [.. studies
            .Select(study => (study, Softest(study, study.EnergeticDistance, 2), Softest(study, study.StructuralDistance, 4)))
            .Where(size => size.Item2.Count > 0)];
        foreach ((StudyData study, Prefactor f, Prefactor g) in sizes)
            prefactors.Add(study.Label, study.Dimension, study.Particles, study.BoxLength, f.Median, f.Low, f.High, g.Median, g.Low, g.High, f.Count);
        // A single size says nothing about growth.
        if (FigureParts.HaveSizes(sizes.Select(size => size.Study)))
        {
            sheet.AddTogether([Sizes("f(L)", sizes.Select(size => (size.Study, size.F)), 2), Sizes("g(L)", sizes.Select(size => (size.Study, size.G)), 4)]);
        }
        data.Add(prefactors);
        return new ReportFigure(
            "fig5-convergence", "Quartic modes converge to harmonic ones (Fig. 5)",
            "(a) The energetic distance (ω₄²-ω₂²)/ω₄² ~ f(L) ω₄² and (b) the structural distance 1-|π₄·ψ| ~ g(L) ω₄⁴ between the quartic mode and the lowest harmonic mode, with running medians "
            + $"(bars: 68 % interval of the median). f and g are read off as medians over the softest {100 * SoftestShare:0} % of the modes; the paper expects f ~ L² and g ~ L⁴ in two dimensions "
            + $"and hardly any growth in three. {Exponents(sizes)}",
            sheet, data);
    }

    private readonly record struct Prefactor(double Median, double Low, double High, int Count);

    private static double[] Power(double[] values, int power) => [.. values.Select(value => Math.Pow(value, power))];

    private static Prefactor Softest(StudyData study, double[] distance, int power)
    {
        double[] sorted = Order.PositiveSorted(study.Frequency4);
        double limit = Order.Quantile(sorted, SoftestShare);
        double[] ratios = [.. Enumerable.Range(0, distance.Length).Where(k => study.Frequency4[k] > 0 && study.Frequency4[k] <= limit)
            .Select(k => distance[k] / Math.Pow(study.Frequency4[k], power)).Where(double.IsFinite).Order()];
        (double median, double low, double high) = Order.Median(ratios);
        return new Prefactor(median, low, high, ratios.Length);
    }

    private static ScottPlot.Plot Sizes(string name, IEnumerable<(StudyData Study, Prefactor Value)> sizes, int expected)
    {
        LogPlot plot = new(name, "L [a₀]", name[..1]);
        int k = 0;
        foreach (IGrouping<string, (StudyData Study, Prefactor Value)> model in sizes.GroupBy(size => size.Study.Ensemble))
        {
            (double X, double Y, double Low, double High)[] points = [.. model.OrderBy(size => size.Study.BoxLength)
                .Select(size => (size.Study.BoxLength, size.Value.Median, size.Value.Low, size.Value.High))];
            plot.Points(points, LogPlot.Colour(k++), model.Key, lines: true);
            if (model.First().Study.Dimension == 2 && points.Length > 1)
                plot.PowerLaw(expected, points[0].Y / Math.Pow(points[0].X, expected), $"L{(expected == 2 ? "²" : "⁴")}");
        }
        return plot.Done();
    }

    private static string Exponents(IEnumerable<(StudyData Study, Prefactor F, Prefactor G)> sizes)
    {
        List<string> found = [];
        foreach (IGrouping<string, (StudyData Study, Prefactor F, Prefactor G)> model in sizes.GroupBy(size => size.Study.Ensemble))
        {
            ScalingFit? f = Fit(model.Select(size => (size.Study, size.F))), g = Fit(model.Select(size => (size.Study, size.G)));
            if (f is not null && g is not null)
                found.Add(string.Create(CultureInfo.InvariantCulture, $"{model.Key}: f ~ L^({FigureParts.Show(f.Exponent, f.Error)}), g ~ L^({FigureParts.Show(g.Exponent, g.Error)})."));
        }
        return found.Count > 0 ? "Found: " + string.Join(" ", found) : "Here is one size per ensemble, which says nothing about L: f and g are not drawn (numbers in fig5-prefactors.csv).";
    }

    private static ScalingFit? Fit(IEnumerable<(StudyData Study, Prefactor Value)> sizes) =>
        ScalingFit.Of(sizes.Select(size => (size.Study.BoxLength, size.Value.Median, 0.5 * (size.Value.High - size.Value.Low))));
}
