using System.Globalization;

namespace FastNqe.Ensembles;

/// <summary>The athermal shear modulus of the glasses of studies that computed it, beside Table II.</summary>
internal static class ModuliFigure
{
    public static ReportFigure? Make(IReadOnlyList<StudyData> all)
    {
        StudyData[] studies = [.. all.Where(study => study.ShearModulus.Length > 0)];
        if (studies.Length == 0)
            return null;
        Sheet sheet = FigureParts.NewSheet(3);
        LinearDensityPlot plot = new("shear modulus", "G [ε/λ^d]");
        DataSheet bins = new("moduli-density", "study", "low", "high", "count", "density", "error");
        DataSheet moduli = new("moduli", "study", "model", "preparation", "T", "N", "glasses", "mean", "error", "median", "lower_quartile", "upper_quartile", "expected", "errors_off");
        List<string> found = [];
        for (int k = 0; k < studies.Length; k++)
        {
            (StudyData study, double[] g) = (studies[k], studies[k].ShearModulus);
            double mean = g.Average(), error = g.Length > 1 ? Math.Sqrt(g.Sum(value => (value - mean) * (value - mean)) / (g.Length - 1) / g.Length) : double.NaN;
            double[] sorted = [.. g.Order()];
            double expected = study.Model.ShearModulus;
            string preparation = study.IsCooled ? "cooled" : "instantaneous";
            moduli.Add(
                study.Label, study.Study.Model, preparation, study.Study.Temperature, study.Particles, g.Length, mean, error,
                Order.Quantile(sorted, 0.5), Order.Quantile(sorted, 0.25), Order.Quantile(sorted, 0.75), expected, (mean - expected) / error);
            RobustRange shown = RobustRange.Of(g);
            found.Add(string.Create(CultureInfo.InvariantCulture, $"{study.Label} ({preparation}): {mean:0.00} ± {error:0.00}, {(study.Model.IsOfTableII ? "Table II" : "the unit's")} {expected}{shown.Say(g.Length)}"));
            IReadOnlyList<HistogramBin> density = LinearHistogram.Density(g, shown.Low, shown.High);
            plot.Add(density, LogPlot.Colour(k), study.Label);
            foreach (HistogramBin bin in density)
                bins.Add(study.Label, bin.Low, bin.High, bin.Count, bin.Density, bin.Error);
        }
        sheet.Add(plot.Done());
        return new ReportFigure(
            "moduli-density", "Shear modulus",
            "The athermal modulus for simple shear at fixed volume, averaged over the planes of each glass, in simulation units; mean and standard error over glasses. "
            + "Beside it stands the value that sets ω₀; for the paper's models Table II gives it: of instantaneous quenches, but in four dimensions, to all appearance, of cooled glasses. " + string.Join("; ", found) + ".",
            sheet, [moduli, bins]);
    }
}
