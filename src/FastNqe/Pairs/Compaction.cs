using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FastNqe.Contractions;

/// <summary>
/// Writes those of up to eight numbers whose bit is set, side by side. There is no branch on the bits: which candidates are
/// neighbours cannot be predicted, and a mispredicted branch costs as much as eight distances.
/// </summary>
internal static class Compaction
{
    /// <summary>Numbers that may be written beyond the last one that counts.</summary>
    public const int Overrun = 8;

    // For each mask, the places of its set bits in ascending order.
    private static readonly Vector256<int>[] Places = MakePlaces();

    /// <summary>Writes the chosen ones of source[0..8) to destination; eight numbers are read and eight written.</summary>
    /// <param name="source">The first of eight readable numbers.</param>
    /// <param name="mask">One bit per number.</param>
    /// <param name="destination">The first of eight writable numbers.</param>
    /// <returns>How many count.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Write(ref int source, uint mask, ref int destination)
    {
        // Bounds: the mask has at most eight bits, the table 256 entries.
        Vector256<int> places = Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Places), (nint)(mask & 0xFF));
        Avx2.PermuteVar8x32(Vector256.LoadUnsafe(ref source), places).StoreUnsafe(ref destination);
        return BitOperations.PopCount(mask);
    }

    /// <summary>As <see cref="Write"/> for a single number, on any processor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int WriteOne(int source, uint mask, ref int destination)
    {
        destination = source;
        return (int)mask;
    }

    private static Vector256<int>[] MakePlaces()
    {
        var places = new Vector256<int>[256];
        Span<int> of = stackalloc int[8];
        for (int mask = 0; mask < places.Length; mask++)
        {
            of.Clear();
            int count = 0;
            for (int bit = 0; bit < 8; bit++)
                if ((mask >> bit & 1) != 0)
                    of[count++] = bit;
            places[mask] = Vector256.Create<int>(of);
        }
        return places;
    }
}
