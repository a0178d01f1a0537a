using System.Globalization;
using ScottPlot;
using SkiaSharp;

namespace FastNqe.Ensembles;

/// <summary>Draws a histogram in the plane: the shade is the logarithm of the count; a key in the lower left corner says which counts.</summary>
internal sealed class CountMap(PlaneHistogram histogram) : IPlottable
{
    /// <summary>The share of the histogram's height that is left free below it for the key.</summary>
    public const double KeyShare = 0.08;

    private static readonly ScottPlot.Colormaps.CustomInterpolated Palette =
        new([new Color(222, 232, 245), new Color(140, 180, 225), new Color(50, 110, 185), new Color(10, 40, 100)]);

    private readonly int _largest = histogram.Counts.Cast<int>().Max();

    public bool IsVisible { get; set; } = true;

    public IAxes Axes { get; set; } = new Axes();

    public IEnumerable<LegendItem> LegendItems => [];

    public AxisLimits GetAxisLimits() => new(histogram.Left, histogram.Right, histogram.Bottom, histogram.Top);

    public void Render(RenderPack rp)
    {
        // Without antialiasing neighbouring bins meet without a seam.
        using SKPaint paint = new() { IsAntialias = false, Style = SKPaintStyle.Fill };
        double width = (histogram.Right - histogram.Left) / histogram.Counts.GetLength(0), height = (histogram.Top - histogram.Bottom) / histogram.Counts.GetLength(1);
        for (int i = 0; i < histogram.Counts.GetLength(0); i++)
            for (int j = 0; j < histogram.Counts.GetLength(1); j++)
            {
                if (histogram.Counts[i, j] == 0)
                    continue;
                Pixel corner = Axes.GetPixel(new Coordinates(histogram.Left + i * width, histogram.Bottom + (j + 1) * height));
                Pixel opposite = Axes.GetPixel(new Coordinates(histogram.Left + (i + 1) * width, histogram.Bottom + j * height));
                paint.Color = Shade(histogram.Counts[i, j]);
                rp.Canvas.DrawRect(corner.X, corner.Y, opposite.X - corner.X + 0.5f, opposite.Y - corner.Y + 0.5f, paint);
            }
        Key(rp, paint);
    }

    private SKColor Shade(double count)
    {
        Color colour = Palette.GetColor(_largest == 1 ? 1 : Math.Log(count) / Math.Log(_largest));
        return new SKColor(colour.Red, colour.Green, colour.Blue);
    }

    private void Key(RenderPack rp, SKPaint paint)
    {
        const int Steps = 40;
        const float Step = 1.5f, Height = 7;
        using SKFont font = new(SKTypeface.FromFamilyName(Sheet.FontName), 10);
        float left = rp.DataRect.Left + 10, top = rp.DataRect.Bottom - 18;
        for (int step = 0; step < Steps; step++)
        {
            paint.Color = Shade(Math.Pow(_largest, (double)step / (Steps - 1)));
            rp.Canvas.DrawRect(left + 10 + step * Step, top, Step + 0.5f, Height, paint);
        }
        paint.Color = SKColors.Black;
        paint.IsAntialias = true;
        rp.Canvas.DrawText("1", left, top + Height, SKTextAlign.Left, font, paint);
        rp.Canvas.DrawText(string.Create(CultureInfo.InvariantCulture, $"{_largest} per bin, {histogram.Total} in all"), left + 14 + Steps * Step, top + Height, SKTextAlign.Left, font, paint);
    }
}
