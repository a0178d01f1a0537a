using System.Runtime.CompilerServices;

namespace FastNqe.Contractions;

// What looks at a field row by row, one particle after another.
internal static partial class FieldAlgebra
{
    /// <summary>The largest Euclidean norm of a row, over the first d numbers of each; NaN if a number is not finite.</summary>
    public static unsafe double LargestRow(RowField field, ParticleOrder order)
    {
        int found = ChunkCount(field.Length) * 2 * SlicedList.SliceSize;
        double* largest = stackalloc double[found];
        var kernel = new LargestRowKernel(field, largest);
        Share(ref kernel, field.Length, Simd.Width, order.Dimension);
        double square = 0;
        for (int k = 0; k < found; k++)
            square = Math.Max(square, largest[k]);
        return Math.Sqrt(square);
    }

    /// <summary>Whether every row of two fields differs by less than a distance; false if a number is NaN.</summary>
    public static unsafe bool AreWithin(double distance, RowField a, RowField b, int dimension, SimdWidth width)
    {
        int found = ChunkCount(a.Length) * SlicedList.SliceSize;
        double* inside = stackalloc double[found];
        var kernel = new WithinKernel(distance * distance, a, b, inside);
        Share(ref kernel, a.Length, width, dimension);
        return new ReadOnlySpan<double>(inside, found).IndexOf(0.0) < 0;
    }

    /// <summary>Removes the uniform translation: the mean of every component becomes zero.</summary>
    public static unsafe void RemoveTranslation(RowField field, ParticleOrder order)
    {
        int width = order.RowWidth;
        // Number k of a block is component k mod width of some row.
        double* means = stackalloc double[RowField.Block];
        Span<double> mean = new(means, RowField.Block);
        PartialSums<ValueStep>(new(field, field), Simd.Width, mean);
        for (int k = width; k < mean.Length; k++)
            mean[k % width] += mean[k];
        for (int k = 0; k < mean.Length; k++)
            mean[k] = k < width ? mean[k] / order.ParticleCount : mean[k % width];
        // Rows beyond the last particle stay zero.
        Span<double> values = field.Values[..(order.ParticleCount * width)];
        int whole = values.Length - values.Length % SlicedList.SliceSize;
        var shift = new ShiftKernel(field, whole, means);
        Share(ref shift, field.Length, Simd.Width, order.Dimension);
        for (int k = whole; k < values.Length; k++)
            values[k] -= mean[k - whole];
    }

    private readonly unsafe struct LargestRowKernel(RowField field, double* largestOf) : IChunkedKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<T, TDim>(int firstChunk, int endChunk, int thread)
            where T : unmanaged, ILanes<T>
            where TDim : struct, IDimension
        {
            // Bounds: a field's length is a multiple of the block, which is a multiple of eight rows.
            ref double x = ref field.Origin;
            T zero = T.Splat(0);
            for (int chunk = firstChunk; chunk < endChunk; chunk++)
            {
                (int first, int end) = Numbers(chunk, field.Length);
                ref double to = ref largestOf[chunk * 2 * SlicedList.SliceSize];
                for (int lane = 0; lane < SlicedList.SliceSize; lane += T.Count)
                {
                    // A maximum passes over NaN; a sum of zeros does not.
                    T largest = zero, notFinite = zero;
                    for (nint row = first + lane * TDim.RowWidth; row < end; row += SlicedList.SliceSize * TDim.RowWidth)
                    {
                        PairVector<T, TDim> vector = PairVector<T, TDim>.Consecutive(ref Unsafe.Add(ref x, row));
                        T square = PairVector<T, TDim>.Dot(vector, vector);
                        largest = T.SelectLess(largest, square, square, largest);
                        notFinite = T.MultiplyAdd(square, zero, notFinite);
                    }
                    T.Store(largest, ref to, lane);
                    T.Store(notFinite, ref to, lane + SlicedList.SliceSize);
                }
            }
        }
    }

    private readonly ref struct ValueStep(in Operands operands) : ISumStep<ValueStep>
    {
        private readonly ref double _a = ref operands.A.Origin;

        public static ValueStep With(in Operands operands) => new(operands);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Step<T>(nint k, T sum) where T : unmanaged, ILanes<T> => sum + T.Load(ref _a, k);
    }

    private readonly unsafe struct ShiftKernel(RowField field, int length, double* mean) : IChunkedKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<T, TDim>(int firstChunk, int endChunk, int thread)
            where T : unmanaged, ILanes<T>
            where TDim : struct, IDimension
        {
            // Bounds: the length is a multiple of eight, and so is a chunk's; the mean of a component is the same in every eighth number.
            ref double x = ref field.Origin;
            ref double means = ref *mean;
            int end = Math.Min(Numbers(endChunk - 1, field.Length).End, length);
            for (nint k = Numbers(firstChunk, field.Length).First; k < end; k += SlicedList.SliceSize)
                for (int lane = 0; lane < SlicedList.SliceSize; lane += T.Count)
                    T.Store(T.Load(ref x, k + lane) - T.Load(ref means, lane), ref x, k + lane);
        }
    }

    private readonly unsafe struct WithinKernel(double square, RowField a, RowField b, double* inside) : IChunkedKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<T, TDim>(int firstChunk, int endChunk, int thread)
            where T : unmanaged, ILanes<T>
            where TDim : struct, IDimension
        {
            // Bounds: a field's length is a multiple of the block, which is a multiple of eight rows.
            ref double x = ref a.Origin;
            ref double y = ref b.Origin;
            (T limit, T zero) = (T.Splat(square), T.Splat(0));
            for (int chunk = firstChunk; chunk < endChunk; chunk++)
            {
                (int first, int end) = Numbers(chunk, a.Length);
                for (int lane = 0; lane < SlicedList.SliceSize; lane += T.Count)
                {
                    T within = T.Splat(1);
                    for (nint row = first + lane * TDim.RowWidth; row < end; row += SlicedList.SliceSize * TDim.RowWidth)
                    {
                        PairVector<T, TDim> step = PairVector<T, TDim>.Consecutive(ref Unsafe.Add(ref x, row)) - PairVector<T, TDim>.Consecutive(ref Unsafe.Add(ref y, row));
                        within = T.SelectLess(PairVector<T, TDim>.Dot(step, step), limit, within, zero);
                    }
                    T.Store(within, ref inside[chunk * SlicedList.SliceSize], lane);
                }
            }
        }
    }
}
