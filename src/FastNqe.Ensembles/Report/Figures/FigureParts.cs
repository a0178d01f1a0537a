using System.Globalization;

namespace FastNqe.Ensembles;

/// <summary>What the figures of a report share.</summary>
internal static class FigureParts
{
    /// <summary>An empty sheet of plots for a report.</summary>
    public static Sheet NewSheet(int columns) => new(columns, 400, 340);

    /// <summary>A sheet for <see cref="Plane"/>: the panels of up to three studies and their medians fill one row.</summary>
    public static Sheet PlaneSheet(IReadOnlyList<StudyData> studies) => NewSheet(Math.Min(studies.Count + 1, 4));

    /// <summary>
    /// A panel of counts for every study that has positive numbers, with its running median, then one panel with the running medians of all; and the numbers of
    /// both. Nothing if no study has any.
    /// </summary>
    /// <param name="sheet">Receives the panels.</param>
    /// <param name="name">The name of the data.</param>
    /// <param name="studies">The studies.</param>
    /// <param name="axes">The names of the two axes.</param>
    /// <param name="select">The two quantities of a study.</param>
    /// <param name="guide">The exponent of a power law to guide the eye, drawn through the medians of the first study drawn, or null.</param>
    /// <param name="letter">What the text calls these panels, or null.</param>
    public static IEnumerable<DataSheet> Plane(
        Sheet sheet, string name, IReadOnlyList<StudyData> studies, (string X, string Y) axes, Func<StudyData, (double[] X, double[] Y)> select, (double Exponent, string Label)? guide, string? letter = null)
    {
        string prefix = letter is null ? "" : $"({letter}) ";
        DataSheet counts = new($"{name}-counts", "study", "x_low", "x_high", "y_low", "y_high", "count"), medians = new($"{name}-medians", "study", "x", "median", "low68", "high68", "lower_quartile", "upper_quartile", "count");
        List<(double[] X, double[] Y)> drawn = [];
        List<ScottPlot.Plot> panels = [];
        LogPlot all = new(prefix + (studies.Count > 1 ? "running medians" : "running median"), axes.X, axes.Y);
        for (int k = 0; k < studies.Count; k++)
        {
            (double[] x, double[] y) = select(studies[k]);
            if (LogHistogram.Plane(x, y) is not { } histogram)
                continue;
            drawn.Add((x, y));
            IReadOnlyList<MedianPoint> points = RunningMedian.Of(x, y);
            panels.Add(new LogPlot(prefix + studies[k].Label, axes.X, axes.Y).Counts(histogram).Medians(points, ScottPlot.Colors.DarkOrange, null).Done());
            all.Medians(points, LogPlot.Colour(k), studies[k].Label);
            Add(counts, studies[k].Label, histogram);
            Add(medians, studies[k].Label, points);
        }
        if (drawn.Count == 0)
            return [];
        if (guide is { } law)
            all.PowerLaw(law.Exponent, Prefactor(drawn[0].X, drawn[0].Y, law.Exponent), law.Label);
        sheet.AddTogether([.. panels, all.Done()]);
        return [counts, medians];
    }

    /// <summary>Whether some ensemble was made in two sizes or more, so that there is something to say about growth with the size.</summary>
    public static bool HaveSizes(IEnumerable<StudyData> studies) =>
        studies.GroupBy(study => study.Ensemble).Any(ensemble => ensemble.Select(study => study.Particles).Distinct().Skip(1).Any());

    /// <summary>The median of y/x^exponent: the height of a power law through the middle of the data.</summary>
    public static double Prefactor(double[] x, double[] y, double exponent) =>
        Order.Quantile(Order.PositiveSorted(StudyData.Each(x, y, (a, b) => b / Math.Pow(a, exponent))), 0.5);

    /// <summary>Adds running medians to a sheet of data.</summary>
    public static void Add(DataSheet sheet, string study, IEnumerable<MedianPoint> points)
    {
        foreach (MedianPoint point in points)
            sheet.Add(study, point.X, point.Median, point.Low, point.High, point.LowerQuartile, point.UpperQuartile, point.Count);
    }

    /// <summary>A number with its error, as 3.9 ± 0.2.</summary>
    public static string Show(double value, double error)
    {
        int digits = double.IsFinite(error) && error > 0 ? Math.Clamp((int)Math.Ceiling(-Math.Log10(error)) + (Leading(error) < 3 ? 1 : 0), 0, 6) : 2;
        return string.Create(CultureInfo.InvariantCulture, $"{value.ToString("F" + digits, CultureInfo.InvariantCulture)} ± {error.ToString("F" + digits, CultureInfo.InvariantCulture)}");
    }

    private static double Leading(double x) => x / Math.Pow(10, Math.Floor(Math.Log10(x)));

    private static void Add(DataSheet sheet, string study, PlaneHistogram histogram)
    {
        int nx = histogram.Counts.GetLength(0), ny = histogram.Counts.GetLength(1);
        for (int i = 0; i < nx; i++)
            for (int j = 0; j < ny; j++)
                if (histogram.Counts[i, j] > 0)
                    sheet.Add(study, Edge(histogram.Left, histogram.Right, i, nx), Edge(histogram.Left, histogram.Right, i + 1, nx),
                        Edge(histogram.Bottom, histogram.Top, j, ny), Edge(histogram.Bottom, histogram.Top, j + 1, ny), histogram.Counts[i, j]);
    }

    private static double Edge(double low, double high, int bin, int bins) => Math.Pow(10, low + (high - low) * bin / bins);
}
