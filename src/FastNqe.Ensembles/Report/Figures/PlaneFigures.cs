using System.Globalization;

namespace FastNqe.Ensembles;

/// <summary>The figures that show one quantity of a mode against another.</summary>
internal static class PlaneFigures
{
    /// <summary>Fig. 2: the quartic coefficient against the number of particles.</summary>
    public static ReportFigure QuarticCoefficient(IReadOnlyList<StudyData> studies)
    {
        Sheet sheet = FigureParts.PlaneSheet(studies);
        IEnumerable<DataSheet> data = FigureParts.Plane(
            sheet, "fig2", studies, ("N e₄", "χ₄ [ω₀²/a₀²]"), study => (study.Participation4, study.Quartic4), (-1, "(N e₄)⁻¹"));
        return new ReportFigure(
            "fig2-quartic-coefficient", "Quartic coefficient against participation (Fig. 2)",
            "The quartic coefficient χ₄ of quartic modes against the number N e₄ of particles that take part. Localised modes cost most: the paper expects χ₄ ~ 1/(N e₄).",
            sheet, [.. data]);
    }

    /// <summary>Fig. 4: participation against frequency, harmonic and quartic modes.</summary>
    public static ReportFigure Participation(IReadOnlyList<StudyData> studies)
    {
        Sheet sheet = FigureParts.PlaneSheet(studies);
        List<DataSheet> data =
        [
            .. FigureParts.Plane(sheet, "fig4-harmonic", studies, ("ω₂ [ω₀]", "N e₂"), study => (study.Frequency2, study.Participation2), null, "a"),
            .. FigureParts.Plane(sheet, "fig4-quartic", studies, ("ω₄ [ω₀]", "N e₄"), study => (study.Frequency4, study.Participation4), null, "b"),
        ];
        return new ReportFigure(
            "fig4-participation", "Frequency and participation, harmonic against quartic (Fig. 4)",
            "How many particles take part in the lowest harmonic modes (a) and in the quartic modes found from them (b). Where phonons are near, "
            + "harmonic modes mix with them and spread over the glass; quartic modes stay small at every frequency.",
            sheet, data);
    }

    /// <summary>Fig. 7: cubic against quartic modes.</summary>
    public static ReportFigure CubicAgainstQuartic(IReadOnlyList<StudyData> studies)
    {
        Sheet sheet = FigureParts.PlaneSheet(studies);
        List<DataSheet> data =
        [
            .. FigureParts.Plane(sheet, "fig7a", studies, ("ω₄ [ω₀]", "ω₃ [ω₀]"), study => (study.Frequency4, study.Frequency3), (1, "ω₃ = c ω₄"), "a"),
            .. FigureParts.Plane(sheet, "fig7b", studies, ("ω₄ [ω₀]", "1 - |π₃·π₄|"), study => (study.Frequency4, [.. study.Overlap34.Select(overlap => 1 - overlap)]), null, "b"),
            .. FigureParts.Plane(sheet, "fig7c", studies, ("N e₄", "N e₃"), study => (study.Participation4, study.Participation3), (1, "N e₃ = c N e₄"), "c"),
        ];
        return new ReportFigure(
            "fig7-cubic-modes", "Cubic against quartic modes (Fig. 7 a, b, c)",
            "The cubic modes π₃ found from the quartic modes π₄: (a) frequency, (b) distance in direction, (c) number of particles. Soft cubic and quartic modes are the same soft spot.",
            sheet, data);
    }

    /// <summary>Fig. 9: coefficients against frequency.</summary>
    public static ReportFigure FrequencyDependence(IReadOnlyList<StudyData> studies)
    {
        Sheet sheet = FigureParts.PlaneSheet(studies);
        (string Name, string X, string Y, Func<StudyData, (double[], double[])> Select, (double, string)? Guide)[] panels =
        [
            ("fig9a", "ω₄ [ω₀]", "|U⁽⁴⁾⋮π₄π₄π₄|/χ₄", study => (study.Frequency4, study.FieldNorm), null),
            ("fig9b", "ω₄ [ω₀]", "χ₄ [ω₀²/a₀²]", study => (study.Frequency4, study.Quartic4), null),
            ("fig9c", "ω₄ [ω₀]", "N e₄", study => (study.Frequency4, study.Participation4), null),
            ("fig9d", "ω₃ [ω₀]", "τ₃ [ω₀²/a₀]", study => (study.Frequency3, study.Cubic3), (1, "τ₃ ~ ω₃")),
            ("fig9e", "ω₃ [ω₀]", "|ν₃|, all planes [ω₀² a₀]", study => AllPlanes(study), null),
            ("fig9f", "ω₃ [ω₀]", "χ₃ [ω₀²/a₀²]", study => (study.Frequency3, study.Quartic3), null),
        ];
        List<DataSheet> data = [];
        List<string> changes = [];
        foreach ((string name, string x, string y, Func<StudyData, (double[], double[])> select, (double, string)? guide) in panels)
        {
            StudyData[] measured = [.. studies.Where(study => select(study).Item2.Any(double.IsFinite))];
            if (measured.Length == 0)
                continue;
            data.AddRange(FigureParts.Plane(sheet, name, studies, (x, y), select, guide, name[^1..]));
            changes.Add($"({name[^1]}) {string.Join(", ", measured.Select(study => Change(study, select(study))))}");
        }
        return new ReportFigure(
            "fig9-frequency-dependence", "Coefficients against frequency (Fig. 9 a to f)",
            "(a) the magnitude of the field that drives π₄ away from ψ (eq. 17), (b) χ₄, (c) N e₄, (d) τ₃, (e) the shear coupling |ν₃| of every plane, (f) χ₃. The paper's scaling arguments take "
            + "τ₃ ~ ω₃, and the others as independent of the frequency of soft modes. From the softest to the stiffest bin the running median changes by the factor: "
            + string.Join("; ", changes) + ". Panels without numbers are left out.",
            sheet, data);

        static string Change(StudyData study, (double[] X, double[] Y) values)
        {
            IReadOnlyList<MedianPoint> medians = RunningMedian.Of(values.X, values.Y);
            return medians.Count < 2
                ? $"{study.Label}: too few modes"
                : string.Create(CultureInfo.InvariantCulture, $"{study.Label}: {medians[^1].Median / medians[0].Median:0.00} (frequency: {medians[^1].X / medians[0].X:0.0})");
        }

        static (double[], double[]) AllPlanes(StudyData study) =>
            ([.. study.Couplings.SelectMany(_ => study.Frequency3)], [.. study.Couplings.SelectMany(nu => nu.Select(Math.Abs))]);
    }
}
