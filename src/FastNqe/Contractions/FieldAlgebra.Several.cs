using System.Runtime.CompilerServices;

namespace FastNqe.Contractions;

// What takes several fields at once, block by block: what they have in common is read once, and memory is asked for all of them at the same time. (In strips of
// a page, one field after another, it takes twice as long.)
internal static partial class FieldAlgebra
{
    /// <summary>products[k] = fields[k]·b, for as many fields as there are products.</summary>
    public static void Dots(ReadOnlySpan<RowField> fields, RowField b, Span<double> products) => Dots(fields, b, products, Simd.Width);

    /// <summary>products[k] = fields[k]·b at a given width; the bits are the same at every width.</summary>
    public static unsafe void Dots(ReadOnlySpan<RowField> fields, RowField b, Span<double> products, SimdWidth width)
    {
        int count = products.Length, chunks = ChunkCount(b.Length);
        double** origins = stackalloc double*[count];
        double* partial = stackalloc double[chunks * count];
        var kernel = new DotsKernel(Origins(fields, origins, count), count, b, partial);
        Share(ref kernel, b.Length, width);
        products.Clear();
        for (int k = 0; k < chunks * count; k++)
            products[k % count] += partial[k];
    }

    /// <summary>to = Σ weights[k]·fields[k], for as many fields as there are weights; <paramref name="to"/> may be one of them.</summary>
    public static void Combine(RowField to, ReadOnlySpan<double> weights, ReadOnlySpan<RowField> fields) => Combine(to, weights, fields, Simd.Width);

    /// <summary>to = Σ weights[k]·fields[k] at a given width.</summary>
    public static unsafe void Combine(RowField to, ReadOnlySpan<double> weights, ReadOnlySpan<RowField> fields, SimdWidth width)
    {
        double** origins = stackalloc double*[weights.Length];
        fixed (double* first = weights)
        {
            var kernel = new CombineSeveralKernel(to, first, Origins(fields, origins, weights.Length), weights.Length);
            Share(ref kernel, to.Length, width);
        }
    }

    // Fields are pinned.
    private static unsafe double** Origins(ReadOnlySpan<RowField> fields, double** origins, int count)
    {
        for (int k = 0; k < count; k++)
            origins[k] = (double*)Unsafe.AsPointer(ref fields[k].Origin);
        return origins;
    }

    private readonly unsafe struct DotsKernel(double** fields, int count, RowField b, double* partial) : IChunkedKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<T, TDim>(int firstChunk, int endChunk, int thread)
            where T : unmanaged, ILanes<T>
            where TDim : struct, IDimension
        {
            // Bounds: chunks are whole blocks, and so are fields.
            ref double y = ref b.Origin;
            Span<double> sums = stackalloc double[count * SlicedList.SliceSize];
            for (int chunk = firstChunk; chunk < endChunk; chunk++)
            {
                (int first, int end) = Numbers(chunk, b.Length);
                sums.Clear();
                for (int block = first; block < end; block += RowField.Block)
                {
                    for (int lane = 0; lane < SlicedList.SliceSize; lane += T.Count)
                    {
                        nint k = block + lane;
                        T y0 = T.Load(ref y, k), y1 = T.Load(ref y, k + 8), y2 = T.Load(ref y, k + 16), y3 = T.Load(ref y, k + 24);
                        for (int field = 0; field < count; field++)
                        {
                            ref double x = ref *fields[field];
                            ref double sum = ref sums[field * SlicedList.SliceSize + lane];
                            T value = T.MultiplyAdd(T.Load(ref x, k), y0, T.Load(ref sum, 0));
                            value = T.MultiplyAdd(T.Load(ref x, k + 8), y1, value);
                            value = T.MultiplyAdd(T.Load(ref x, k + 16), y2, value);
                            T.Store(T.MultiplyAdd(T.Load(ref x, k + 24), y3, value), ref sum, 0);
                        }
                    }
                }
                for (int field = 0; field < count; field++)
                    partial[chunk * count + field] = LaneSum.Of(sums.Slice(field * SlicedList.SliceSize, SlicedList.SliceSize));
            }
        }
    }

    private readonly unsafe struct CombineSeveralKernel(RowField to, double* weights, double** fields, int count) : IChunkedKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<T, TDim>(int firstChunk, int endChunk, int thread)
            where T : unmanaged, ILanes<T>
            where TDim : struct, IDimension
        {
            // Bounds: as above.
            ref double result = ref to.Origin;
            int end = Numbers(endChunk - 1, to.Length).End;
            for (int block = Numbers(firstChunk, to.Length).First; block < end; block += RowField.Block)
            {
                for (int lane = 0; lane < SlicedList.SliceSize; lane += T.Count)
                {
                    nint k = block + lane;
                    T r0 = T.Splat(0), r1 = r0, r2 = r0, r3 = r0;
                    for (int field = 0; field < count; field++)
                    {
                        ref double x = ref *fields[field];
                        T weight = T.Splat(weights[field]);
                        r0 = T.MultiplyAdd(weight, T.Load(ref x, k), r0);
                        r1 = T.MultiplyAdd(weight, T.Load(ref x, k + 8), r1);
                        r2 = T.MultiplyAdd(weight, T.Load(ref x, k + 16), r2);
                        r3 = T.MultiplyAdd(weight, T.Load(ref x, k + 24), r3);
                    }
                    T.Store(r0, ref result, k);
                    T.Store(r1, ref result, k + 8);
                    T.Store(r2, ref result, k + 16);
                    T.Store(r3, ref result, k + 24);
                }
            }
        }
    }
}
