using ScottPlot;

namespace FastNqe.Ensembles;

/// <summary>The legend of a report's plots: small, without a frame.</summary>
internal static class PlainLegend
{
    /// <summary>Shows it in a corner of the plot.</summary>
    public static void Show(Plot plot, Alignment corner)
    {
        Style(plot);
        plot.ShowLegend(corner);
    }

    /// <summary>Shows it to the right of the plot, where it hides nothing.</summary>
    public static void ShowBeside(Plot plot)
    {
        Style(plot);
        plot.Legend.Margin = new PixelPadding(0);
        plot.Legend.Padding = new PixelPadding(0);
        plot.ShowLegend(Edge.Right).Padding = new PixelPadding(left: 0, right: 10, bottom: 0, top: 0);
    }

    private static void Style(Plot plot)
    {
        plot.Legend.FontSize = 11;
        plot.Legend.FontName = Sheet.FontName;
        plot.Legend.BackgroundColor = Colors.White.WithAlpha(0.8);
        plot.Legend.ShadowColor = Colors.Transparent;
        plot.Legend.OutlineColor = Colors.Transparent;
    }
}
