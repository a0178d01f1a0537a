namespace FastNqe.Ensembles;

/// <summary>A picture of modes of one glass, with its sentence and its numbers.</summary>
/// <param name="Name">The name of its files.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Explanation">What it shows.</param>
/// <param name="Glass">The inherent state.</param>
/// <param name="Modes">The modes, in the order in which they are drawn.</param>
internal sealed record ModePicture(string Name, string Title, string Explanation, Configuration Glass, IReadOnlyList<ModePicture.Field> Modes)
{
    /// <summary>A displacement field of a picture.</summary>
    /// <param name="Key">Its name in the numbers' columns.</param>
    /// <param name="Caption">What stands above it.</param>
    /// <param name="Displacement">N·d numbers.</param>
    public sealed record Field(string Key, string Caption, double[] Displacement);

    /// <summary>Draws it.</summary>
    /// <param name="path">Ends in .png or .svg.</param>
    public void Save(string path) =>
        ModeFigure.Save(path, Glass, [.. Modes.Select(mode => (mode.Caption, (ReadOnlyMemory<double>)mode.Displacement))]);

    /// <summary>A row per particle: where it is and how large [a0], and how every mode, normalised, moves it.</summary>
    public DataSheet Numbers()
    {
        int d = Glass.Dimension;
        double unit = Glass.UnitLength;
        string[] axes = ["x", "y", "z", "w"];
        DataSheet sheet = new(Name, ["particle", .. axes[..d], "diameter", .. Modes.SelectMany(mode => axes[..d].Select(axis => $"{mode.Key}_{axis}"))]);
        for (int i = 0; i < Glass.ParticleCount; i++)
        {
            List<object?> row = [i];
            for (int axis = 0; axis < d; axis++)
                row.Add(Glass.Positions[i * d + axis] / unit);
            row.Add(Glass.Diameters.IsEmpty ? null : Glass.Diameters[i] / unit);
            foreach (Field mode in Modes)
                for (int axis = 0; axis < d; axis++)
                    row.Add(mode.Displacement[i * d + axis]);
            sheet.Add([.. row]);
        }
        return sheet;
    }
}
