using ScottPlot;
using SkiaSharp;

namespace FastNqe.Ensembles;

/// <summary>Plots in rows and columns on one page, saved as PNG or SVG.</summary>
/// <param name="columns">The number of plots in a row.</param>
/// <param name="panelWidth">The width of a plot [pixels].</param>
/// <param name="panelHeight">The height of a plot [pixels].</param>
internal sealed class Sheet(int columns, int panelWidth, int panelHeight)
{
    private const int FooterHeight = 44;
    private const float PngScale = 2;

    /// <summary>A sans-serif font with Greek letters that is installed, else the system's default.</summary>
    public static readonly string FontName =
        new[] { "DejaVu Sans", "Liberation Sans", "Noto Sans", "Arial", "Helvetica" }.FirstOrDefault(IsInstalled) ?? SKTypeface.Default.FamilyName;

    private readonly List<(Plot Plot, int Row, int Column)> _plots = [];
    private int _row, _column;

    /// <summary>Draws what explains all plots at once, in the given rectangle below them; nothing if null.</summary>
    public Action<SKCanvas, SKRect>? Footer { get; init; }

    /// <summary>Whether there is nothing to draw.</summary>
    public bool IsEmpty => _plots.Count == 0;

    private int Width => _plots.Max(plot => plot.Column + 1) * panelWidth;

    private int Height => _plots.Max(plot => plot.Row + 1) * panelHeight + (Footer is null ? 0 : FooterHeight);

    /// <summary>Adds a plot; the rows fill from left to right.</summary>
    public Plot Add(Plot plot)
    {
        plot.RenderManager.ClearCanvasBeforeEachRender = false;
        plot.Font.Set(FontName);
        foreach (IAxis axis in plot.Axes.GetAxes())
        {
            axis.Label.Bold = false;
            axis.Label.FontSize = 13;
        }
        if (_column == columns)
            (_row, _column) = (_row + 1, 0);
        _plots.Add((plot, _row, _column++));
        return plot;
    }

    /// <summary>Adds plots that belong together: they begin a row unless the present one has room for all.</summary>
    public void AddTogether(IReadOnlyCollection<Plot> plots)
    {
        if (_column > 0 && _column + plots.Count > columns)
            (_row, _column) = (_row + 1, 0);
        foreach (Plot plot in plots)
            Add(plot);
    }

    /// <summary>Writes the page; the file appears whole or not at all.</summary>
    /// <param name="path">Ends in .png or .svg.</param>
    /// <exception cref="ArgumentException">Another ending.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path)
    {
        byte[] page = Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".PNG" => Png(),
            ".SVG" => Svg(),
            _ => throw new ArgumentException($"the figure's file is \"{path}\"; expected a name that ends in .png or .svg", nameof(path)),
        };
        AtomicFile.Write(path, stream => stream.Write(page));
    }

    /// <summary>The page as a PNG image.</summary>
    public byte[] Png()
    {
        SKImageInfo size = new((int)(PngScale * Width), (int)(PngScale * Height));
        using SKSurface surface = SKSurface.Create(size);
        surface.Canvas.Scale(PngScale);
        Draw(surface.Canvas);
        using SKImage image = surface.Snapshot();
        using SKData data = image.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    private static bool IsInstalled(string family)
    {
        using SKTypeface? typeface = SKFontManager.Default.MatchFamily(family);
        return typeface is not null && typeface.FamilyName == family;
    }

    private byte[] Svg()
    {
        using MemoryStream stream = new();
        using (SKCanvas canvas = SKSvgCanvas.Create(SKRect.Create(Width, Height), stream))
            Draw(canvas);
        return stream.ToArray();
    }

    private void Draw(SKCanvas canvas)
    {
        canvas.Clear(SKColors.White);
        foreach ((Plot plot, int row, int column) in _plots)
        {
            float left = column * panelWidth, top = row * panelHeight;
            plot.Render(canvas, new PixelRect(left, left + panelWidth, top + panelHeight, top));
        }
        Footer?.Invoke(canvas, SKRect.Create(0, Height - FooterHeight, Width, FooterHeight));
    }
}
