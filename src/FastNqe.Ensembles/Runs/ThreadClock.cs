using System.Diagnostics;
using System.Runtime.InteropServices;

namespace FastNqe.Ensembles;

/// <summary>
/// The processor time of the calling thread: what a sample costs, however busy the machine is. Where the system does not tell, the time that passed.
/// </summary>
internal static class ThreadClock
{
    // Linux: CLOCK_THREAD_CPUTIME_ID.
    private const int ThreadTime = 3;

    private static readonly bool IsKnown = OperatingSystem.IsLinux() && Environment.Is64BitProcess;

    /// <summary>Seconds since some moment, the same for all calls from one thread.</summary>
    public static double Seconds =>
        IsKnown && ClockGetTime(ThreadTime, out TimeSpec time) == 0
            ? time.Seconds + 1e-9 * time.Nanoseconds
            : (double)Stopwatch.GetTimestamp() / Stopwatch.Frequency;

    [DllImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ClockGetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct TimeSpec(long Seconds, long Nanoseconds);
}
