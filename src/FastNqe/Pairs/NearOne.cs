using System.Numerics;
using System.Runtime.CompilerServices;

namespace FastNqe.Contractions;

/// <summary>Who of many is near one particle, or is not.</summary>
internal static class NearOne
{
    /// <summary>Writes down those within the pair's own cutoff plus a margin, or all others; a particle that is among the many is near itself.</summary>
    /// <param name="law">The law that has the cutoff.</param>
    /// <param name="particles">All particles.</param>
    /// <param name="margin">How far beyond its cutoff a pair is still near [length].</param>
    /// <param name="isNear">Whether those that are near are wanted, or those that are not.</param>
    /// <param name="slot">The one.</param>
    /// <param name="rows">Where the rows of the many begin; whole groups of lanes are read.</param>
    /// <param name="slots">Their slots.</param>
    /// <param name="count">How many they are.</param>
    /// <param name="found">Receives the slots of those wanted; whole groups of lanes are written, so that there must be room for one group more. It may be the slots themselves.</param>
    /// <returns>How many they are.</returns>
    // A method of its own, so that what it holds in registers stays there.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static int Select<TLaw, T, TDim>(TLaw law, Particles particles, double margin, bool isNear, int slot, ref int rows, ref int slots, int count, ref int found)
        where TLaw : struct, IPairLaw
        where T : unmanaged, ILanes<T>
        where TDim : struct, IDimension
    {
        T reachBeyond = T.Splat(margin);
        OwnParticles<T, TDim> own = particles.One<T, TDim>(slot);
        uint others = isNear ? 0 : uint.MaxValue;
        int total = 0;
        // Bounds: rows are followed by padding; the last group may see others' neighbours, whom the mask leaves out.
        for (int k = 0; k < count; k += T.Count)
        {
            PairVector<T, TDim> x = particles.Separation(ref Unsafe.Add(ref rows, k), own, out T size);
            T reach = law.Cutoff(own.Size, size) + reachBeyond;
            uint near = (T.LessMask(PairVector<T, TDim>.Dot(x, x), reach * reach) ^ others) & (uint)((1L << Math.Min(count - k, T.Count)) - 1);
            T.Compress(near, ref Unsafe.Add(ref slots, k), ref Unsafe.Add(ref found, total));
            total += BitOperations.PopCount(near);
        }
        return total;
    }
}
