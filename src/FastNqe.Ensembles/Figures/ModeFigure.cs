using ScottPlot;
using SkiaSharp;

namespace FastNqe.Ensembles;

/// <summary>Draws the modes of one glass side by side, so that a person sees the core and the far field (as Figs. 1, 3 and 6 of the paper).</summary>
/// <remarks>
/// All panels show the same region: the periodic box moved so that the core of the most localised mode lies in the middle. In three and four dimensions the
/// picture is the projection on the two axes along which the modes move most; particles that move little are faded. Lengths are in a0 = (V/N)^(1/d), the paper's unit.
/// </remarks>
public static class ModeFigure
{
    private const int PanelWidth = 440, PanelHeight = 470, LargestColumnCount = 4;

    /// <summary>Draws and saves the modes.</summary>
    /// <param name="path">Ends in .png or .svg. The file appears whole or not at all.</param>
    /// <param name="glass">The inherent state of the modes.</param>
    /// <param name="modes">A title (name, frequency, number of particles) and N·d numbers, row major, for each mode; the norm does not matter.</param>
    /// <exception cref="ArgumentException">There is no mode, a mode has another length, or is zero or not finite, or the path has another ending.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(string path, Configuration glass, IReadOnlyList<(string Title, ReadOnlyMemory<double> Displacement)> modes)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(glass);
        ArgumentNullException.ThrowIfNull(modes);
        if (modes.Count == 0)
            throw new ArgumentException("there is no mode to draw", nameof(modes));
        foreach ((string title, ReadOnlyMemory<double> displacement) in modes)
            Check(glass, title, displacement.Span);

        int d = glass.Dimension;
        (int x, int y) = ModeView.Axes(d, modes.Select(mode => mode.Displacement));
        double halfWidth = 0.52 * Math.Max(Extent(glass.Box, x), Extent(glass.Box, y)) / glass.UnitLength;
        double longestArrow = Math.Max(2, 0.12 * halfWidth);
        double[] core = ModeView.Core(glass, modes.MinBy(mode => Participation.Ratio(mode.Displacement.Span, d)).Displacement.Span);

        Sheet sheet = new(Math.Min(modes.Count, LargestColumnCount), PanelWidth, PanelHeight) { Footer = (canvas, area) => Key(canvas, area, d) };
        foreach ((string title, ReadOnlyMemory<double> displacement) in modes)
        {
            Plot plot = new();
            plot.Add.Plottable(new ModePanel(ModeView.Of(glass, displacement.Span, core, (x, y)), halfWidth, longestArrow, d > 2));
            plot.Axes.SetLimits(-halfWidth, halfWidth, -halfWidth, halfWidth);
            plot.Axes.SquareUnits();
            plot.HideGrid();
            plot.Title(title, 15);
            plot.XLabel(AxisName(x));
            plot.YLabel(AxisName(y));
            sheet.Add(plot);
        }
        sheet.Save(path);
    }

    private static string AxisName(int axis) => $"{"xyzw"[axis]} from the core [a₀]";

    // A tilted cell reaches further along an axis than its lattice vector.
    private static double Extent(Box box, int axis) => box.Length(axis) + axis switch
    {
        0 => Math.Abs(box.XY) + Math.Abs(box.XZ),
        1 => Math.Abs(box.YZ),
        _ => 0,
    };

    private static void Key(SKCanvas canvas, SKRect area, int dimension)
    {
        const int Steps = 60;
        const float StepWidth = 3, Height = 10;
        string arrows = dimension > 2
            ? "of the largest displacement (particle colour); arrows: projected, in proportion; still particles faded"
            : "of the largest displacement (particle colour); arrows: in proportion";
        float left = area.Left + 60, top = area.Top + 8;
        using SKPaint paint = new() { IsAntialias = false, Style = SKPaintStyle.Fill };
        for (int step = 0; step < Steps; step++)
        {
            paint.Color = ModePanel.Colour(Math.Pow(ModePanel.Smallest, 1 - (step + 0.5) / Steps));
            canvas.DrawRect(left + step * StepWidth, top, StepWidth, Height, paint);
        }
        paint.Color = SKColors.Black;
        paint.IsAntialias = true;
        using SKFont font = new(SKTypeface.FromFamilyName(Sheet.FontName), 12);
        float right = left + Steps * StepWidth;
        for (int decade = 0; decade <= 3; decade++)
            canvas.DrawText(Math.Pow(10, decade - 3).ToString("G"), left + decade * (right - left) / 3, top + Height + 14, SKTextAlign.Center, font, paint);
        canvas.DrawText(arrows, right + 24, top + Height, SKTextAlign.Left, font, paint);
    }

    private static void Check(Configuration glass, string title, ReadOnlySpan<double> displacement)
    {
        int expected = glass.ParticleCount * glass.Dimension;
        if (displacement.Length != expected)
            throw new ArgumentException($"mode \"{title}\" has {displacement.Length} numbers; expected {expected} for {glass.ParticleCount} particles in {glass.Dimension} dimensions");
        bool moves = false;
        foreach (double component in displacement)
        {
            if (!double.IsFinite(component))
                throw new ArgumentException($"mode \"{title}\" holds {component}; expected finite numbers");
            moves |= component != 0;
        }
        if (!moves)
            throw new ArgumentException($"mode \"{title}\" is zero everywhere");
    }
}
