using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FastNqe.Contractions;

/// <summary>The potential's derivatives at a pair, scaled as the contractions use them: 2 f1, 4 f2, 8 f3, 16 f4.</summary>
internal struct PairCoefficients<T>
{
    public T A, B, C, D;
}

/// <summary>
/// How a column of eight pairs lies in memory. Its low lines are the d components of x_ij = x_j - x_i, then A and B: all that the Hessian takes.
/// Its high lines are C and D. A line is a cache line, so one layout serves every width. Where separations are not stored, A and B stand alone.
/// Where the pair is reduced, the two numbers that the law keeps of it stand for A and B, and there are no high lines.
/// </summary>
internal static class PairColumn
{
    /// <summary>Doubles in the high lines of a column.</summary>
    public const int HighStride = 2 * SlicedList.SliceSize;

    /// <summary>Doubles in the low lines of a column.</summary>
    /// <param name="separations">The stored components of x_ij: d, or 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int LowStride(int separations) => SlicedList.SliceSize * (separations + 2);

    /// <summary>Reads the coefficients of as many lanes as there are from a column's first on.</summary>
    /// <param name="order">The highest derivative that is needed; a constant, folded by the compiler: lines not needed are not read.</param>
    /// <param name="low">The first lane's A.</param>
    /// <param name="high">The first lane's C.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairCoefficients<T> Coefficients<T>(int order, ref double low, ref double high)
        where T : unmanaged, ILanes<T>
    {
        PairCoefficients<T> f = default;
        f.A = T.Load(ref low, 0);
        f.B = T.Load(ref low, 8);
        if (order > 2)
            f.C = T.Load(ref high, 0);
        if (order > 3)
            f.D = T.Load(ref high, 8);
        return f;
    }
}

/// <summary>Memory for columns of pairs, low and high lines apart: a Hessian product then reads its memory from end to end, without gaps.</summary>
/// <param name="count">How many columns.</param>
/// <param name="separations">The components of x_ij to be stored: d, or 0.</param>
/// <param name="order">The highest derivative to be stored: 4, or 2 for low lines alone.</param>
/// <param name="reduced">Whether instead of derivatives the two numbers of <see cref="IPairLaw.Reduce"/> are stored, in low lines.</param>
internal sealed class PairColumns(int count, int separations, int order = 4, bool reduced = false)
{
    public RowField Low { get; } = new(checked(count * PairColumn.LowStride(separations)));

    /// <summary>Empty where derivatives are stored up to the second, or none.</summary>
    public RowField High { get; } = new(HasHigh(order, reduced) ? checked(count * PairColumn.HighStride) : 0);

    /// <summary>How many columns there is memory for.</summary>
    public int Count => count;

    /// <summary>The components of x_ij that are stored.</summary>
    public int Separations => separations;

    /// <summary>The highest derivative that is stored, or can be had of what is.</summary>
    public int Order => order;

    /// <summary>Whether what <see cref="IPairLaw.Reduce"/> gives is stored.</summary>
    public bool IsReduced => reduced;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref double LowAt(int column) => ref Unsafe.Add(ref Low.Origin, (nint)column * PairColumn.LowStride(separations));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref double HighAt(int column) => ref Unsafe.Add(ref High.Origin, HasHigh(order, reduced) ? (nint)column * PairColumn.HighStride : 0);

    private static bool HasHigh(int order, bool reduced) => order > 2 && !reduced;
}

/// <summary>Computes the columns of one slice after another, for the particles of a configuration that stands still.</summary>
internal abstract class ColumnFill
{
    /// <summary>Fills the columns of a slice.</summary>
    /// <param name="slice">The slice.</param>
    /// <param name="columns">Receives the slice's columns, one after another.</param>
    /// <param name="first">Where in those its first one goes.</param>
    public abstract void Fill(int slice, PairColumns columns, int first = 0);

    /// <summary>The columns of a potential's pairs, from positions.</summary>
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
        public override void Fill(int slice, PairColumns columns, int first)
        {
            var kernel = new Kernel(law, particles, list, slice, columns, first);
            KernelDispatch.Run(ref kernel, dimension, width);
        }

        private readonly struct Kernel(TLaw law, Particles particles, SlicedList list, int slice, PairColumns columns, int first) : IKernel
        {
            [MethodImpl(MethodImplOptions.AggressiveOptimization)]
            public void Run<T, TDim>()
                where T : unmanaged, ILanes<T>
                where TDim : struct, IDimension
            {
                // Bounds: as in PairSweep; the caller's memory holds every column of the slice from its first on.
                TLaw pairLaw = law;
                Particles all = particles;
                ref int rows = ref MemoryMarshal.GetArrayDataReference(list.Rows);
                int begin = list.FirstColumn[slice], count = list.FirstColumn[slice + 1] - begin;
                bool separations = columns.Separations > 0, reduced = columns.IsReduced, highOrders = columns.Order > 2 && !reduced;
                T zero = T.Splat(0);
                for (int lane = 0; lane < SlicedList.SliceSize; lane += T.Count)
                {
                    OwnParticles<T, TDim> own = all.Own<T, TDim>(slice * SlicedList.SliceSize + lane);
                    ref int neighbours = ref Unsafe.Add(ref rows, (nint)begin * SlicedList.SliceSize + lane);
                    ref double low = ref Unsafe.Add(ref columns.LowAt(first), lane);
                    ref double high = ref Unsafe.Add(ref columns.HighAt(first), lane);
                    for (int left = count; left > 0; left--)
                    {
                        Prefetch.Rows<T>(ref all.Positions.Origin, ref neighbours);
                        PairVector<T, TDim> x = all.Separation(ref neighbours, own, out T size);
                        T u = PairVector<T, TDim>.Dot(x, x);
                        // The lines' content: A to D, or the two numbers that the law keeps.
                        T a, b, c = zero, d = zero;
                        if (TLaw.IsReducible && reduced)
                        {
                            pairLaw.Reduce(u, own.Size, size, out a, out b);
                        }
                        else
                        {
                            pairLaw.Derivatives(u, own.Size, size, out T f1, out T f2, out T f3, out T f4);
                            (a, b, c, d) = (f1 + f1, T.Splat(4) * f2, T.Splat(8) * f3, T.Splat(16) * f4);
                        }
                        if (separations)
                        {
                            x.StoreColumn(ref low, 0);
                            low = ref Unsafe.Add(ref low, SlicedList.SliceSize * TDim.Value);
                        }
                        // Outside the cutoff, and where a place filled up with the particle itself has u = 0, whatever the law made of it is discarded.
                        T cutoff = pairLaw.Cutoff(own.Size, size), inside = T.SelectLess(u, cutoff * cutoff, u, zero);
                        T.Store(T.SelectLess(zero, inside, a, zero), ref low, 0);
                        T.Store(T.SelectLess(zero, inside, b, zero), ref low, 8);
                        low = ref Unsafe.Add(ref low, PairColumn.LowStride(0));
                        if (highOrders)
                        {
                            T.Store(T.SelectLess(zero, inside, c, zero), ref high, 0);
                            T.Store(T.SelectLess(zero, inside, d, zero), ref high, 8);
                            high = ref Unsafe.Add(ref high, PairColumn.HighStride);
                        }
                        neighbours = ref Unsafe.Add(ref neighbours, SlicedList.SliceSize);
                    }
                }
            }
        }
    }
}
