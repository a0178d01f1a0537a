namespace FastNqe.Contractions;

/// <summary>
/// How a sweep over all slices is cut into chunks, the units of work of threads. A chunk has partial sums of its own and chunks are added
/// up in their order, so that no sum depends on how many threads there are.
/// </summary>
/// <param name="sliceCount">How many slices there are.</param>
/// <param name="dimension">d.</param>
/// <param name="width">The vector width.</param>
/// <param name="size">Slices per chunk: of <see cref="Size"/>, or those of a half list.</param>
internal sealed class SweepChunks(int sliceCount, int dimension, SimdWidth width, int size = SweepChunks.Size)
{
    /// <summary>Slices per chunk, except where a half list has larger ones.</summary>
    public const int Size = 32;

    // From so many slices on threads share a sweep.
    private const int SmallestShared = SweepThreads.SmallestSystem / SlicedList.SliceSize;

    /// <summary>Doubles of partial sums per chunk: at most four scalars of eight lanes.</summary>
    public const int PartialSize = 4 * SlicedList.SliceSize;

    /// <summary>d.</summary>
    public int Dimension => dimension;

    /// <summary>The vector width of the sweeps.</summary>
    public SimdWidth Width => width;

    /// <summary>The number of chunks.</summary>
    public int Count { get; } = (sliceCount + size - 1) / size;

    /// <summary>Every chunk's partial sums, one after another.</summary>
    public RowField PartialSums { get; } = new((sliceCount + size - 1) / size * PartialSize);

    /// <summary>Runs a kernel over all chunks.</summary>
    public void Run<TKernel>(ref TKernel kernel) where TKernel : struct, IChunkedKernel => Run(ref kernel, SweepThreads.Count);

    /// <summary>Runs a kernel over all chunks.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="threads">The largest number of threads, for kernels that have memory for so many.</param>
    public void Run<TKernel>(ref TKernel kernel, int threads) where TKernel : struct, IChunkedKernel =>
        SweepTeam.Run(ref kernel, Count, sliceCount >= SmallestShared ? threads : 1, dimension, width);

    /// <summary>A scalar's sum over all chunks.</summary>
    public double Sum(int scalar)
    {
        double sum = 0;
        for (int chunk = 0; chunk < Count; chunk++)
            sum += LaneSum.Of(PartialSums.Values.Slice(chunk * PartialSize + scalar * SlicedList.SliceSize, SlicedList.SliceSize));
        return sum;
    }
}

/// <summary>The sum of eight lanes, always in the same order.</summary>
internal static class LaneSum
{
    public static double Of(ReadOnlySpan<double> lanes) =>
        ((lanes[0] + lanes[4]) + (lanes[2] + lanes[6])) + ((lanes[1] + lanes[5]) + (lanes[3] + lanes[7]));
}
