using ScottPlot;
using SkiaSharp;

namespace FastNqe.Ensembles;

/// <summary>Draws a <see cref="ModeView"/>: particles coloured by the logarithm of how far they move, arrows in proportion to it.</summary>
/// <remarks>The arrows show the core; the colours, over three decades, show how the far field decays around it.</remarks>
/// <param name="view">The particles.</param>
/// <param name="halfWidth">Half of the width of the picture [a0].</param>
/// <param name="longestArrow">The length at which the largest displacement is drawn [a0].</param>
/// <param name="isProjection">Whether particles lie behind each other: those that move little are then faded and drawn small.</param>
internal sealed class ModePanel(ModeView view, double halfWidth, double longestArrow, bool isProjection) : IPlottable
{
    /// <summary>Displacements below this fraction of the largest have the palest colour.</summary>
    public const double Smallest = 1e-3;

    // An arrow shorter than this would be a dot that hides the particle's colour.
    private const float ShortestArrow = 3;

    // Pale enough at the top for the arrows to stand out.
    private static readonly ScottPlot.Colormaps.CustomInterpolated Palette = new(
        [new Color(255, 255, 255), new Color(254, 240, 200), new Color(253, 200, 120), new Color(245, 135, 65), new Color(226, 60, 50)]);

    public bool IsVisible { get; set; } = true;

    public IAxes Axes { get; set; } = new Axes();

    public IEnumerable<LegendItem> LegendItems => [];

    public AxisLimits GetAxisLimits() => new(-halfWidth, halfWidth, -halfWidth, halfWidth);

    public static SKColor Colour(double magnitude)
    {
        double height = 1 - Math.Log10(Math.Clamp(magnitude, Smallest, 1)) / Math.Log10(Smallest);
        Color colour = Palette.GetColor(height);
        return new SKColor(colour.Red, colour.Green, colour.Blue);
    }

    public void Render(RenderPack rp)
    {
        using SKPaint fill = new() { IsAntialias = true, Style = SKPaintStyle.Fill };
        using SKPaint line = new() { IsAntialias = true, Style = SKPaintStyle.Stroke, StrokeCap = SKStrokeCap.Round };
        foreach (ModeView.Particle particle in view.Particles)
        {
            Pixel centre = Axes.GetPixel(new Coordinates(particle.X, particle.Y));
            byte opacity = isProjection ? (byte)(255 * Math.Clamp(particle.Magnitude * 2.5, 0.2, 1)) : (byte)255;
            double shown = isProjection ? 0.35 + 0.55 * Math.Sqrt(particle.Magnitude) : 0.9;
            float radius = (float)(0.5 * shown * particle.Diameter * rp.DataRect.Width / (2 * halfWidth));
            fill.Color = Colour(particle.Magnitude).WithAlpha(opacity);
            rp.Canvas.DrawCircle(centre.X, centre.Y, radius, fill);
            line.Color = new SKColor(120, 120, 120, opacity);
            line.StrokeWidth = 0.5f;
            rp.Canvas.DrawCircle(centre.X, centre.Y, radius, line);
        }
        foreach (ModeView.Particle particle in view.Particles)
        {
            byte opacity = isProjection ? (byte)(255 * Math.Clamp(particle.Magnitude * 4, 0.15, 1)) : (byte)255;
            line.Color = new SKColor(15, 20, 60, opacity);
            line.StrokeWidth = 1.3f;
            Arrow(rp.Canvas, particle, line);
        }
    }

    private void Arrow(SKCanvas canvas, ModeView.Particle particle, SKPaint line)
    {
        Pixel tail = Axes.GetPixel(new Coordinates(particle.X, particle.Y));
        Pixel head = Axes.GetPixel(new Coordinates(particle.X + longestArrow * particle.U, particle.Y + longestArrow * particle.V));
        float dx = head.X - tail.X, dy = head.Y - tail.Y, length = MathF.Sqrt(dx * dx + dy * dy);
        if (length < ShortestArrow)
            return;
        float barb = MathF.Min(6, 0.35f * length), along = barb / length, across = 0.5f * along;
        canvas.DrawLine(tail.X, tail.Y, head.X, head.Y, line);
        canvas.DrawLine(head.X, head.Y, head.X - along * dx - across * dy, head.Y - along * dy + across * dx, line);
        canvas.DrawLine(head.X, head.Y, head.X - along * dx + across * dy, head.Y - along * dy - across * dx, line);
    }
}
