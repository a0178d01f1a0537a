namespace FastNqe;

/// <summary>How many threads share one sweep over the pairs of a large system, and what lies between sweeps.</summary>
/// <remarks>
/// Results have the same bits for any number of threads. An ensemble does better with one thread per sample; this is for the single large
/// glass. Threads are started once and wait between sweeps; a second sweep that begins while they are at work runs on its caller's thread alone.
/// Contractions share out chunks of 256 particles, sums of forces chunks of 8192: those take N/8192 threads at most, rounded up. Searching for neighbours, pruning and repairing
/// lists, storing pairs, preconditioners and the algebra of fields are shared too; sorting into cells and cutting lists into slices stay on the caller's thread.
/// </remarks>
public static class SweepThreads
{
    private static int _count = 1;

    /// <summary>Below so many particles a sweep stays on one thread: it is over before others would have taken up their part.</summary>
    public const int SmallestSystem = 8192;

    /// <summary>The largest number of threads.</summary>
    public const int Most = 256;

    /// <summary>The number of threads, the calling one included; 1 unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not from 1 to <see cref="Most"/>.</exception>
    public static int Count
    {
        get => Volatile.Read(ref _count);
        set
        {
            if (value is < 1 or > Most)
                throw new ArgumentOutOfRangeException(nameof(value), value, $"the number of threads of a sweep is from 1 to {Most}");
            Volatile.Write(ref _count, value);
        }
    }
}
