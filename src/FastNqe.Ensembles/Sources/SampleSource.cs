namespace FastNqe.Ensembles;

/// <summary>Makes the samples that a study describes.</summary>
public static class SampleSource
{
    /// <summary>The source of a study's samples.</summary>
    /// <param name="study">The study.</param>
    /// <param name="folder">The ensemble's folder, whose stores say the relaxation time if it was measured before, and which file is which sample; null if there is none yet.</param>
    /// <param name="stop">Stops the measurement of a relaxation time, where there is one to be made.</param>
    /// <exception cref="ArgumentException">The study cannot be carried out; the message says which value is wrong.</exception>
    /// <exception cref="StoreException">A store of the folder cannot be read.</exception>
    public static ISampleSource Of(Study study, string? folder = null, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(study);
        GlassModel model = Model(study);
        if (study.Configurations is not null)
            return new FolderSource(study, model, folder is null ? new Dictionary<int, string?>() : StoreFolder.Files(folder, study));
        return new LiquidSource(study, model, folder is null ? null : StoreFolder.Protocol(folder, study), stop);
    }

    /// <summary>Whether making the source measures a relaxation time, for minutes to hours: the study does not say how far apart samples are, and neither the model nor the folder knows.</summary>
    /// <param name="study">The study.</param>
    /// <param name="folder">The ensemble's folder.</param>
    /// <exception cref="ArgumentException">The study cannot be carried out; the message says which value is wrong.</exception>
    public static bool Measures(Study study, string folder)
    {
        ArgumentNullException.ThrowIfNull(study);
        return study.Configurations is null && LiquidSource.Measures(study, Model(study), StoreFolder.Protocol(folder, study));
    }

    /// <summary>The study's model with the constants that it overrides. Units stay those of the preset.</summary>
    /// <exception cref="ArgumentException">There is no such model, or a constant is out of range or not one of its law's.</exception>
    internal static GlassModel Model(Study study)
    {
        GlassModel model = GlassModel.Named(study.Model);
        if (study.Density is { } density)
            model = model with { NumberDensity = density };
        return model.With(new PotentialConstants { Cutoff = study.Cutoff, SmoothingOrder = study.SmoothingOrder, NonAdditivity = study.NonAdditivity });
    }
}
