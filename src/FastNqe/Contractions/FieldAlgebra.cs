using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FastNqe.Contractions;

/// <summary>
/// Vector algebra on whole fields: sums, scaled additions, norms. Every sum is taken in one fixed order (32 interleaved partial sums),
/// so results have the same bits in every width.
/// </summary>
internal static partial class FieldAlgebra
{
    // Doubles of a field that are summed at a time, lane after lane: narrow vectors go over them several times, but over memory once.
    private const int Strip = 16 * RowField.Block;

    /// <summary>a·b</summary>
    public static double Dot(RowField a, RowField b) => Dot(a, b, Simd.Width);

    /// <summary>a·b at a given width; the bits are the same at every width.</summary>
    public static double Dot(RowField a, RowField b, SimdWidth width) => Sum(new DotStep(a, b), a.Length, width);

    /// <summary>|a|</summary>
    public static double Norm(RowField a) => Math.Sqrt(Dot(a, a));

    /// <summary>to = alpha·a + beta·b; to may be a or b.</summary>
    public static void Combine(RowField to, double alpha, RowField a, double beta, RowField b) => Combine(to, alpha, a, beta, b, Simd.Width);

    /// <summary>to = alpha·a + beta·b at a given width.</summary>
    public static void Combine(RowField to, double alpha, RowField a, double beta, RowField b, SimdWidth width)
    {
        var kernel = new CombineKernel(to, alpha, a, beta, b);
        KernelDispatch.Run(ref kernel, 3, width);
    }

    /// <summary>to = alpha·a + beta·b - to: the step of a three-term recurrence.</summary>
    public static void Recur(RowField to, double alpha, RowField a, double beta, RowField b)
    {
        var kernel = new RecurKernel(to, alpha, a, beta, b);
        KernelDispatch.Run(ref kernel, 3, Simd.Width);
    }

    /// <summary>to += alpha·a</summary>
    public static void Add(RowField to, double alpha, RowField a) => Combine(to, alpha, a, 1, to);

    /// <summary>to += alpha·a, and then to·b, in one pass over memory.</summary>
    public static double AddDot(RowField to, double alpha, RowField a, RowField b) => Sum(new AddDotStep(to, alpha, a, b), to.Length, Simd.Width);

    /// <summary>a *= factor</summary>
    public static void Scale(RowField a, double factor) => Combine(a, factor, a, 0, a);

    public static void Copy(RowField from, RowField to) => from.Values.CopyTo(to.Values);

    // Over the fields' common length, a multiple of the block.
    private static double Sum<TStep>(TStep step, int length, SimdWidth width) where TStep : struct, ISumStep, allows ref struct
    {
        Span<double> sums = stackalloc double[RowField.Block];
        PartialSums(step, length, width, sums);
        for (int half = RowField.Block / 2; half > 0; half /= 2)
            for (int k = 0; k < half; k++)
                sums[k] += sums[k + half];
        return sums[0];
    }

    // Sum k is that over all numbers k mod 32.
    private static void PartialSums<TStep>(TStep step, int length, SimdWidth width, Span<double> sums) where TStep : struct, ISumStep, allows ref struct
    {
        sums.Clear();
        var kernel = new SumKernel<TStep>(step, length, sums);
        KernelDispatch.Run(ref kernel, 3, width);
    }

    /// <summary>What is done with the numbers of some fields on the way to a sum over all of them.</summary>
    private interface ISumStep
    {
        /// <summary>Takes <c>T.Count</c> numbers from <paramref name="k"/> on and adds what they contribute.</summary>
        T Step<T>(nint k, T sum) where T : unmanaged, ILanes<T>;
    }

    private readonly ref struct DotStep(RowField a, RowField b) : ISumStep
    {
        private readonly ref double _a = ref a.Origin;
        private readonly ref double _b = ref b.Origin;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Step<T>(nint k, T sum) where T : unmanaged, ILanes<T> => T.MultiplyAdd(T.Load(ref _a, k), T.Load(ref _b, k), sum);
    }

    private readonly ref struct AddDotStep(RowField to, double alpha, RowField a, RowField b) : ISumStep
    {
        private readonly ref double _to = ref to.Origin;
        private readonly ref double _a = ref a.Origin;
        private readonly ref double _b = ref b.Origin;
        private readonly double _alpha = alpha;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Step<T>(nint k, T sum) where T : unmanaged, ILanes<T>
        {
            T value = T.MultiplyAdd(T.Splat(_alpha), T.Load(ref _a, k), T.Load(ref _to, k));
            T.Store(value, ref _to, k);
            return T.MultiplyAdd(value, T.Load(ref _b, k), sum);
        }
    }

    private readonly ref struct SumKernel<TStep>(TStep step, int length, Span<double> sums) : IKernel
        where TStep : struct, ISumStep, allows ref struct
    {
        private readonly TStep _step = step;
        private readonly Span<double> _sums = sums;

        public void Run<T, TDim>()
            where T : unmanaged, ILanes<T>
            where TDim : struct, IDimension
        {
            // Bounds: a field's length is a multiple of the block, and so is a strip's.
            TStep step = _step;
            ref double sums = ref MemoryMarshal.GetReference(_sums);
            for (int strip = 0; strip < length; strip += Strip)
            {
                int end = Math.Min(strip + Strip, length);
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

    private readonly struct CombineKernel(RowField to, double alpha, RowField a, double beta, RowField b) : IKernel
    {
        public void Run<T, TDim>()
            where T : unmanaged, ILanes<T>
            where TDim : struct, IDimension
        {
            ref double x = ref a.Origin;
            ref double y = ref b.Origin;
            ref double result = ref to.Origin;
            (T p, T q) = (T.Splat(alpha), T.Splat(beta));
            for (nint k = 0; k < to.Length; k += T.Count)
                T.Store(T.MultiplyAdd(p, T.Load(ref x, k), q * T.Load(ref y, k)), ref result, k);
        }
    }

    private readonly struct RecurKernel(RowField to, double alpha, RowField a, double beta, RowField b) : IKernel
    {
        public void Run<T, TDim>()
            where T : unmanaged, ILanes<T>
            where TDim : struct, IDimension
        {
            ref double x = ref a.Origin;
            ref double y = ref b.Origin;
            ref double result = ref to.Origin;
            (T p, T q) = (T.Splat(alpha), T.Splat(beta));
            for (nint k = 0; k < to.Length; k += T.Count)
                T.Store(T.MultiplyAdd(p, T.Load(ref x, k), q * T.Load(ref y, k) - T.Load(ref result, k)), ref result, k);
        }
    }
}
