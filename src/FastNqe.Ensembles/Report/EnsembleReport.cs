namespace FastNqe.Ensembles;

/// <summary>The paper's statistics of one or more ensembles: figures as PNG and SVG, the numbers behind each as CSV, and one HTML page that holds everything.</summary>
public static class EnsembleReport
{
    /// <summary>Makes the report.</summary>
    /// <param name="ensembles">Stores, or folders of stores; each is an ensemble of its own, and all are overlaid.</param>
    /// <param name="folder">Receives index.html and the figures; made if missing.</param>
    /// <param name="stage">Told what is being done; null for nobody.</param>
    /// <param name="stop">Stops between figures.</param>
    /// <returns>The path of the page.</returns>
    /// <exception cref="StoreException">A store cannot be read, or an ensemble has no glass.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static string Write(IReadOnlyList<string> ensembles, string folder, Action<string>? stage = null, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(ensembles);
        if (ensembles.Count == 0)
            throw new ArgumentException("there is no ensemble to report on", nameof(ensembles));
        Directory.CreateDirectory(folder);
        stage?.Invoke("reading");
        StudyData[] studies = Load(ensembles);
        ReportPage page = new(studies, [.. ensembles.Select(ensemble => EnsembleStatus.Of([ensemble]))]);
        foreach (Func<IReadOnlyList<StudyData>, ReportFigure?> make in Figures)
        {
            stop.ThrowIfCancellationRequested();
            if (make(studies) is not { } figure)
                continue;
            if (figure.Sheet.IsEmpty)
            {
                page.AddNote(figure.Title, WhyNotDrawn(studies));
                continue;
            }
            stage?.Invoke(figure.Title);
            byte[] picture = figure.Sheet.Png();
            AtomicFile.Write(Path.Combine(folder, figure.Name + ".png"), stream => stream.Write(picture), stop);
            figure.Sheet.Save(Path.Combine(folder, figure.Name + ".svg"));
            foreach (DataSheet data in figure.Data)
                AtomicFile.WriteText(Path.Combine(folder, data.Name + ".csv"), data.ToCsv(), stop);
            page.Add(figure.Title, figure.Explanation, picture, [figure.Name + ".png", figure.Name + ".svg", .. figure.Data.Select(data => data.Name + ".csv")]);
        }
        AddModes(page, studies, ensembles, folder, stage, stop);
        string index = Path.Combine(folder, "index.html");
        AtomicFile.WriteText(index, page.ToHtml(), stop);
        return index;
    }

    private static IReadOnlyList<Func<IReadOnlyList<StudyData>, ReportFigure?>> Figures { get; } =
    [
        PlaneFigures.QuarticCoefficient, PlaneFigures.Participation, ConvergenceFigure.Make, PlaneFigures.CubicAgainstQuartic, BoundFigure.Make,
        PlaneFigures.FrequencyDependence, DistributionFigures.Frequencies, DistributionFigures.Barriers, DistributionFigures.Strains, ModuliFigure.Make,
    ];

    private static string WhyNotDrawn(IEnumerable<StudyData> studies) =>
        string.Join("; ", studies.SelectMany(study => study.Lacks.Select(lack => $"{study.Label}: {lack}")).Prepend("Not drawn: no study has numbers for it that are positive")) + ".";

    private static void AddModes(ReportPage page, StudyData[] studies, IReadOnlyList<string> ensembles, string folder, Action<string>? stage, CancellationToken stop)
    {
        List<string> without = [];
        foreach ((StudyData study, string ensemble) in studies.Zip(ensembles))
        {
            stage?.Invoke($"single modes of {study.Label}");
            bool hasPictures = false;
            foreach (ModePicture picture in ModePictures.Of(study, [ensemble]))
            {
                stop.ThrowIfCancellationRequested();
                string path = Path.Combine(folder, picture.Name);
                picture.Save(path + ".png");
                picture.Save(path + ".svg");
                AtomicFile.WriteText(path + ".csv", picture.Numbers().ToCsv(), stop);
                page.Add(picture.Title, picture.Explanation, File.ReadAllBytes(path + ".png"), [picture.Name + ".png", picture.Name + ".svg", picture.Name + ".csv"]);
                hasPictures = true;
            }
            if (!hasPictures)
                without.Add(study.Label);
        }
        if (without.Count > 0)
            page.AddNote("Single modes (Figs. 1, 3 and 6)", $"Not drawn for {string.Join(", ", without)}: the store kept no sample with its glass and its three modes, all converged (key \"keep\" of the study).");
    }

    private static StudyData[] Load(IReadOnlyList<string> ensembles)
    {
        List<StudyData> studies = [];
        foreach (string ensemble in ensembles)
        {
            EnsembleTable table = EnsembleTable.Samples([ensemble]);
            // Two ensembles of one name must be told apart in the legends.
            string name = table.Study.Name, label = name;
            for (int k = 2; studies.Any(study => study.Label == label); k++)
                label = $"{name} ({k})";
            StudyData study = StudyData.Of(table, label);
            studies.Add(study.SampleCount > study.FailureCount ? study : throw new StoreException($"{ensemble}: no glass that did not fail; nothing to report"));
        }
        return [.. studies];
    }
}
