using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FastNqe.Contractions;

/// <summary>The potential's derivatives at a pair, scaled as the contractions use them: 2 f1, 4 f2, 8 f3, 16 f4.</summary>
internal struct PairCoefficients<T>
{
    public T A, B, C, D;
}

/// <summary>
/// How a column of eight pairs lies in memory: the d components of x_ij = x_j - x_i, then the four coefficients, a cache line each.
/// One layout serves every width. Where separations are not stored, the coefficients stand alone.
/// </summary>
internal static class PairColumn
{
    /// <summary>Doubles per column of coefficients alone.</summary>
    public const int CoefficientStride = 4 * SlicedList.SliceSize;

    /// <summary>Doubles per column.</summary>
    public static int Stride(int dimension) => SlicedList.SliceSize * dimension + CoefficientStride;

    /// <summary>Reads the coefficients of as many lanes as there are from a column's first on.</summary>
    /// <param name="order">The highest derivative that is needed; a constant, folded by the compiler: lines not needed are not read.</param>
    /// <param name="coefficients">The first lane's A.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairCoefficients<T> Coefficients<T>(int order, ref double coefficients)
        where T : unmanaged, ILanes<T>
    {
        PairCoefficients<T> f = default;
        f.A = T.Load(ref coefficients, 0);
        f.B = T.Load(ref coefficients, 8);
        if (order > 2)
            f.C = T.Load(ref coefficients, 16);
        if (order > 3)
            f.D = T.Load(ref coefficients, 24);
        return f;
    }
}

/// <summary>Computes the columns of one slice after another from positions, for the particles of a configuration that stands still.</summary>
internal abstract class ColumnFill
{
    /// <summary>Fills the columns of a slice.</summary>
    /// <param name="slice">The slice.</param>
    /// <param name="columns">Receives the slice's columns, one after another.</param>
    /// <param name="separations">Whether separations come with the coefficients.</param>
    public abstract void Fill(int slice, ref double columns, bool separations = true);

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
        public override void Fill(int slice, ref double columns, bool separations)
        {
            var kernel = new Kernel(law, particles, list, slice, separations, ref columns);
            KernelDispatch.Run(ref kernel, dimension, width);
        }

        private readonly ref struct Kernel(TLaw law, Particles particles, SlicedList list, int slice, bool separations, ref double columns) : IKernel
        {
            private readonly ref double _columns = ref columns;

            [MethodImpl(MethodImplOptions.AggressiveOptimization)]
            public void Run<T, TDim>()
                where T : unmanaged, ILanes<T>
                where TDim : struct, IDimension
            {
                // Bounds: as in PairSweep; the caller's memory holds a stride for every column of the slice.
                TLaw pairLaw = law;
                Particles all = particles;
                ref int rows = ref MemoryMarshal.GetArrayDataReference(list.Rows);
                int begin = list.FirstColumn[slice], count = list.FirstColumn[slice + 1] - begin;
                T zero = T.Splat(0);
                for (int lane = 0; lane < SlicedList.SliceSize; lane += T.Count)
                {
                    OwnParticles<T, TDim> own = all.Own<T, TDim>(slice * SlicedList.SliceSize + lane);
                    ref int neighbours = ref Unsafe.Add(ref rows, (nint)begin * SlicedList.SliceSize + lane);
                    ref double to = ref Unsafe.Add(ref _columns, lane);
                    for (int left = count; left > 0; left--)
                    {
                        Prefetch.Rows<T>(ref all.Positions.Origin, ref neighbours);
                        PairVector<T, TDim> x = all.Separation(ref neighbours, own, out T size);
                        T u = PairVector<T, TDim>.Dot(x, x);
                        pairLaw.Derivatives(u, own.Size, size, out T f1, out T f2, out T f3, out T f4);
                        if (separations)
                        {
                            x.StoreColumn(ref to, 0);
                            to = ref Unsafe.Add(ref to, SlicedList.SliceSize * TDim.Value);
                        }
                        // Outside the cutoff, and where a place filled up with the particle itself has u = 0, whatever the law made of it is discarded.
                        T cutoff = pairLaw.Cutoff(own.Size, size), inside = T.SelectLess(u, cutoff * cutoff, u, zero);
                        T.Store(T.SelectLess(zero, inside, f1 + f1, zero), ref to, 0);
                        T.Store(T.SelectLess(zero, inside, T.Splat(4) * f2, zero), ref to, 8);
                        T.Store(T.SelectLess(zero, inside, T.Splat(8) * f3, zero), ref to, 16);
                        T.Store(T.SelectLess(zero, inside, T.Splat(16) * f4, zero), ref to, 24);
                        to = ref Unsafe.Add(ref to, PairColumn.CoefficientStride);
                        neighbours = ref Unsafe.Add(ref neighbours, SlicedList.SliceSize);
                    }
                }
            }
        }
    }
}
