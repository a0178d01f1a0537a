using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FastNqe.Contractions;

/// <summary>
/// Vector algebra on whole fields: sums, scaled additions, norms. Every sum is taken in one fixed order (32 interleaved partial sums),
/// so results have the same bits in every width.
/// </summary>
internal static partial class FieldAlgebra
{
    /// <summary>a·b</summary>
    public static double Dot(RowField a, RowField b) => Dot(a, b, Simd.Width);

    /// <summary>a·b at a given width; the bits are the same at every width.</summary>
    public static double Dot(RowField a, RowField b, SimdWidth width)
    {
        Span<double> sums = stackalloc double[RowField.Block];
        var kernel = new DotKernel(a, b, sums);
        KernelDispatch.Run(ref kernel, 3, width);
        return Total(sums);
    }

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
    public static double AddDot(RowField to, double alpha, RowField a, RowField b)
    {
        Span<double> sums = stackalloc double[RowField.Block];
        var kernel = new AddDotKernel(to, alpha, a, b, sums);
        KernelDispatch.Run(ref kernel, 3, Simd.Width);
        return Total(sums);
    }

    /// <summary>a *= factor</summary>
    public static void Scale(RowField a, double factor) => Combine(a, factor, a, 0, a);

    public static void Copy(RowField from, RowField to) => from.Values.CopyTo(to.Values);

    private static double Total(Span<double> sums)
    {
        for (int half = RowField.Block / 2; half > 0; half /= 2)
            for (int k = 0; k < half; k++)
                sums[k] += sums[k + half];
        return sums[0];
    }

    private readonly ref struct DotKernel(RowField a, RowField b, Span<double> sums) : IKernel
    {
        private readonly Span<double> _sums = sums;

        public void Run<T, TDim>()
            where T : unmanaged, ILanes<T>
            where TDim : struct, IDimension
        {
            // Bounds: a field's length is a multiple of the block, and both fields have the same length.
            ref double x = ref a.Origin;
            ref double y = ref b.Origin;
            ref double to = ref MemoryMarshal.GetReference(_sums);
            int length = Math.Min(a.Length, b.Length);
            for (int lane = 0; lane < 8; lane += T.Count)
            {
                T s0 = T.Splat(0), s1 = s0, s2 = s0, s3 = s0;
                for (nint k = lane; k < length; k += RowField.Block)
                {
                    s0 = T.MultiplyAdd(T.Load(ref x, k), T.Load(ref y, k), s0);
                    s1 = T.MultiplyAdd(T.Load(ref x, k + 8), T.Load(ref y, k + 8), s1);
                    s2 = T.MultiplyAdd(T.Load(ref x, k + 16), T.Load(ref y, k + 16), s2);
                    s3 = T.MultiplyAdd(T.Load(ref x, k + 24), T.Load(ref y, k + 24), s3);
                }
                T.Store(s0, ref to, lane);
                T.Store(s1, ref to, lane + 8);
                T.Store(s2, ref to, lane + 16);
                T.Store(s3, ref to, lane + 24);
            }
        }
    }

    private readonly ref struct AddDotKernel(RowField to, double alpha, RowField a, RowField b, Span<double> sums) : IKernel
    {
        private readonly Span<double> _sums = sums;

        public void Run<T, TDim>()
            where T : unmanaged, ILanes<T>
            where TDim : struct, IDimension
        {
            // Bounds: as in DotKernel.
            ref double x = ref a.Origin;
            ref double y = ref b.Origin;
            ref double result = ref to.Origin;
            ref double sums = ref MemoryMarshal.GetReference(_sums);
            T p = T.Splat(alpha);
            for (int lane = 0; lane < 8; lane += T.Count)
            {
                T s0 = T.Splat(0), s1 = s0, s2 = s0, s3 = s0;
                for (nint k = lane; k < to.Length; k += RowField.Block)
                {
                    s0 = Step(p, ref x, ref y, ref result, k, s0);
                    s1 = Step(p, ref x, ref y, ref result, k + 8, s1);
                    s2 = Step(p, ref x, ref y, ref result, k + 16, s2);
                    s3 = Step(p, ref x, ref y, ref result, k + 24, s3);
                }
                T.Store(s0, ref sums, lane);
                T.Store(s1, ref sums, lane + 8);
                T.Store(s2, ref sums, lane + 16);
                T.Store(s3, ref sums, lane + 24);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static T Step<T>(T alpha, ref double x, ref double y, ref double result, nint k, T sum) where T : unmanaged, ILanes<T>
        {
            T value = T.MultiplyAdd(alpha, T.Load(ref x, k), T.Load(ref result, k));
            T.Store(value, ref result, k);
            return T.MultiplyAdd(value, T.Load(ref y, k), sum);
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
