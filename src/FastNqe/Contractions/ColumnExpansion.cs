using System.Runtime.CompilerServices;

namespace FastNqe.Contractions;

/// <summary>Computes the low lines of whole columns from reduced ones, for those who read a slice's columns more than once or one pair after another.</summary>
internal static class ColumnExpansion
{
    /// <summary>The whole columns of reduced ones.</summary>
    public static ColumnFill Of(PairPotential potential, PairColumns reduced, SlicedList list, int dimension, SimdWidth width)
    {
        var visitor = new Visitor(reduced, list, dimension, width);
        potential.Accept(ref visitor);
        return visitor.Fill!;
    }

    private struct Visitor(PairColumns reduced, SlicedList list, int dimension, SimdWidth width) : IPairLawVisitor
    {
        public ColumnFill? Fill { get; private set; }

        public void Visit<TLaw>(in TLaw law) where TLaw : struct, IPairLaw => Fill = new ByLaw<TLaw>(law, reduced, list, dimension, width);
    }

    private sealed class ByLaw<TLaw>(TLaw law, PairColumns reduced, SlicedList list, int dimension, SimdWidth width) : ColumnFill
        where TLaw : struct, IPairLaw
    {
        public override void Fill(int slice, PairColumns columns, int first)
        {
            var kernel = new Kernel(new ReducedColumns<TLaw>(law), reduced, list.FirstColumn[slice], list.FirstColumn[slice + 1], columns, first);
            KernelDispatch.Run(ref kernel, dimension, width);
        }

        // Bounds: both memories hold every column of the slice from its first on.
        private readonly struct Kernel(ReducedColumns<TLaw> format, PairColumns reduced, int begin, int end, PairColumns columns, int first) : IKernel
        {
            [MethodImpl(MethodImplOptions.AggressiveOptimization)]
            public void Run<T, TDim>()
                where T : unmanaged, ILanes<T>
                where TDim : struct, IDimension
            {
                ReducedColumns<TLaw> law = format;
                int stride = PairColumn.LowStride(TDim.Value);
                for (int lane = 0; lane < SlicedList.SliceSize; lane += T.Count)
                {
                    ref double from = ref Unsafe.Add(ref reduced.LowAt(begin), lane);
                    ref double to = ref Unsafe.Add(ref columns.LowAt(first), lane);
                    for (int left = end - begin; left > 0; left--)
                    {
                        Prefetch.Column<T>(ref from, stride, TDim.Value + 2);
                        PairVector<T, TDim> x = PairVector<T, TDim>.Column(ref from, 0);
                        PairCoefficients<T> f = law.Coefficients(2, x, ref Unsafe.Add(ref from, SlicedList.SliceSize * TDim.Value), ref from);
                        x.StoreColumn(ref to, 0);
                        T.Store(f.A, ref to, SlicedList.SliceSize * TDim.Value);
                        T.Store(f.B, ref to, SlicedList.SliceSize * (TDim.Value + 1));
                        from = ref Unsafe.Add(ref from, stride);
                        to = ref Unsafe.Add(ref to, stride);
                    }
                }
            }
        }
    }
}
