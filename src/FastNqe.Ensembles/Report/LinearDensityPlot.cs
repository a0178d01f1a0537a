using ScottPlot;

namespace FastNqe.Ensembles;

/// <summary>Densities with counting errors on linear axes.</summary>
#pragma warning disable CA1001 // Done hands the plot over to the sheet, which draws it.
internal sealed class LinearDensityPlot
#pragma warning restore CA1001
{
    private readonly Plot _plot = new();

    /// <summary>An empty plot.</summary>
    public LinearDensityPlot(string title, string x)
    {
        _plot.Title(title, 13);
        _plot.XLabel(x);
        _plot.YLabel("density");
    }

    /// <summary>Adds the density of a study; bins without a value are drawn, at zero.</summary>
    public void Add(IReadOnlyList<HistogramBin> bins, Color colour, string label)
    {
        double[] x = [.. bins.Select(bin => 0.5 * (bin.Low + bin.High))], y = [.. bins.Select(bin => bin.Density)], none = new double[bins.Count];
        double[] errors = [.. bins.Select(bin => bin.Error)];
        _plot.Add.Plottable(new ScottPlot.Plottables.ErrorBar(x, y, none, none, errors, errors) { Color = colour });
        ScottPlot.Plottables.Scatter scatter = _plot.Add.Scatter(x, y, colour);
        scatter.LineWidth = 0;
        scatter.MarkerSize = 5;
        scatter.LegendText = label;
    }

    /// <summary>The plot.</summary>
    public Plot Done()
    {
        _plot.Axes.AutoScale();
        // Room for the legend.
        AxisLimits limits = _plot.Axes.GetLimits();
        _plot.Axes.SetLimitsY(limits.Bottom, limits.Top + 0.1 * (limits.Top - limits.Bottom));
        _plot.Grid.MajorLineColor = Colors.Black.WithAlpha(0.08);
        PlainLegend.Show(_plot, Alignment.UpperRight);
        return _plot;
    }
}
