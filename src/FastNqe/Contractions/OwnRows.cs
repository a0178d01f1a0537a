namespace FastNqe.Contractions;

/// <summary>Eight consecutive rows, counted from the slice's own first row.</summary>
internal static class OwnRows
{
    private static readonly int[] Wide = Make(4), Narrow = Make(2);

    public static ref int Of(int width) => ref (width == 2 ? Narrow : Wide)[0];

    private static int[] Make(int width)
    {
        int[] rows = GC.AllocateArray<int>(SlicedList.SliceSize, pinned: true);
        for (int k = 0; k < rows.Length; k++)
            rows[k] = k * width;
        return rows;
    }
}
