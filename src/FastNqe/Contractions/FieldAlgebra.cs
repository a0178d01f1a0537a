using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FastNqe.Contractions;

/// <summary>
/// Vector algebra on whole fields: sums, scaled additions, norms. Large fields are cut into chunks, which threads share. Every sum is taken in one
/// fixed order (32 interleaved partial sums of a chunk, then the chunks one after another), so results have the same bits at every width and for any
/// number of threads.
/// </summary>
internal static partial class FieldAlgebra
{
    // Doubles of a field that are summed at a time, lane after lane: narrow vectors go over them several times, but over memory once.
    private const int Strip = 16 * RowField.Block;

    // Doubles per chunk: the rows of so many particles as make a system large enough to be shared. Of very large fields chunks are larger, so that there are not more than these.
    private const int SmallestChunk = 4 * SweepThreads.SmallestSystem;
    private const int MostChunks = 64;

    /// <summary>a·b</summary>
    public static double Dot(RowField a, RowField b) => Dot(a, b, Simd.Width);

    /// <summary>a·b at a given width; the bits are the same at every width.</summary>
    public static double Dot(RowField a, RowField b, SimdWidth width) => Sum<DotStep>(new(a, b), width);

    /// <summary>|a|</summary>
    public static double Norm(RowField a) => Math.Sqrt(Dot(a, a));

    /// <summary>to = alpha·a + beta·b; to may be a or b.</summary>
    public static void Combine(RowField to, double alpha, RowField a, double beta, RowField b) => Combine(to, alpha, a, beta, b, Simd.Width);

    /// <summary>to = alpha·a + beta·b at a given width.</summary>
    public static void Combine(RowField to, double alpha, RowField a, double beta, RowField b, SimdWidth width)
    {
        var kernel = new CombineKernel(to, alpha, a, beta, b);
        Share(ref kernel, to.Length, width);
    }

    /// <summary>to += alpha·a</summary>
    public static void Add(RowField to, double alpha, RowField a) => Combine(to, alpha, a, 1, to);

    /// <summary>to += alpha·a, and then to·b, in one pass over memory.</summary>
    public static double AddDot(RowField to, double alpha, RowField a, RowField b) => Sum<AddDotStep>(new(a, b, to, alpha), Simd.Width);

    /// <summary>a *= factor</summary>
    public static void Scale(RowField a, double factor) => Combine(a, factor, a, 0, a);

    public static void Copy(RowField from, RowField to)
    {
        var kernel = new CopyKernel(from, to);
        Share(ref kernel, to.Length, Simd.Width);
    }

    // A kernel over the chunks of a field of some length.
    private static void Share<TKernel>(ref TKernel kernel, int length, SimdWidth width, int dimension = 3) where TKernel : struct, IChunkedKernel =>
        SweepTeam.Run(ref kernel, ChunkCount(length), SweepThreads.Count, dimension, width);

    private static int ChunkCount(int length) => (length + ChunkLength(length) - 1) / ChunkLength(length);

    private static int ChunkLength(int length)
    {
        int longest = (length + MostChunks - 1) / MostChunks;
        return Math.Max(SmallestChunk, (longest + RowField.Block - 1) / RowField.Block * RowField.Block);
    }

    // The numbers of a chunk: whole blocks.
    private static (int First, int End) Numbers(int chunk, int length) => (chunk * ChunkLength(length), (int)Math.Min((chunk + 1L) * ChunkLength(length), length));

    private static double Sum<TStep>(in Operands operands, SimdWidth width) where TStep : ISumStep<TStep>, allows ref struct
    {
        Span<double> sums = stackalloc double[RowField.Block];
        PartialSums<TStep>(operands, width, sums);
        for (int half = RowField.Block / 2; half > 0; half /= 2)
            for (int k = 0; k < half; k++)
                sums[k] += sums[k + half];
        return sums[0];
    }

    // Sum k is that over all numbers k mod 32.
    private static unsafe void PartialSums<TStep>(in Operands operands, SimdWidth width, Span<double> sums) where TStep : ISumStep<TStep>, allows ref struct
    {
        int chunks = ChunkCount(operands.A.Length);
        double* partial = stackalloc double[chunks * RowField.Block];
        var kernel = new SumKernel<TStep>(operands, partial);
        Share(ref kernel, operands.A.Length, width);
        sums.Clear();
        for (int k = 0; k < chunks * RowField.Block; k++)
            sums[k % RowField.Block] += partial[k];
    }

    // What goes into a sum. The last factor and the field that is changed may be the same.
    private readonly record struct Operands(RowField A, RowField B, RowField? To = null, double Alpha = 0);

