namespace FastNqe;

/// <summary>
/// Searches a glass for all its soft spots below a frequency: minimises a cost function from many starts of different kinds, and removes
/// duplicates by overlap.
/// </summary>
public sealed class SoftSpotSearch
{
    // Where the direction is right to a part in a thousand.
    private const double RoughTolerance = 1e-3;

    // By how much the frequency may still fall from there.
    private const double RoughMargin = 1.1;

    private readonly InherentState _glass;
    private readonly SoftSpotOptions _options;
    private readonly List<(SoftSpot Spot, Dictionary<StartFamily, int> Hits)> _found = [];
    private readonly Dictionary<StartFamily, int> _starts = [];
    private int _notConverged, _withoutNew;
    private bool _hasAllHarmonicModes;

    private SoftSpotSearch(InherentState glass, SoftSpotOptions options) => (_glass, _options) = (glass, options);

    /// <summary>Searches a glass.</summary>
    /// <param name="glass">The inherent state.</param>
    /// <param name="options">What to look for and when to stop.</param>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    public static SoftSpotLibrary Run(InherentState glass, SoftSpotOptions options)
    {
        ArgumentNullException.ThrowIfNull(glass);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
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
                return _hasAllHarmonicModes;
        }
        return _hasAllHarmonicModes && dipoles.Count <= _options.MaxDipoles;
    }

    // All harmonic modes below the limit, as many as are allowed or found: a quartic mode is never softer than the lowest harmonic mode it is made of.
    private IEnumerable<Eigenpair> LowHarmonicModes()
    {
        int largest = Math.Min(_options.MaxHarmonicModes, _glass.ParticleCount * _glass.Dimension / 4);
        for (int count = Math.Min(16, largest); ; count = Math.Min(2 * count, largest))
        {
            Eigenpair[] pairs = _glass.LowestEigenpairs(count, new EigenpairOptions { Cancellation = _options.Cancellation });
            _hasAllHarmonicModes = pairs.Any(pair => pair.Frequency > _options.LargestFrequency);
            if (_hasAllHarmonicModes || count == largest)
                return pairs.Where(pair => pair.Frequency <= _options.LargestFrequency);
        }
    }

    private void Take(StartFamily family, double[] start)
    {
        _options.Cancellation.ThrowIfCancellationRequested();
        _starts[family] = _starts.GetValueOrDefault(family) + 1;
        _withoutNew++;
        Follow(family, start);
        _options.Progress?.Invoke(new SoftSpotProgress(family, _starts.Values.Sum(), _found.Count, _withoutNew));
    }

    // Half of the way tells where it leads: only what is new is followed to its end.
    private void Follow(StartFamily family, double[] start)
    {
        NonlinearMode rough = Minimise(start, Math.Max(RoughTolerance, _options.Minimiser.Tolerance));
        if (!rough.Converged)
        {
            _notConverged++;
            return;
        }
        if (Known(rough) is Dictionary<StartFamily, int> hits)
        {
            hits[family] = hits.GetValueOrDefault(family) + 1;
            return;
        }
        if (rough.Frequency > RoughMargin * _options.LargestFrequency)
            return;
        NonlinearMode mode = Minimise(rough.Direction, _options.Minimiser.Tolerance);
        if (!mode.Converged)
            _notConverged++;
        else if (mode.Frequency <= _options.LargestFrequency)
            Enter(family, mode);
    }

    private void Enter(StartFamily family, NonlinearMode mode)
    {
        Dictionary<StartFamily, int>? hits = Known(mode);
        if (hits is null)
        {
            _found.Add((SoftSpot.Of(_glass, mode), hits = []));
            _withoutNew = 0;
        }
        hits[family] = hits.GetValueOrDefault(family) + 1;
    }

    private Dictionary<StartFamily, int>? Known(NonlinearMode mode) =>
        _found.Find(entry => entry.Spot.Mode.Overlap(mode.Direction) > _options.SameOverlap).Hits;

    private NonlinearMode Minimise(double[] start, double tolerance)
    {
        MinimiserOptions minimiser = _options.Minimiser with { Tolerance = tolerance, Cancellation = _options.Cancellation };
        return _options.Kind switch
        {
            SoftSpotKind.Cubic => CubicMode.From(_glass, start, minimiser),
            SoftSpotKind.PseudoHarmonic => PseudoHarmonicMode.From(_glass, start, minimiser),
            _ => QuarticMode.From(_glass, start, minimiser),
        };
    }

    private SoftSpotLibrary Library(bool exhausted) => new(
        [.. _found.OrderBy(entry => entry.Spot.Mode.Stiffness).Select(entry => new LibrarySpot(entry.Spot, entry.Hits))],
        _starts, _notConverged, exhausted);
}
