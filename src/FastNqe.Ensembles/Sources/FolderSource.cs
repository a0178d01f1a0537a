namespace FastNqe.Ensembles;

/// <summary>Samples that are read from the configuration files of a folder, in the order of their names; each is a chain of its own.</summary>
internal sealed class FolderSource : ISampleSource
{
    private static readonly string[] Endings = [".xyz", ".data", ".dump", ".lammpstrj", ".txt"];

    private readonly Study _study;
    private readonly GlassModel _model;
    private readonly string[] _files;

    /// <summary>Looks for the files.</summary>
    /// <param name="study">The study; its samples are all files, or the first so many.</param>
    /// <param name="model">The model with the study's constants.</param>
    /// <exception cref="ArgumentException">The folder does not exist, has no configuration, or fewer than the study wants.</exception>
    public FolderSource(Study study, GlassModel model)
    {
        (_study, _model) = (study, model);
        string folder = study.Configurations!;
        if (!Directory.Exists(folder))
            throw new ArgumentException($"the study's folder of configurations \"{folder}\" does not exist");
        _files = [.. Directory.GetFiles(folder).Where(file => Endings.Contains(Path.GetExtension(file).ToLowerInvariant())).Order(StringComparer.Ordinal)];
        if (_files.Length == 0 || _files.Length < study.Samples)
            throw new ArgumentException($"the folder \"{folder}\" has {_files.Length} configurations ({string.Join(", ", Endings)}); expected at least {Math.Max(1, study.Samples)}");
        SampleCount = study.Samples == 0 ? _files.Length : study.Samples;
    }

    /// <inheritdoc/>
    public int SampleCount { get; }

    /// <inheritdoc/>
    public ISampleChain Open(int chain) => new Chain(this, chain);

    private sealed class Chain(FolderSource source, int chain) : ISampleChain
    {
        private readonly GlassAnalysis _analysis = new(source._study, source._model);

        public string Seed => "";

        public void Advance(IProgress<double> way, CancellationToken halt)
        {
        }

        public byte[]? Save() => null;

        public void Restore(byte[] state)
        {
        }

        public (SampleResult Result, SampleCost Cost) Analyse(int sample, CancellationToken halt)
        {
            string file = source._files[sample];
            Configuration configuration = source._model.Complete(Configuration.Read(file));
            SampleOrigin origin = new(chain, Seed, Path.GetFileName(file), source._study.Quench ? "file, quenched" : "file, as it is");
            return _analysis.Run(sample, origin, configuration, source._study.Quench, halt);
        }

        public void Dispose()
        {
        }
    }
}
