namespace FastNqe.Tests;

/// <summary>What a piece of code allocates.</summary>
internal static class Allocation
{
    // More than the rest of the process allocates meanwhile.
    private const long Room = 16 << 20;

    /// <summary>The bytes that an action allocates on its thread.</summary>
    /// <remarks>
    /// A collection takes from every thread the unused rest of its allocation buffer, and one that works in the background does so when it ends, which
    /// can be long after the code that caused it; the rest then counts as allocated. So there is none meanwhile.
    /// </remarks>
    public static long Of(Action action)
    {
        Assert.That(GC.TryStartNoGCRegion(Room), Is.True, "the collector can be held off");
        try
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            action();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
        finally
        {
            GC.EndNoGCRegion();
        }
    }
}
