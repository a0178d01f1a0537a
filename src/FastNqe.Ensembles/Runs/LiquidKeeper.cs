namespace FastNqe.Ensembles;

/// <summary>
/// Has the liquid of a chain kept whenever so much dynamics has been run since the last time that it should not be lost: at samples, on the way between
/// them, which may take hours, and when the run is stopped.
/// </summary>
/// <param name="run">The chain.</param>
/// <param name="chain">Its number.</param>
/// <param name="atRisk">The processor time of dynamics that may be lost.</param>
/// <param name="keep">Takes what is kept on the way.</param>
internal sealed class LiquidKeeper(ISampleChain run, int chain, TimeSpan atRisk, Action<KeptLiquid> keep) : IProgress<double>
{
    private double _spent, _since, _way;
    private int _behind;

    /// <summary>Goes on to a sample.</summary>
    public void Advance(int sample, CancellationToken halt)
    {
        (_since, _way, _behind) = (ThreadClock.Seconds, 0, sample - 1);
        try
        {
            run.Advance(this, halt);
            Count();
            _way = 0;
        }
        catch (OperationCanceledException) when (halt.IsCancellationRequested)
        {
            KeepIfAtRisk();
            throw;
        }
    }

    /// <summary>On the way to a sample: takes down how far it is, and keeps the liquid if it is time.</summary>
    public void Report(double value)
    {
        _way = value;
        KeepIfAtRisk();
    }

    /// <summary>The liquid at a sample, or on the way to the next one, if it is time to keep it.</summary>
    public KeptLiquid? IfAtRisk(int sample)
    {
        if (_spent < atRisk.TotalSeconds || run.Save() is not { } state)
            return null;
        _spent = 0;
        return new KeptLiquid(chain, sample, _way, state);
    }

    private void KeepIfAtRisk()
    {
        Count();
        if (IfAtRisk(_behind) is { } liquid)
            keep(liquid);
    }

    // The processor time of dynamics; what is done at samples is none.
    private void Count()
    {
        double now = ThreadClock.Seconds;
        _spent += now - _since;
        _since = now;
    }
}