    /// <summary>What is done with the numbers of some fields on the way to a sum over all of them.</summary>
    private interface ISumStep<TSelf> where TSelf : ISumStep<TSelf>, allows ref struct
    {
        /// <summary>Takes hold of the fields.</summary>
        static abstract TSelf With(in Operands operands);

        /// <summary>Takes <c>T.Count</c> numbers from <paramref name="k"/> on and adds what they contribute.</summary>
        T Step<T>(nint k, T sum) where T : unmanaged, ILanes<T>;
    }

    private readonly ref struct DotStep(in Operands operands) : ISumStep<DotStep>
    {
        private readonly ref double _a = ref operands.A.Origin;
        private readonly ref double _b = ref operands.B.Origin;

        public static DotStep With(in Operands operands) => new(operands);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Step<T>(nint k, T sum) where T : unmanaged, ILanes<T> => T.MultiplyAdd(T.Load(ref _a, k), T.Load(ref _b, k), sum);
    }

    private readonly ref struct AddDotStep(in Operands operands) : ISumStep<AddDotStep>
    {
        private readonly ref double _to = ref operands.To!.Origin;
        private readonly ref double _a = ref operands.A.Origin;
        private readonly ref double _b = ref operands.B.Origin;
        private readonly double _alpha = operands.Alpha;

        public static AddDotStep With(in Operands operands) => new(operands);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Step<T>(nint k, T sum) where T : unmanaged, ILanes<T>
        {
            T value = T.MultiplyAdd(T.Splat(_alpha), T.Load(ref _a, k), T.Load(ref _to, k));
            T.Store(value, ref _to, k);
            return T.MultiplyAdd(value, T.Load(ref _b, k), sum);
        }
    }

    private readonly unsafe struct SumKernel<TStep>(Operands operands, double* partial) : IChunkedKernel
        where TStep : ISumStep<TStep>, allows ref struct
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<T, TDim>(int firstChunk, int endChunk, int thread)
            where T : unmanaged, ILanes<T>
            where TDim : struct, IDimension
        {
            TStep step = TStep.With(operands);
            for (int chunk = firstChunk; chunk < endChunk; chunk++)
            {
                // Bounds: a chunk's length is a multiple of the block, and so is a strip's.
                (int first, int endOfChunk) = Numbers(chunk, operands.A.Length);
                ref double sums = ref partial[chunk * RowField.Block];
                MemoryMarshal.CreateSpan(ref sums, RowField.Block).Clear();
                for (int strip = first; strip < endOfChunk; strip += Strip)
                {
                    int end = Math.Min(strip + Strip, endOfChunk);
                    for (int lane = 0; lane < 8; lane += T.Count)
                    {
                        T s0 = T.Load(ref sums, lane), s1 = T.Load(ref sums, lane + 8), s2 = T.Load(ref sums, lane + 16), s3 = T.Load(ref sums, lane + 24);
                        for (nint k = strip + lane; k < end; k += RowField.Block)
                        {
                            s0 = step.Step(k, s0);
                            s1 = step.Step(k + 8, s1);
                            s2 = step.Step(k + 16, s2);
                            s3 = step.Step(k + 24, s3);
                        }
                        T.Store(s0, ref sums, lane);
                        T.Store(s1, ref sums, lane + 8);
                        T.Store(s2, ref sums, lane + 16);
                        T.Store(s3, ref sums, lane + 24);
                    }
                }
            }
        }
    }

    private readonly struct CombineKernel(RowField to, double alpha, RowField a, double beta, RowField b) : IChunkedKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<T, TDim>(int firstChunk, int endChunk, int thread)
            where T : unmanaged, ILanes<T>
            where TDim : struct, IDimension
        {
            ref double x = ref a.Origin;
            ref double y = ref b.Origin;
            ref double result = ref to.Origin;
            (T p, T q) = (T.Splat(alpha), T.Splat(beta));
            int end = Numbers(endChunk - 1, to.Length).End;
            for (nint k = Numbers(firstChunk, to.Length).First; k < end; k += T.Count)
                T.Store(T.MultiplyAdd(p, T.Load(ref x, k), q * T.Load(ref y, k)), ref result, k);
        }
    }

    private readonly struct CopyKernel(RowField from, RowField to) : IChunkedKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<T, TDim>(int firstChunk, int endChunk, int thread)
            where T : unmanaged, ILanes<T>
            where TDim : struct, IDimension
        {
            int first = Numbers(firstChunk, to.Length).First, end = Numbers(endChunk - 1, to.Length).End;
            from.Values[first..end].CopyTo(to.Values[first..]);
        }
    }
}
