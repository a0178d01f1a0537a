using System.Runtime.CompilerServices;
using FastNqe.Contractions;

namespace FastNqe;

/// <summary>
/// The inverses of the d by d blocks on the diagonal of the Hessian, Σ_j B x xᵀ + A 1 for every particle: the block-Jacobi preconditioner
/// of linear solves and of mode searches.
/// </summary>
internal sealed class DiagonalBlocks
{
    private readonly ParticleOrder _order;

    // Slice after slice, the upper triangle of the inverse by rows: d (d + 1)/2 lines of eight numbers, one for each particle.
    private readonly RowField _inverses;

    /// <summary>The blocks of a pair table.</summary>
    /// <remarks>
    /// A block that is not positive definite (a particle without neighbours, or a state that is no minimum) is replaced by the
    /// identity: a preconditioner may be anything symmetric and positive.
    /// </remarks>
    public DiagonalBlocks(PairTable pairs)
    {
        _order = pairs.Order;
        _inverses = new RowField(_order.SlotCount * Lines(_order.Dimension));
        Renew(pairs);
    }

    /// <summary>The blocks of the same particles elsewhere, in the same memory.</summary>
    public void Renew(PairTable pairs)
    {
        var kernel = new InverseKernel(pairs, _inverses);
        pairs.Run(ref kernel);
    }

    /// <summary>to = D⁻¹·field.</summary>
    public void Solve(RowField field, RowField to)
    {
        int slices = _order.SlotCount / SlicedList.SliceSize, chunks = (slices + SweepChunks.Size - 1) / SweepChunks.Size;
        var kernel = new SolveKernel(_inverses, field, to, _order.SlotCount);
        SweepTeam.Run(ref kernel, chunks, _order.SlotCount < SweepThreads.SmallestSystem ? 1 : SweepThreads.Count, _order.Dimension, Simd.Width);
    }

    /// <summary>n·D_i⁻¹·n: how far a unit force on one particle moves it while all others are held [length²/energy].</summary>
    public double Compliance(int slot, ReadOnlySpan<double> n)
    {
        int d = n.Length, slice = slot / SlicedList.SliceSize, lane = slot % SlicedList.SliceSize;
        ReadOnlySpan<double> inverses = _inverses.Values[(slice * SlicedList.SliceSize * Lines(d))..];
        double sum = 0;
        for (int a = 0, line = 0; a < d; a++)
            for (int b = a; b < d; b++, line++)
                sum += (a == b ? 1 : 2) * n[a] * n[b] * inverses[line * SlicedList.SliceSize + lane];
        return sum;
    }

    private static int Lines(int d) => d * (d + 1) / 2;

