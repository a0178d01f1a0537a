namespace FastNqe.Tests;

/// <summary>What a piece of code allocates.</summary>
internal static class Allocation
{
    private const int Repetitions = 5;

    /// <summary>The bytes that an action allocates on its thread each time.</summary>
    /// <remarks>
    /// A collection, also one in the background that other code caused long before, takes from every thread the unused rest of its allocation buffer, and
    /// the rest then counts as allocated: so the least of several times.
    /// </remarks>
    public static long Of(Action action)
    {
        long least = long.MaxValue;
        for (int repetition = 0; repetition < Repetitions; repetition++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        return least;
    }
}
