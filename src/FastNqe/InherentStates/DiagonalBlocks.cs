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
        int d = _order.Dimension, lines = Lines(d);
        Span<double> block = stackalloc double[d * d];
        for (int slice = 0; slice < pairs.List.SliceCount; slice++)
        {
            ReadOnlySpan<double> columns = pairs.Columns(slice);
            Span<double> inverses = _inverses.Values.Slice(slice * SlicedList.SliceSize * lines, SlicedList.SliceSize * lines);
            for (int lane = 0; lane < SlicedList.SliceSize; lane++)
            {
                block.Clear();
                for (int at = lane; at < columns.Length; at += PairColumn.LowStride(d))
                {
                    double weight = columns[at + 8 * d], curvature = columns[at + 8 * (d + 1)];
                    for (int a = 0; a < d; a++)
                    {
                        block[a * d + a] += weight;
                        for (int b = 0; b < d; b++)
                            block[a * d + b] += curvature * columns[at + 8 * a] * columns[at + 8 * b];
                    }
                }
                Invert(block, d);
                for (int a = 0, line = 0; a < d; a++)
                    for (int b = a; b < d; b++, line++)
                        inverses[line * SlicedList.SliceSize + lane] = block[a * d + b];
            }
        }
    }

    /// <summary>to = D⁻¹·field.</summary>
    public void Solve(RowField field, RowField to)
    {
        int slices = _order.SlotCount / SlicedList.SliceSize, chunks = (slices + SweepChunks.Size - 1) / SweepChunks.Size;
        var kernel = new Kernel(_inverses, field, to, _order.SlotCount);
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

    // Gauss-Jordan in place without exchanges, as a positive definite block allows.
    private static void Invert(Span<double> block, int d)
    {
        for (int pivot = 0; pivot < d; pivot++)
        {
            double diagonal = block[pivot * d + pivot];
            if (!(diagonal > 0))
            {
                block.Clear();
                for (int axis = 0; axis < d; axis++)
                    block[axis * d + axis] = 1;
                return;
            }
            block[pivot * d + pivot] = 1;
            for (int b = 0; b < d; b++)
                block[pivot * d + b] /= diagonal;
            for (int a = 0; a < d; a++)
            {
                if (a == pivot)
                    continue;
                double factor = block[a * d + pivot];
                block[a * d + pivot] = 0;
                for (int b = 0; b < d; b++)
                    block[a * d + b] -= factor * block[pivot * d + b];
            }
        }
    }

    private readonly struct Kernel(RowField inverses, RowField field, RowField to, int slotCount) : IChunkedKernel
    {
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
