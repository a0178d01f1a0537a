using System.Runtime.InteropServices;

namespace FastNqe.Contractions;

/// <summary>Eight consecutive rows, counted from the slice's own first row. Constants of the program: nothing has to be initialised.</summary>
internal static class OwnRows
{
    private static ReadOnlySpan<int> Wide => [0, 4, 8, 12, 16, 20, 24, 28];

    private static ReadOnlySpan<int> Narrow => [0, 2, 4, 6, 8, 10, 12, 14];

    public static ref int Of(int width) => ref MemoryMarshal.GetReference(width == 2 ? Narrow : Wide);
}
