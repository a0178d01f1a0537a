namespace FastNqe;

/// <summary>What is worth doing for a system of millions of particles only.</summary>
internal static class LargeSystem
{
    // What takes half a kilobyte per particle takes as long as the collection that gives it back, many times over.
    private const int Particles = 1 << 17;

    /// <summary>
    /// Gives memory that is no longer in use back to the operating system, before anything else is made. A plain collection would keep it, in pieces: a pair table needs one
    /// that is larger than all of them, and would come on top.
    /// </summary>
    /// <param name="particleCount">The number of particles of whoever was in that memory.</param>
    public static void GiveMemoryBack(int particleCount)
    {
        if (particleCount >= Particles)
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }
}
