using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FastNqe.Contractions;

namespace FastNqe;

/// <summary>The few operations on whole fields that eigensolves need; the same bits in every vector width.</summary>
internal static class SpanAlgebra
{
    /// <summary>y ← a·p + b·x - y.</summary>
    public static void Combine(double a, ReadOnlySpan<double> p, double b, ReadOnlySpan<double> x, Span<double> y)
    {
        switch (Simd.Width)
        {
            case SimdWidth.Avx512: Kernels<Lanes8>.Combine(a, p, b, x, y); break;
            case SimdWidth.Avx2: Kernels<Lanes4>.Combine(a, p, b, x, y); break;
            default: Kernels<Lanes1>.Combine(a, p, b, x, y); break;
        }
    }

    /// <summary>y ← y + a·x.</summary>
    public static void Add(double a, ReadOnlySpan<double> x, Span<double> y)
    {
        switch (Simd.Width)
        {
            case SimdWidth.Avx512: Kernels<Lanes8>.Add(a, x, y); break;
            case SimdWidth.Avx2: Kernels<Lanes4>.Add(a, x, y); break;
            default: Kernels<Lanes1>.Add(a, x, y); break;
        }
    }

    /// <summary>x·y, from eight partial sums added in a fixed order.</summary>
    public static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y) => Simd.Width switch
    {
        SimdWidth.Avx512 => Kernels<Lanes8>.Dot(x, y),
        SimdWidth.Avx2 => Kernels<Lanes4>.Dot(x, y),
        _ => Kernels<Lanes1>.Dot(x, y),
    };

    /// <summary>|x|.</summary>
    public static double Norm(ReadOnlySpan<double> x) => Math.Sqrt(Dot(x, x));

    /// <summary>Normalises a vector; returns the norm that it had.</summary>
    public static double Normalise(Span<double> x)
    {
        double norm = Norm(x);
        for (int k = 0; k < x.Length; k++)
            x[k] /= norm;
        return norm;
    }

    /// <summary>
    /// The sums of the columns of a field with d columns, repeated eight times: sums has 8·d numbers, and number k is the sum of
    /// column k mod d.
    /// </summary>
    public static void SumColumns(ReadOnlySpan<double> field, Span<double> sums)
    {
        sums.Clear();
        int whole = field.Length - field.Length % sums.Length;
        for (int start = 0; start < whole; start += sums.Length)
            Add(1, field.Slice(start, sums.Length), sums);
        for (int k = whole; k < field.Length; k++)
            sums[k - whole] += field[k];
        int d = sums.Length / 8;
        for (int k = d; k < sums.Length; k++)
            sums[k % d] += sums[k];
        for (int k = d; k < sums.Length; k++)
            sums[k] = sums[k % d];
    }

    /// <summary>field ← field + a·pattern, the pattern repeated over the whole field.</summary>
    public static void AddPeriodic(Span<double> field, ReadOnlySpan<double> pattern, double a)
    {
        for (int start = 0; start < field.Length; start += pattern.Length)
        {
            int length = Math.Min(pattern.Length, field.Length - start);
            Add(a, pattern[..length], field.Slice(start, length));
        }
    }

    private static class Kernels<T> where T : unmanaged, ILanes<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public static void Combine(double a, ReadOnlySpan<double> p, double b, ReadOnlySpan<double> x, Span<double> y)
        {
            int n = Match(p.Length, x.Length, y.Length);
            ref double p0 = ref MemoryMarshal.GetReference(p);
            ref double x0 = ref MemoryMarshal.GetReference(x);
            ref double y0 = ref MemoryMarshal.GetReference(y);
            (T a1, T b1) = (T.Splat(a), T.Splat(b));
            int k = 0;
            for (; k <= n - T.Count; k += T.Count)
            {
                T rest = b1 * T.Load(ref x0, k) - T.Load(ref y0, k);
                T.Store(T.MultiplyAdd(a1, T.Load(ref p0, k), rest), ref y0, k);
            }
            for (; k < n; k++)
                y[k] = Math.FusedMultiplyAdd(a, p[k], b * x[k] - y[k]);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public static void Add(double a, ReadOnlySpan<double> x, Span<double> y)
        {
            int n = Match(x.Length, y.Length, y.Length);
            ref double x0 = ref MemoryMarshal.GetReference(x);
            ref double y0 = ref MemoryMarshal.GetReference(y);
            T a1 = T.Splat(a);
            int k = 0;
            for (; k <= n - T.Count; k += T.Count)
                T.Store(T.MultiplyAdd(a1, T.Load(ref x0, k), T.Load(ref y0, k)), ref y0, k);
            for (; k < n; k++)
                y[k] = Math.FusedMultiplyAdd(a, x[k], y[k]);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
        {
            int n = Match(x.Length, y.Length, y.Length);
            ref double x0 = ref MemoryMarshal.GetReference(x);
            ref double y0 = ref MemoryMarshal.GetReference(y);
            int whole = n - n % 8;
            Span<double> partial = stackalloc double[8];
            ref double p0 = ref MemoryMarshal.GetReference(partial);
            // Partial sum k takes the numbers k, k + 8, k + 16, ... in that order, whatever the width.
            for (int lane = 0; lane < 8; lane += T.Count)
            {
                T sum = T.Splat(0);
                for (int k = lane; k < whole; k += 8)
                    sum = T.MultiplyAdd(T.Load(ref x0, k), T.Load(ref y0, k), sum);
                T.Store(sum, ref p0, lane);
            }
            for (int k = whole; k < n; k++)
                partial[k - whole] = Math.FusedMultiplyAdd(x[k], y[k], partial[k - whole]);
            return (partial[0] + partial[4] + (partial[2] + partial[6])) + (partial[1] + partial[5] + (partial[3] + partial[7]));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static int Match(int first, int second, int third)
        {
            if (first != second || second != third)
                throw new ArgumentException($"fields of {first}, {second} and {third} numbers; expected equal lengths");
            return first;
        }
    }
}