    private readonly struct InverseKernel(PairTable pairs, RowField inverses) : IChunkedKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<T, TDim>(int firstChunk, int endChunk, int thread)
            where T : unmanaged, ILanes<T>
            where TDim : struct, IDimension
        {
            int lines = Lines(TDim.Value), end = Math.Min(endChunk * SweepChunks.Size, pairs.List.SliceCount);
            // Upper triangles by rows; of two dimensions three numbers are used, of four ten.
            Span<T> block = stackalloc T[Lines(4)];
            for (int slice = firstChunk * SweepChunks.Size; slice < end; slice++)
            {
                Span<double> columns = pairs.Columns(slice, thread);
                ref double inverse = ref inverses.Values[slice * SlicedList.SliceSize * lines];
                for (int lane = 0; lane < SlicedList.SliceSize; lane += T.Count)
                {
                    block.Clear();
                    for (int at = lane; at < columns.Length; at += PairColumn.LowStride(TDim.Value))
                        AddPair<T, TDim>(block, ref columns[at]);
                    Invert(block, TDim.Value);
                    // Bounds: the inverses of a slice are so many lines of eight numbers.
                    for (int line = 0; line < lines; line++)
                        T.Store(block[line], ref inverse, line * SlicedList.SliceSize + lane);
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void AddPair<T, TDim>(Span<T> block, ref double column)
            where T : unmanaged, ILanes<T>
            where TDim : struct, IDimension
        {
            // Bounds: a column has d + 2 lines of eight numbers.
            int d = TDim.Value;
            T weight = T.Load(ref column, 8 * d), curvature = T.Load(ref column, 8 * (d + 1));
            for (int a = 0, line = 0; a < d; a++)
            {
                T bent = curvature * T.Load(ref column, 8 * a);
                block[line] += weight;
                for (int b = a; b < d; b++, line++)
                    block[line] = T.MultiplyAdd(bent, T.Load(ref column, 8 * b), block[line]);
            }
        }

        // Sweeps of the symmetric matrix (Goodnight, Am. Stat. 33, 149 (1979)) without exchanges, as a positive definite block allows: d of them leave -1/A.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Invert<T>(Span<T> block, int d) where T : unmanaged, ILanes<T>
        {
            T zero = T.Splat(0), one = T.Splat(1), isPositive = one;
            for (int pivot = 0; pivot < d; pivot++)
            {
                isPositive = T.SelectLess(zero, block[Line(pivot, pivot, d)], isPositive, zero);
                T inverse = one / block[Line(pivot, pivot, d)];
                for (int a = 0; a < d; a++)
                {
                    if (a == pivot)
                        continue;
                    T factor = block[Line(a, pivot, d)] * inverse;
                    for (int b = a; b < d; b++)
                        if (b != pivot)
                            block[Line(a, b, d)] = T.NegativeMultiplyAdd(factor, block[Line(b, pivot, d)], block[Line(a, b, d)]);
                }
                for (int a = 0; a < d; a++)
                    block[Line(a, pivot, d)] = a == pivot ? zero - inverse : block[Line(a, pivot, d)] * inverse;
            }
            for (int a = 0; a < d; a++)
                for (int b = a; b < d; b++)
                    block[Line(a, b, d)] = T.SelectLess(zero, isPositive, zero - block[Line(a, b, d)], a == b ? one : zero);
        }

        // Where component (a, b) stands.
        private static int Line(int a, int b, int d) => Math.Min(a, b) * (2 * d - 1 - Math.Min(a, b)) / 2 + Math.Max(a, b);
    }

    private readonly struct SolveKernel(RowField inverses, RowField field, RowField to, int slotCount) : IChunkedKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<T, TDim>(int firstChunk, int endChunk, int thread)
            where T : unmanaged, ILanes<T>
            where TDim : struct, IDimension
        {
            // Bounds: fields hold slotCount rows, the inverses slotCount·d(d + 1)/2 numbers, and slots are whole slices.
            const int ChunkSlots = SweepChunks.Size * SlicedList.SliceSize;
            int lines = Lines(TDim.Value), end = Math.Min(endChunk * ChunkSlots, slotCount);
            for (int slot = firstChunk * ChunkSlots; slot < end; slot += T.Count)
            {
                int lane = slot % SlicedList.SliceSize;
                ref double inverse = ref Unsafe.Add(ref inverses.Origin, (slot - lane) * lines + lane);
                PairVector<T, TDim> v = PairVector<T, TDim>.Consecutive(ref Unsafe.Add(ref field.Origin, slot * TDim.RowWidth));
                PairVector<T, TDim> solved = default;
                T xx = T.Load(ref inverse, 0), xy = T.Load(ref inverse, 8);
                if (TDim.Value == 2)
                {
                    T yy = T.Load(ref inverse, 16);
                    solved.X = T.MultiplyAdd(xx, v.X, xy * v.Y);
                    solved.Y = T.MultiplyAdd(xy, v.X, yy * v.Y);
                }
                else if (TDim.Value == 3)
                {
                    T xz = T.Load(ref inverse, 16), yy = T.Load(ref inverse, 24), yz = T.Load(ref inverse, 32), zz = T.Load(ref inverse, 40);
                    solved.X = T.MultiplyAdd(xx, v.X, T.MultiplyAdd(xy, v.Y, xz * v.Z));
                    solved.Y = T.MultiplyAdd(xy, v.X, T.MultiplyAdd(yy, v.Y, yz * v.Z));
                    solved.Z = T.MultiplyAdd(xz, v.X, T.MultiplyAdd(yz, v.Y, zz * v.Z));
                }
                else
                {
                    T xz = T.Load(ref inverse, 16), xw = T.Load(ref inverse, 24), yy = T.Load(ref inverse, 32), yz = T.Load(ref inverse, 40);
                    T yw = T.Load(ref inverse, 48), zz = T.Load(ref inverse, 56), zw = T.Load(ref inverse, 64), ww = T.Load(ref inverse, 72);
                    solved.X = T.MultiplyAdd(xx, v.X, T.MultiplyAdd(xy, v.Y, T.MultiplyAdd(xz, v.Z, xw * v.W)));
                    solved.Y = T.MultiplyAdd(xy, v.X, T.MultiplyAdd(yy, v.Y, T.MultiplyAdd(yz, v.Z, yw * v.W)));
                    solved.Z = T.MultiplyAdd(xz, v.X, T.MultiplyAdd(yz, v.Y, T.MultiplyAdd(zz, v.Z, zw * v.W)));
                    solved.W = T.MultiplyAdd(xw, v.X, T.MultiplyAdd(yw, v.Y, T.MultiplyAdd(zw, v.Z, ww * v.W)));
                }
                solved.StoreRows(ref Unsafe.Add(ref to.Origin, slot * TDim.RowWidth));
            }
        }
    }
}
