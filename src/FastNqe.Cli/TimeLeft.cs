using System.Diagnostics;

namespace FastNqe.Cli;

/// <summary>Estimates the time left from the fraction that was done since the first report: what was done before took no time here.</summary>
internal sealed class TimeLeft(Func<TimeSpan>? clock = null)
{
    // Before that an estimate would be of the noise.
    private const double LeastFraction = 0.01;

    private readonly Func<TimeSpan> _clock = clock ?? Since(Stopwatch.StartNew());
    private (double Fraction, TimeSpan Time)? _first;

    /// <summary>The time left at a fraction from 0 to 1, or null where it cannot be told yet.</summary>
    public TimeSpan? At(double fraction)
    {
        TimeSpan now = _clock();
        _first ??= (fraction, now);
        double done = fraction - _first.Value.Fraction;
        return done > LeastFraction && fraction <= 1 ? (now - _first.Value.Time) * ((1 - fraction) / done) : null;
    }

    private static Func<TimeSpan> Since(Stopwatch watch) => () => watch.Elapsed;
}
