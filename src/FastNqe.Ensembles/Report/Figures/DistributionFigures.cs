using System.Globalization;

namespace FastNqe.Ensembles;

/// <summary>The figures that show how a quantity is distributed, with the exponent of its lower tail.</summary>
internal static class DistributionFigures
{
    // Few enough for the asymptotic power law, enough for an error that says something.
    private const double TailShare = 0.1;

    /// <summary>The lowest omega_2, omega_4, omega_3 of each glass; D(omega) ~ omega⁴.</summary>
    public static ReportFigure Frequencies(IReadOnlyList<StudyData> studies)
    {
        Sheet sheet = FigureParts.NewSheet(3);
        DataSheet bins = Bins("frequencies-density"), fits = Fits("frequencies-fits");
        List<string> found = [];
        foreach ((string key, string symbol, Func<StudyData, double[]> select) in new (string, string, Func<StudyData, double[]>)[]
            {
                ("omega2", "ω₂", study => study.Frequency2), ("omega4", "ω₄", study => study.Frequency4), ("omega3", "ω₃", study => study.Frequency3),
            })
            found.AddRange(Panel(sheet, bins, fits, studies, key, symbol, $"{symbol} [ω₀]", select, 4, "~ ω⁴", withWeibull: true));
        return new ReportFigure(
            "frequencies", "The lowest frequencies",
            "Density of the lowest harmonic, quartic and cubic frequency of each glass (bars: counting errors). These are smallest values: if the soft modes of a glass are independent and their "
            + "density grows as D(ω) ~ ω^β, the lowest of them follows a Weibull distribution, p ~ ω^β exp(-(ω/s)^(β+1)) (extreme-value statistics), which is ω^β far below s. Expected is β = 4 "
            + $"(dashed); another β means that the lowest modes of glasses of this size do not show that law, be it that the few softest are not independent, that some are phonons, or that D(ω) "
            + $"is another. Fits, drawn over the range that they are made of: β from the lowest {100 * TailShare:0} % by maximum likelihood (tail, solid), and from all values (Weibull, dotted; not "
            + "the data's law where D√n, D the Kolmogorov-Smirnov distance, is above 1): " + string.Join("; ", found) + ".",
            sheet, [bins, fits]);
    }

    /// <summary>Energy barriers; p(V_B) ~ V_B^(1/4).</summary>
    public static ReportFigure Barriers(IReadOnlyList<StudyData> studies)
    {
        Sheet sheet = FigureParts.NewSheet(3);
        DataSheet bins = Bins("barriers-density"), fits = Fits("barriers-fits");
        string[] found = [.. Panel(sheet, bins, fits, studies, "V_B", "V_B", "V_B [ω₀² a₀²]", study => study.Barrier, 0.25, "~ V_B^(1/4)", withWeibull: false)];
        return new ReportFigure(
            "barriers", "Energy barriers",
            "Density of the barrier V_B = (2/3) κ₃³/τ₃² of each glass's cubic mode, the barrier of its expansion to third order (eq. 35). With D(ω) ~ ω⁴ and τ₃ ~ ω₃ the paper expects p ~ V_B^(1/4). "
            + $"Exponents of the lowest {100 * TailShare:0} % (solid line): " + string.Join("; ", found) + ".",
            sheet, [bins, fits]);
    }

