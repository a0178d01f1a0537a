using FastNqe.Ensembles;
using ScottPlot;
using SkiaSharp;

namespace FastNqe.Tests.Ensembles;

/// <summary>Where plots stand on a page.</summary>
[Category("Once")]
public sealed class SheetTests
{
    [TestCase(0, 3, 3, 1)]
    [TestCase(1, 2, 3, 1)]
    [TestCase(1, 3, 3, 2)]
    [TestCase(2, 2, 2, 2)]
    [TestCase(0, 7, 3, 3)]
    public void Plots_that_belong_together_are_torn_apart_only_where_a_row_is_too_short(int before, int together, int columns, int rows)
    {
        var sheet = new Sheet(3, 40, 30);
        for (int k = 0; k < before; k++)
            sheet.Add(new Plot());
        sheet.AddTogether([.. Enumerable.Range(0, together).Select(_ => new Plot())]);
        using SKBitmap page = SKBitmap.Decode(sheet.Png());
        Assert.That((page.Width / 80, page.Height / 60), Is.EqualTo((columns, rows)));
    }
}
