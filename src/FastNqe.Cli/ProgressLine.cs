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
    /// <param name="elapsed">Time since the work began, from which the time left is estimated.</param>
    public void Report(string name, double fraction, TimeSpan elapsed)
    {
        string left = fraction is > 0 and < 1 ? $", {Clock(elapsed * ((1 - fraction) / fraction))} left" : "";
        Write(string.Create(CultureInfo.InvariantCulture, $"{name} {100 * fraction:0} %{left}"), force: fraction >= 1);
    }

    /// <summary>Something to tell how many of so many are done, whole ones and parts.</summary>
    /// <param name="name">What is counted.</param>
    /// <param name="total">How many there will be.</param>
    public IProgress<double> Count(string name, int total) => new Counter(this, name, total);

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

    // Reports at once, where Progress<T> would post to another thread that may come after the line is removed.
    private sealed class Counter(ProgressLine line, string name, int total) : IProgress<double>
    {
        private readonly Stopwatch _elapsed = Stopwatch.StartNew();

        public void Report(double value) => line.Report($"{name}: {(int)value} of {total},", value / total, _elapsed.Elapsed);
    }
}
