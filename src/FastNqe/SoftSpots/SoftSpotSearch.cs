namespace FastNqe;

/// <summary>
/// Searches a glass for all its soft spots below a frequency: minimises a cost function from many starts of different kinds, and removes
/// duplicates by overlap.
/// </summary>
public sealed class SoftSpotSearch
{
    private readonly InherentState _glass;
    private readonly SoftSpotOptions _options;
    private readonly List<(SoftSpot Spot, Dictionary<StartFamily, int> Hits)> _found = [];
    private readonly Dictionary<StartFamily, int> _starts = [];
    private int _notConverged, _withoutNew;

    private SoftSpotSearch(InherentState glass, SoftSpotOptions options) => (_glass, _options) = (glass, options);

    /// <summary>Searches a glass.</summary>
    /// <param name="glass">The inherent state.</param>
    /// <param name="options">What to look for and when to stop.</param>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    public static SoftSpotLibrary Run(InherentState glass, SoftSpotOptions options)
    {
        ArgumentNullException.ThrowIfNull(glass);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        var search = new SoftSpotSearch(glass, options);
        bool exhausted = false;
        try
        {
            exhausted = search.TakeAllStarts();
        }
        catch (OperationCanceledException) when (options.Cancellation.IsCancellationRequested)
        {
            // What was found until then is kept.
        }
        return search.Library(exhausted);
    }

    private bool TakeAllStarts()
    {
        foreach (Eigenpair pair in LowHarmonicModes())
            Take(StartFamily.Harmonic, pair.Vector);
        Elasticity elasticity = Elasticity.Of(_glass, new LinearSolveOptions { Tolerance = 1e-6, Cancellation = _options.Cancellation });
        foreach (ElasticResponse shear in elasticity.SimpleShears.Concat(elasticity.PureShears))
            Take(StartFamily.NonAffine, shear.Velocity);

        var dipoles = new DipoleStarts(_glass.Pairs);
        _withoutNew = 0;
        for (int k = 0; k < Math.Min(dipoles.Count, _options.MaxDipoles); k++)
        {
            Take(StartFamily.Dipole, dipoles.Response(k, _options.Cancellation));
            if (_withoutNew >= _options.Patience)
                return true;
        }
        return dipoles.Count <= _options.MaxDipoles;
    }

    // All harmonic modes below the limit: a quartic mode is never softer than the lowest harmonic mode it is made of.
    private IEnumerable<Eigenpair> LowHarmonicModes()
    {
        int largest = Math.Min(_options.MaxHarmonicModes, _glass.ParticleCount * _glass.Dimension / 4);
        for (int count = Math.Min(16, largest); ; count = Math.Min(2 * count, largest))
        {
            Eigenpair[] pairs = _glass.LowestEigenpairs(count, new EigenpairOptions { Cancellation = _options.Cancellation });
            if (pairs[^1].Frequency > _options.LargestFrequency || count == largest)
                return pairs.Where(pair => pair.Frequency <= _options.LargestFrequency);
        }
    }

    private void Take(StartFamily family, double[] start)
    {
        _options.Cancellation.ThrowIfCancellationRequested();
        MinimiserOptions minimiser = _options.Minimiser with { Cancellation = _options.Cancellation };
        NonlinearMode mode = _options.Kind switch
        {
            SoftSpotKind.Cubic => CubicMode.From(_glass, start, minimiser),
            SoftSpotKind.PseudoHarmonic => PseudoHarmonicMode.From(_glass, start, minimiser),
            _ => QuarticMode.From(_glass, start, minimiser),
        };
        _starts[family] = _starts.GetValueOrDefault(family) + 1;
        _withoutNew++;
        if (!mode.Converged)
            _notConverged++;
        else if (mode.Stiffness > 0 && mode.Frequency <= _options.LargestFrequency)
            Enter(family, mode);
        _options.Progress?.Invoke(new SoftSpotProgress(family, _starts.Values.Sum(), _found.Count, _withoutNew));
    }

    private void Enter(StartFamily family, NonlinearMode mode)
    {
        int known = _found.FindIndex(entry => entry.Spot.Mode.Overlap(mode.Direction) > _options.SameOverlap);
        if (known < 0)
        {
            known = _found.Count;
            _found.Add((SoftSpot.Of(_glass, mode), []));
            _withoutNew = 0;
        }
        Dictionary<StartFamily, int> hits = _found[known].Hits;
        hits[family] = hits.GetValueOrDefault(family) + 1;
    }

    private SoftSpotLibrary Library(bool exhausted) => new(
        [.. _found.OrderBy(entry => entry.Spot.Mode.Stiffness).Select(entry => new LibrarySpot(entry.Spot, entry.Hits))],
        _starts, _notConverged, exhausted);
}
