using System.Runtime.CompilerServices;

namespace FastNqe.Contractions;

/// <summary>The potential's derivatives at a pair, scaled as the contractions use them: 2 f1, 4 f2, 8 f3, 16 f4.</summary>
internal struct PairCoefficients<T>
{
    public T A, B, C, D;
}

/// <summary>
/// How a column of eight pairs lies in memory: the d components of x_ij = x_j - x_i, then the four coefficients, a cache line each.
/// One layout serves every width.
/// </summary>
internal static class PairColumn
{
    /// <summary>Doubles per column.</summary>
    public static int Stride(int dimension) => SlicedList.SliceSize * (dimension + 4);

    /// <summary>Reads the lanes at <paramref name="offset"/> of a column.</summary>
    /// <param name="order">The highest derivative that is needed; a constant, folded by the compiler: lines not needed are not read.</param>
    /// <param name="columns">The first column.</param>
    /// <param name="offset">The column's place plus the first lane.</param>
    /// <param name="x">x_ij.</param>
    /// <param name="f">The coefficients.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Load<T, TDim>(int order, ref double columns, nint offset, out PairVector<T, TDim> x, out PairCoefficients<T> f)
        where T : unmanaged, ILanes<T>
        where TDim : struct, IDimension
    {
        x = PairVector<T, TDim>.Column(ref columns, offset);
        offset += 8 * TDim.Value;
        f = default;
        f.A = T.Load(ref columns, offset);
        f.B = T.Load(ref columns, offset + 8);
        if (order > 2)
            f.C = T.Load(ref columns, offset + 16);
        if (order > 3)
            f.D = T.Load(ref columns, offset + 24);
    }
}

/// <summary>Computes the columns of one slice after another from positions, for the particles of a configuration that stands still.</summary>
internal abstract class ColumnFill
{
    /// <summary>Fills the columns of a slice.</summary>
    /// <param name="slice">The slice.</param>
    /// <param name="columns">Receives the slice's columns, one after another.</param>
    public abstract void Fill(int slice, ref double columns);

    /// <summary>The columns of a potential's pairs.</summary>
    public static ColumnFill For(PairPotential potential, Particles particles, SlicedList list, int dimension, SimdWidth width)
    {
        var visitor = new Visitor(particles, list, dimension, width);
        potential.Accept(ref visitor);
        return visitor.Fill!;
    }

    private struct Visitor(Particles particles, SlicedList list, int dimension, SimdWidth width) : IPairLawVisitor
    {
        public ColumnFill? Fill { get; private set; }

        public void Visit<TLaw>(in TLaw law) where TLaw : struct, IPairLaw => Fill = new Of<TLaw>(law, particles, list, dimension, width);
    }

    private sealed class Of<TLaw>(TLaw law, Particles particles, SlicedList list, int dimension, SimdWidth width) : ColumnFill
        where TLaw : struct, IPairLaw
    {
        public override void Fill(int slice, ref double columns)
        {
            var kernel = new Kernel(law, particles, list, slice, ref columns);
            KernelDispatch.Run(ref kernel, dimension, width);
        }

        private readonly ref struct Kernel(TLaw law, Particles particles, SlicedList list, int slice, ref double columns) : IKernel
        {
            private readonly ref double _columns = ref columns;

            public void Run<T, TDim>()
                where T : unmanaged, ILanes<T>
                where TDim : struct, IDimension
            {
                // Bounds: as in PairSweep; the caller's memory holds a stride for every column of the slice.
                TLaw pairLaw = law;
                Particles all = particles;
                int begin = list.FirstColumn[slice], end = list.FirstColumn[slice + 1];
                T zero = T.Splat(0);
                for (int lane = 0; lane < SlicedList.SliceSize; lane += T.Count)
                {
                    OwnParticles<T, TDim> own = all.Own<T, TDim>(slice * SlicedList.SliceSize + lane);
                    nint to = lane;
                    for (int column = begin; column < end; column++)
                    {
                        PairVector<T, TDim> x = all.Separation(ref list.Rows[column * SlicedList.SliceSize + lane], own, out T size);
                        T u = PairVector<T, TDim>.Dot(x, x);
                        pairLaw.Derivatives(u, own.Size, size, out T f1, out T f2, out T f3, out T f4);
                        x.StoreColumn(ref _columns, to);
                        // A place filled up with the particle itself has u = 0: whatever the law made of it is discarded.
                        nint coefficients = to + 8 * TDim.Value;
                        T.Store(T.SelectLess(zero, u, f1 + f1, zero), ref _columns, coefficients);
                        T.Store(T.SelectLess(zero, u, T.Splat(4) * f2, zero), ref _columns, coefficients + 8);
                        T.Store(T.SelectLess(zero, u, T.Splat(8) * f3, zero), ref _columns, coefficients + 16);
                        T.Store(T.SelectLess(zero, u, T.Splat(16) * f4, zero), ref _columns, coefficients + 24);
                        to += PairColumn.Stride(TDim.Value);
                    }
                }
            }
        }
    }
}
