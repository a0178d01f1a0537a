using System.Globalization;

namespace FastNqe.Ensembles;

/// <summary>Fig. 8: tau² against kappa·chi of cubic modes, with the bound of the soft-potential model.</summary>
internal static class BoundFigure
{
    public static ReportFigure Make(IReadOnlyList<StudyData> studies)
    {
        Sheet sheet = FigureParts.NewSheet(3);
        DataSheet shares = new("fig8-shares", "study", "beyond", "cubic_modes", "share", "error");
        DataSheet points = new("fig8-counts", "study", "x_low", "x_high", "y_low", "y_high", "count");
        List<string> found = [];
        foreach (StudyData study in studies)
        {
            double[] x = StudyData.Each(study.Frequency3, study.Quartic3, (omega, chi) => omega * omega * chi);
            double[] y = [.. study.Cubic3.Select(tau => tau * tau)];
            if (LogHistogram.Plane(x, y) is not { } histogram)
                continue;
            int beyond = Enumerable.Range(0, x.Length).Count(k => y[k] > 3 * x[k]);
            int modes = x.Count(double.IsFinite);
            double share = (double)beyond / modes, error = Math.Sqrt(share * (1 - share) / modes);
            shares.Add(study.Label, beyond, modes, share, error);
            found.Add(string.Create(CultureInfo.InvariantCulture, $"{study.Label}: {beyond} of {modes} ({100 * share:0.00} ± {100 * error:0.00} %)"));
            sheet.Add(new LogPlot(study.Label, "κ₃ χ₃ [ω₀⁴/a₀²]", "τ₃² [ω₀⁴/a₀²]").Counts(histogram).PowerLaw(1, 3, "τ₃² = 3 κ₃ χ₃").Done());
            AddCounts(points, study.Label, histogram);
        }
        return new ReportFigure(
            "fig8-bound", "The bound of the soft-potential model (Fig. 8)",
            "τ₃² against κ₃χ₃ of cubic modes. Beyond the line τ² = 3 κ χ (eq. 32) the quartic expansion along the mode would have a second minimum deeper than the glass itself. Beyond it: "
            + string.Join("; ", found) + ".",
            sheet, [shares, points]);
    }

    private static void AddCounts(DataSheet sheet, string study, PlaneHistogram histogram)
    {
        int nx = histogram.Counts.GetLength(0), ny = histogram.Counts.GetLength(1);
        double width = (histogram.Right - histogram.Left) / nx, height = (histogram.Top - histogram.Bottom) / ny;
        for (int i = 0; i < nx; i++)
            for (int j = 0; j < ny; j++)
                if (histogram.Counts[i, j] > 0)
                    sheet.Add(study, Math.Pow(10, histogram.Left + i * width), Math.Pow(10, histogram.Left + (i + 1) * width),
                        Math.Pow(10, histogram.Bottom + j * height), Math.Pow(10, histogram.Bottom + (j + 1) * height), histogram.Counts[i, j]);
    }
}
