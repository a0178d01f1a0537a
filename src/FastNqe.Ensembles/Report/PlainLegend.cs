using ScottPlot;

namespace FastNqe.Ensembles;

/// <summary>The legend of a report's plots: small, without a frame.</summary>
internal static class PlainLegend
{
    /// <summary>Shows it in a corner.</summary>
    public static void Show(Plot plot, Alignment corner)
    {
        plot.Legend.FontSize = 11;
        plot.Legend.FontName = Sheet.FontName;
        plot.Legend.BackgroundColor = Colors.White.WithAlpha(0.8);
        plot.Legend.ShadowColor = Colors.Transparent;
        plot.Legend.OutlineColor = Colors.Transparent;
        plot.ShowLegend(corner);
    }
}
