using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FastNqe.Contractions;

/// <summary>For each mask of eight bits the permutation that brings the lanes whose bit is set to the front, in order.</summary>
internal static class CompressOrder
{
    private static readonly int[] Table = Make();

    /// <summary>The first of eight places; with four lanes the first four of a mask below 16 serve.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref int Of(uint mask) => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Table), (nint)mask * 8);

    private static int[] Make()
    {
        int[] table = new int[256 * 8];
        for (int mask = 0; mask < 256; mask++)
            for (int lane = 0, place = mask * 8; lane < 8; lane++)
                if ((mask >> lane & 1) != 0)
                    table[place++] = lane;
        return table;
    }
}
