using ScottPlot;

namespace FastNqe.Ensembles;

/// <summary>A plot with logarithmic axes: counts, running medians, densities, points with errors, and power laws to guide the eye.</summary>
#pragma warning disable CA1001 // Done hands the plot over to the sheet, which draws it.
internal sealed class LogPlot
#pragma warning restore CA1001
{
    private static readonly ScottPlot.Palettes.Category10 Colours = new();

    // How much worse it is to hide a measured point than a piece of a line.
    private const double LineWeight = 0.05;

    private readonly Plot _plot = new();
    private (double Left, double Right, double Bottom, double Top) _range = (double.PositiveInfinity, double.NegativeInfinity, double.PositiveInfinity, double.NegativeInfinity);
    private readonly List<(double X, double Y, double Weight)> _covered = [];
    private int _legendLines;

    /// <summary>An empty plot.</summary>
    public LogPlot(string title, string x, string y)
    {
        _plot.Title(title, 13);
        _plot.XLabel(x);
        _plot.YLabel(y);
    }

    /// <summary>The colour of the k-th study.</summary>
    public static Color Colour(int study) => Colours.GetColor(study);

    /// <summary>A histogram in the plane; nothing for null.</summary>
    public LogPlot Counts(PlaneHistogram? histogram)
    {
        if (histogram is null)
            return this;
        _plot.Add.Plottable(new CountMap(histogram));
        // Below the bins is room for the key of the counts, so that it hides none of them.
        double keyed = histogram.Bottom - CountMap.KeyShare * (histogram.Top - histogram.Bottom);
        Cover(histogram.Left, keyed);
        Cover(histogram.Right, histogram.Top);
        // The corner with the key is taken; the bins take the rest.
        _covered.AddRange(Enumerable.Repeat((histogram.Left, keyed, 1.0), 1000));
        int nx = histogram.Counts.GetLength(0), ny = histogram.Counts.GetLength(1);
        for (int i = 0; i < nx; i++)
            for (int j = 0; j < ny; j++)
                if (histogram.Counts[i, j] > 0)
                    Cover(histogram.Left + (i + 0.5) / nx * (histogram.Right - histogram.Left), histogram.Bottom + (j + 0.5) / ny * (histogram.Top - histogram.Bottom));
        return this;
    }

    /// <summary>A running median with the 68 % interval of each median.</summary>
    public LogPlot Medians(IReadOnlyList<MedianPoint> medians, Color colour, string? label) =>
        Points(medians.Select(point => (point.X, point.Median, point.Low, point.High)), colour, label, lines: true);

    /// <summary>A density with counting errors, as far as the bins lie within a range.</summary>
    public LogPlot Density(IReadOnlyList<HistogramBin> bins, Color colour, string? label, (double Low, double High) range) =>
        Points(bins.Where(bin => bin.Count > 0 && bin.High > range.Low && bin.Low < range.High).Select(bin => (bin.Middle, bin.Density, bin.Density - bin.Error, bin.Density + bin.Error)), colour, label, lines: false);

    /// <summary>Points with the ends of their error bars; an end that is not positive is left out.</summary>
    public LogPlot Points(IEnumerable<(double X, double Y, double Low, double High)> points, Color colour, string? label, bool lines)
    {
        (double X, double Y, double Low, double High)[] shown = [.. points.Where(point => point.X > 0 && point.Y > 0 && double.IsFinite(point.X) && double.IsFinite(point.Y))];
        if (shown.Length == 0)
            return this;
        double[] x = [.. shown.Select(point => Math.Log10(point.X))], y = [.. shown.Select(point => Math.Log10(point.Y))];
        double[] none = new double[x.Length];
        _plot.Add.Plottable(new ScottPlot.Plottables.ErrorBar(x, y, none, none, none, none)
        {
            Color = colour,
            YErrorNegative = [.. shown.Select(point => point.Low > 0 ? Math.Log10(point.Y / point.Low) : 0)],
            YErrorPositive = [.. shown.Select(point => point.High > 0 && double.IsFinite(point.High) ? Math.Log10(point.High / point.Y) : 0)],
        });
        ScottPlot.Plottables.Scatter scatter = _plot.Add.Scatter(x, y, colour);
        scatter.LineWidth = lines ? 1.5f : 0;
        scatter.MarkerSize = 5;
        if (label is not null)
        {
            scatter.LegendText = label;
            _legendLines++;
        }
        for (int k = 0; k < x.Length; k++)
        {
            // The axes make room for error bars, but for those that reach to nothing only so much.
            Cover(x[k], Math.Log10(Math.Clamp(shown[k].Low, shown[k].Y / 2, shown[k].Y)));
            Cover(x[k], Math.Log10(Math.Clamp(shown[k].High, shown[k].Y, 2 * shown[k].Y)));
        }
        return this;
    }

    /// <summary>The power law y = prefactor·x^exponent across the range of what was drawn before.</summary>
    public LogPlot PowerLaw(double exponent, double prefactor, string label)
    {
        if (!double.IsFinite(_range.Left) || !(prefactor > 0) || !double.IsFinite(prefactor))
            return this;
        double start = Math.Log10(prefactor);
        ScottPlot.Plottables.Scatter line = _plot.Add.ScatterLine(
            new[] { _range.Left, _range.Right }, new[] { start + exponent * _range.Left, start + exponent * _range.Right }, Colors.Black);
        line.LinePattern = LinePattern.Dashed;
        line.LineWidth = 1.2f;
        line.LegendText = label;
        _legendLines++;
        for (int k = 0; k <= 20; k++)
            _covered.Add((_range.Left + k * (_range.Right - _range.Left) / 20, start + exponent * (_range.Left + k * (_range.Right - _range.Left) / 20), LineWeight));
        return this;
    }

    /// <summary>A fitted law, drawn over the range that it was fitted to; the axes do not make room for it.</summary>
    /// <param name="law">y of x.</param>
    /// <param name="range">The smallest and the largest x; what lies outside of what was drawn before is left out.</param>
    /// <param name="colour">The colour of the values that it was fitted to.</param>
    /// <param name="pattern">Tells one kind of fit from another.</param>
    /// <param name="label">What the legend says; null for a law that it has already.</param>
    public LogPlot Curve(Func<double, double> law, (double Low, double High) range, Color colour, LinePattern pattern, string? label)
    {
        const int Steps = 100;
        double low = Math.Max(Math.Log10(range.Low), _range.Left), high = Math.Min(Math.Log10(range.High), _range.Right);
        if (!(low < high))
            return this;
        double[] x = [.. Enumerable.Range(0, Steps + 1).Select(k => low + (high - low) * k / Steps)];
        (double X, double Y)[] points = [.. x.Select(place => (place, Math.Log10(law(Math.Pow(10, place))))).Where(point => double.IsFinite(point.Item2))];
        ScottPlot.Plottables.Scatter line = _plot.Add.ScatterLine(points.Select(point => point.X).ToArray(), points.Select(point => point.Y).ToArray(), colour);
        line.LinePattern = pattern;
        line.LineWidth = 1.8f;
        if (label is not null)
        {
            line.LegendText = label;
            _legendLines++;
        }
        _covered.AddRange(points.Select(point => (point.X, point.Y, LineWeight)));
        return this;
    }

    /// <summary>The plot, with its axes around what was drawn.</summary>
    public Plot Done()
    {
        (double left, double right, double bottom, double top) = double.IsFinite(_range.Left) ? _range : (0, 1, 0, 1);
        (left, right) = Widened(left, right);
        (bottom, top) = Widened(bottom, top);
        _plot.Axes.SetLimits(left, right, bottom, top);
        _plot.Axes.Bottom.TickGenerator = LogTicks.Between(left, right);
        _plot.Axes.Left.TickGenerator = LogTicks.Between(bottom, top, isVertical: true);
        _plot.Grid.MajorLineColor = Colors.Black.WithAlpha(0.08);
        if (_legendLines > 0)
            ShowLegend(left, right, bottom, top);
        return _plot;
    }

    private static (double Low, double High) Widened(double low, double high)
    {
        double margin = Math.Max(0.06 * (high - low), 0.05);
        return (low - margin, high + margin);
    }

    // In the corner where it hides least, or beside the plot if it would hide a measured point in all of them.
    private void ShowLegend(double left, double right, double bottom, double top)
    {
        // It takes about these shares of the plot.
        const double Width = 0.42;
        double height = 0.03 + 0.075 * _legendLines;
        (Alignment Corner, double Middle, bool IsTop)[] places =
        [
            (Alignment.UpperLeft, 0.5 * Width, true), (Alignment.UpperRight, 1 - 0.5 * Width, true), (Alignment.LowerRight, 1 - 0.5 * Width, false),
            (Alignment.LowerLeft, 0.5 * Width, false), (Alignment.LowerCenter, 0.5, false), (Alignment.UpperCenter, 0.5, true),
        ];
        (Alignment corner, double hidden) = places.Select(place => (place.Corner, Hidden: _covered.Sum(point =>
        {
            double x = (point.X - left) / (right - left), y = (point.Y - bottom) / (top - bottom);
            return x is >= 0 and <= 1 && y is >= 0 and <= 1 && Math.Abs(x - place.Middle) < 0.5 * Width && (place.IsTop ? 1 - y : y) < height ? point.Weight : 0;
        }))).MinBy(place => place.Hidden);
        if (hidden < 1)
            PlainLegend.Show(_plot, corner);
        else
            PlainLegend.ShowBeside(_plot);
    }

    private void Cover(double x, double y)
    {
        _covered.Add((x, y, 1));
        _range = (Math.Min(_range.Left, x), Math.Max(_range.Right, x), Math.Min(_range.Bottom, y), Math.Max(_range.Top, y));
    }
}