    /// <summary>Strains to instability; p(x) ~ x^(2/3), x_min ~ N^(-3/5).</summary>
    public static ReportFigure Strains(IReadOnlyList<StudyData> all)
    {
        StudyData[] studies = [.. all.Where(study => study.Strains.Any(double.IsFinite))];
        Sheet sheet = FigureParts.NewSheet(3);
        DataSheet bins = Bins("strains-density"), fits = Fits("strains-fits"), sizes = new("strains-sizes", "study", "model", "N", "mean_smallest_x", "error", "median_smallest_x");
        string[] found = [.. Panel(sheet, bins, fits, all, "x", "x", "x", study => study.Strains, 2.0 / 3, "~ x^(2/3)", withWeibull: false)];
        LogPlot plot = new("smallest strain of a glass", "N", "<x_min>");
        List<string> scaling = [];
        int colour = 0;
        foreach (IGrouping<string, StudyData> model in studies.GroupBy(study => study.Ensemble))
        {
            List<(double X, double Y, double Error)> points = [];
            foreach (StudyData study in model.OrderBy(study => study.Particles))
            {
                double[] smallest = Order.PositiveSorted(study.SmallestStrain);
                if (smallest.Length < 2)
                    continue;
                double mean = smallest.Average(), error = Math.Sqrt(smallest.Sum(x => (x - mean) * (x - mean)) / (smallest.Length - 1) / smallest.Length);
                points.Add((study.Particles, mean, error));
                sizes.Add(study.Label, study.Study.Model, study.Particles, mean, error, Order.Quantile(smallest, 0.5));
            }
            plot.Points(points.Select(point => (point.X, point.Y, point.Y - point.Error, point.Y + point.Error)), LogPlot.Colour(colour++), model.Key, lines: true);
            if (points.Count > 1)
                plot.PowerLaw(-0.6, points[0].Y * Math.Pow(points[0].X, 0.6), "~ N^(-3/5)");
            if (ScalingFit.Of(points) is { } fit)
                scaling.Add($"{model.Key}: x_min ~ N^({FigureParts.Show(fit.Exponent, fit.Error)})");
        }
        // A single size says nothing about growth.
        if (FigureParts.HaveSizes(studies))
            sheet.Add(plot.Done());
        return new ReportFigure(
            "strains", "Strains to instability",
            "Density of the strain x = κ₃²/(2 τ₃ |ν₃|) at which a cubic mode becomes unstable under simple shear (eq. 37), over all planes. The paper expects p(x) ~ x^θ with θ = 2/3, and with it a smallest "
            + "strain x_min ~ N^(-3/5). One mode per glass is known here, not all: x_min is the smallest of that mode's planes. "
            + $"θ of the lowest {100 * TailShare:0} % (solid line): " + string.Join("; ", found) + ". "
            + (scaling.Count > 0 ? string.Join("; ", scaling) + "." : "Here is one size per ensemble, which says nothing about N: x_min is not drawn (numbers in strains-sizes.csv)."),
            sheet, [bins, fits, sizes]);
    }

    private static DataSheet Bins(string name) => new(name, "quantity", "study", "low", "high", "count", "density", "error");

    private static DataSheet Fits(string name) =>
        new(name, "quantity", "study", "expected", "tail_exponent", "tail_error", "tail_values", "tail_largest", "weibull_exponent", "weibull_error", "weibull_scale", "weibull_distance", "values");

    // One panel with the densities of all studies that have positive values; none if there is no such study.
    private static List<string> Panel(
        Sheet sheet, DataSheet bins, DataSheet fits, IReadOnlyList<StudyData> studies, string key, string symbol, string axis, Func<StudyData, double[]> select, double expected, string guide, bool withWeibull)
    {
        LogPlot plot = new(symbol, axis, "density");
        List<string> found = [];
        double[]? first = null;
        for (int k = 0; k < studies.Count; k++)
        {
            double[] values = select(studies[k]);
            if (Order.PositiveSorted(values) is not { Length: > 0 } sorted)
                continue;
            first ??= sorted;
            IReadOnlyList<HistogramBin> density = LogHistogram.Density(values);
            RobustRange shown = RobustRange.OfLogarithms(values);
            plot.Density(density, LogPlot.Colour(k), studies[k].Label, (shown.Low, shown.High));
            foreach (HistogramBin bin in density)
                bins.Add(key, studies[k].Label, bin.Low, bin.High, bin.Count, bin.Density, bin.Error);
            PowerLawTail? tail = PowerLawTail.Fit(values, TailShare, perGlass: values.Length / studies[k].Frequency3.Length);
            Weibull? weibull = withWeibull ? Weibull.Fit(values) : null;
            fits.Add(key, studies[k].Label, expected, tail?.Exponent, tail?.Error, tail?.Count, tail?.Largest, weibull?.Exponent, weibull?.Error, weibull?.Scale, weibull?.Distance, sorted.Length);
            string ofTail = tail is null ? "too few values" : FigureParts.Show(tail.Exponent, tail.Error);
            string ofAll = weibull is null ? "" : string.Create(
                CultureInfo.InvariantCulture, $" (tail), {FigureParts.Show(weibull.Exponent, weibull.Error)} (Weibull, D√n = {weibull.Distance * Math.Sqrt(weibull.Count):0.0})");
            found.Add($"{studies[k].Label} {symbol}: {ofTail}{ofAll}{shown.Say(sorted.Length)}");
            if (tail is not null)
                plot.Curve(tail.Density, (sorted[0], tail.Largest), LogPlot.Colour(k), ScottPlot.LinePattern.Solid, sorted == first ? "fit of the tail" : null);
            if (weibull is not null)
                plot.Curve(weibull.Density, (shown.Low, shown.High), LogPlot.Colour(k), ScottPlot.LinePattern.Dotted, sorted == first ? "Weibull fit" : null);
        }
        if (first is null)
            return found;
        // The guide passes through the tail of the first study drawn, where the power law should hold.
        double upper = Order.Quantile(first, TailShare);
        plot.PowerLaw(expected, TailShare * (expected + 1) / Math.Pow(upper, expected + 1), guide);
        sheet.Add(plot.Done());
        return found;
    }
}
