using System.Diagnostics;

namespace FastNqe.Benchmarks.Studies;

/// <summary>The processor time of this process since a moment: other programs may be running, so the clock on the wall does not count.</summary>
internal readonly struct ProcessorClock
{
    private readonly TimeSpan _start;

    private ProcessorClock(TimeSpan start) => _start = start;

    public double Seconds => (Now - _start).TotalSeconds;

    private static TimeSpan Now
    {
        get
        {
            using Process process = Process.GetCurrentProcess();
            return process.UserProcessorTime;
        }
    }

    public static ProcessorClock Start() => new(Now);
}
