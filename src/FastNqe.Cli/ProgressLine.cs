using System.Diagnostics;
using System.Globalization;

namespace FastNqe.Cli;

/// <summary>A line on standard error that is overwritten as the work goes on.</summary>
internal sealed class ProgressLine(TextWriter error, bool visible)
{
    // Often enough to look alive, seldom enough to cost nothing.
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly Stopwatch _sinceLast = Stopwatch.StartNew();
    private readonly Lock _gate = new();
    private int _length;

    /// <summary>Whether anyone sees it.</summary>
    public bool Visible { get; } = visible;

    /// <summary>Names the stage that begins.</summary>
    public void Stage(string name) => Write(name, force: true);

    /// <summary>Says how much is done.</summary>
    /// <param name="name">The stage.</param>
    /// <param name="fraction">From 0 to 1.</param>
    /// <param name="left">The time left, or null where it cannot be told yet.</param>
    public void Report(string name, double fraction, TimeSpan? left)
    {
        string rest = left is { } time && fraction < 1 ? $", {Clock(time)} left" : "";
        Write(string.Create(CultureInfo.InvariantCulture, $"{name} {100 * fraction:0} %{rest}"), force: fraction >= 1);
    }

    /// <summary>Something to tell the fraction of a stage that is done, from 0 to 1; it need not begin at 0.</summary>
    /// <param name="name">The stage.</param>
    /// <param name="also">What else is to be done at every report, or null.</param>
    public IProgress<double> Fraction(string name, Action? also = null) => new FractionDone(this, name, also);

    /// <summary>Something to tell how far an iteration has come whose residual has to fall below a tolerance.</summary>
    /// <param name="name">The stage.</param>
    /// <param name="what">What the residual is.</param>
    /// <param name="tolerance">Where the iteration ends.</param>
    public IProgress<WorkProgress> Toward(string name, string what, double tolerance) => new Approach(this, name, what, tolerance);

    /// <summary>A stage that cannot say how far it is: the line shows the time that it takes, until the result is disposed of.</summary>
    /// <param name="name">The stage.</param>
    /// <param name="period">The time between two looks at the clock.</param>
    public IDisposable Clocked(string name, TimeSpan period)
    {
        Stage(name);
        return new Ticker(this, name, period);
    }

    /// <summary>Removes the line.</summary>
    public void Clear() => Write("", force: true);

    private static string Clock(TimeSpan time) =>
        time.TotalHours >= 1 ? $"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}" : $"{time.Minutes}:{time.Seconds:00}";

    private void Write(string text, bool force)
    {
        if (!Visible)
            return;
        lock (_gate)
        {
            if (!force && _sinceLast.Elapsed < Interval)
                return;
            _sinceLast.Restart();
            error.Write($"\r{text.PadRight(_length)}{(text.Length == 0 ? "\r" : "")}");
            _length = text.Length;
        }
    }

    private sealed class Ticker : IDisposable
    {
        private readonly Timer _timer;

        public Ticker(ProgressLine line, string name, TimeSpan period)
        {
            var elapsed = Stopwatch.StartNew();
            _timer = new Timer(_ => line.Write($"{name}, {Clock(elapsed.Elapsed)}", force: false), null, line.Visible ? period : Timeout.InfiniteTimeSpan, period);
        }

        // Waits for a tick that is under way: none may come after the line is removed.
        public void Dispose() => _timer.DisposeAsync().AsTask().Wait();
    }

    // Both report at once, where Progress<T> would post to another thread that may come after the line is removed.
    private sealed class FractionDone(ProgressLine line, string name, Action? also) : IProgress<double>
    {
        private readonly TimeLeft _left = new();

        public void Report(double value)
        {
            line.Report(name, value, _left.At(value));
            also?.Invoke();
        }
    }

    private sealed class Approach(ProgressLine line, string name, string what, double tolerance) : IProgress<WorkProgress>
    {
        private TimeLeft _left = new();
        private Stopwatch _elapsed = Stopwatch.StartNew();
        private double _first, _smallest;
        private int _iteration, _sweeps = int.MaxValue;

        public void Report(WorkProgress value)
        {
            if (!line.Visible || !(value.Residual > 0))
                return;
            // Fewer sweeps than before: the next mode, the next linear system.
            if (value.Sweeps < _sweeps)
                (_left, _elapsed, _first, _smallest, _iteration) = (new TimeLeft(), Stopwatch.StartNew(), value.Residual, value.Residual, _iteration + 1);
            (_sweeps, _smallest) = (value.Sweeps, Math.Min(_smallest, value.Residual));
            // An iteration gains digits at some rate: the fraction of the way is one of logarithms.
            TimeSpan? left = _first > tolerance ? _left.At(Math.Log(_first / _smallest) / Math.Log(_first / tolerance)) : null;
            string which = _iteration > 1 ? $" ({_iteration})" : "", rest = left is { } time ? $", about {Clock(time)} left" : "";
            line.Write(string.Create(CultureInfo.InvariantCulture, $"{name}{which}: {what} {value.Residual:0.0e+0} of {tolerance:0.0e+0}, {Clock(_elapsed.Elapsed)}{rest}"), force: false);
        }
    }
}
