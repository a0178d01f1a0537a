namespace FastNqe.Ensembles;

/// <summary>Samples that are read from the configuration files of a folder; each is a chain of its own.</summary>
internal sealed class FolderSource : ISampleSource
{
    private readonly Study _study;
    private readonly GlassModel _model;
    private readonly NumberedFiles _files;

    /// <summary>Looks for the files.</summary>
    /// <param name="study">The study; its samples are all files, or the first so many.</param>
    /// <param name="model">The model with the study's constants.</param>
    /// <param name="before">The samples that there are already, with the names of their files.</param>
    /// <exception cref="ArgumentException">The folder does not exist, has no configuration, or fewer than the study wants.</exception>
    public FolderSource(Study study, GlassModel model, IReadOnlyDictionary<int, string?> before)
    {
        (_study, _model) = (study, model);
        string folder = study.Configurations!;
        if (!Directory.Exists(folder))
            throw new ArgumentException($"the study's folder of configurations \"{folder}\" does not exist");
        string[] names = [.. Directory.GetFiles(folder).Select(file => Path.GetFileName(file)).Where(name => ConfigurationFile.Endings.Contains(Path.GetExtension(name).ToLowerInvariant()))];
        _files = new NumberedFiles(names, before);
        if (_files.Count == 0 || _files.Count < study.Samples)
            throw new ArgumentException($"the folder \"{folder}\" has {names.Length} configurations ({string.Join(", ", ConfigurationFile.Endings)}); expected at least {Math.Max(1, study.Samples)}");
        SampleCount = study.Samples == 0 ? _files.Count : study.Samples;
    }

    /// <inheritdoc/>
    public int SampleCount { get; }

    /// <inheritdoc/>
    public ISampleChain Open(int chain) => new Chain(this, chain);

    private sealed class Chain(FolderSource source, int chain) : ISampleChain
    {
        private readonly GlassAnalysis _analysis = new(source._study, source._model);

        public string Seed => "";

        public string? SourceOf(int sample) => source._files[sample];

        public void Advance(IProgress<double> way, CancellationToken halt)
        {
        }

        public byte[]? Save() => null;

        public void Restore(byte[] state)
        {
        }

        public (SampleResult Result, SampleCost Cost) Analyse(int sample, CancellationToken halt)
        {
            string name = SourceOf(sample) ?? throw new FileNotFoundException("the file that had this number is gone");
            Configuration configuration = source._model.Complete(Configuration.Read(Path.Combine(source._study.Configurations!, name)));
            SampleOrigin origin = new(chain, Seed, name, source._study.Quench ? "file, quenched" : "file, as it is");
            return _analysis.Run(sample, origin, configuration, source._study.Quench, halt);
        }

        public void Dispose()
        {
        }
    }
}
