using System.Runtime.CompilerServices;
using FastNqe.Contractions;

namespace FastNqe.Benchmarks.Studies.Layouts;

/// <summary>The loop of the library's sweep for other ways to read neighbours and to store who they are.</summary>
/// <param name="glass">The glass.</param>
/// <param name="z">The direction as neighbours are read from it.</param>
/// <param name="positions">The positions likewise.</param>
/// <param name="stride">From one component of them to the next.</param>
internal abstract class FullLoop<TContraction, TFormat, TRuns, TAccess>(LayoutGlass glass, RowField z, RowField positions, nint stride) : Layout<TContraction>(glass)
    where TContraction : struct, IContraction
    where TFormat : struct, IColumnFormat
    where TRuns : struct, IColumnRuns
    where TAccess : struct, IRowAccess
{
    private readonly StoredColumns<TFormat, TRuns> _columns = new(glass, glass.List);
    private readonly RowField _v0 = glass.Order.NewField(), _v1 = glass.Order.NewField();

    public override long Bytes => SlicedList.SliceSize * (long)Glass.List.ColumnCount * StoredColumns<TFormat, TRuns>.NumbersRead(TContraction.Order) * sizeof(double)
        + IndexBytes + ((TFormat.HasSeparations ? 1 : 2) + TContraction.Vectors) * FieldBytes;

    /// <summary>Bytes that say who neighbours whom.</summary>
    protected abstract long IndexBytes { get; }

    public override void Run()
    {
        if (Simd.Width == SimdWidth.Avx512)
            Run<Lanes8>();
        else
            Run<Lanes4>();
    }

    public override void Vector(int number, Span<double> to) => Glass.Order.Gather(number == 0 ? _v0 : _v1, to);

    /// <summary>The neighbours of a slice, eight per column, and behind them what a sweep asks ahead for. Slices are asked for in their order.</summary>
    protected abstract ref int Rows(int slice);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Run<T>() where T : unmanaged, ILanes<T>
    {
        Particles particles = Glass.Particles;
        PairVector<T, D3> ownPosition = default;
        PairSums<T, D3> sums = default;
        T s0 = T.Splat(0), s1 = s0;
        int[] firstColumn = Glass.List.FirstColumn;
        for (int slice = 0; slice < Glass.List.SliceCount; slice++)
        {
            int begin = firstColumn[slice], count = firstColumn[slice + 1] - begin;
            ref int rows = ref Rows(slice);
            ref double low = ref _columns.Low(begin), high = ref _columns.High(begin);
            for (int lane = 0; lane < SlicedList.SliceSize; lane += T.Count)
            {
                int row = (slice * SlicedList.SliceSize + lane) * D3.RowWidth;
                PairVector<T, D3> ownZ = PairVector<T, D3>.Consecutive(ref Unsafe.Add(ref Glass.Z.Origin, row));
                if (!TFormat.HasSeparations)
                    ownPosition = PairVector<T, D3>.Consecutive(ref Unsafe.Add(ref particles.Positions.Origin, row));
                SumColumns(
                    ref z.Origin, ref positions.Origin, stride, ownZ, ownPosition, particles.Cell,
                    ref Unsafe.Add(ref rows, lane), ref Unsafe.Add(ref low, lane), ref Unsafe.Add(ref high, lane), count, Glass.IsLarge, ref sums);
                (-sums.V0).StoreRows(ref Unsafe.Add(ref _v0.Origin, row));
                s0 += sums.S0;
                if (TContraction.Vectors > 1)
                {
                    (-sums.V1).StoreRows(ref Unsafe.Add(ref _v1.Origin, row));
                    s1 += sums.S1;
                }
            }
        }
        (Scalars[0], Scalars[1]) = (0.5 * SweepScalars.Sum(s0), 0.5 * SweepScalars.Sum(s1));
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void SumColumns<T>(
        ref double z, ref double positions, nint stride, in PairVector<T, D3> ownZ, in PairVector<T, D3> ownPosition, in PeriodicCell box,
        ref int neighbours, ref double low, ref double high, int count, bool ahead, ref PairSums<T, D3> result)
        where T : unmanaged, ILanes<T>
    {
        PairDirections<T, D3> along = default;
        PeriodicCell cell = TFormat.HasSeparations ? default : box;
        PairSums<T, D3> sums = default;
        for (; count > 0; count--)
        {
            if (ahead)
            {
                StoredColumns<TFormat, TRuns>.Ask<T>(TContraction.Order, ref low, ref high);
                if (!TFormat.HasSeparations)
                    TAccess.Ask<T>(ref positions, stride, ref neighbours);
                TAccess.Ask<T>(ref z, stride, ref neighbours);
            }
            along.Z = TAccess.Load<T>(ref z, stride, ref neighbours) - ownZ;
            PairVector<T, D3> x;
            if (TFormat.HasSeparations)
            {
                x = PairVector<T, D3>.Column(ref low, 0);
            }
            else
            {
                x = TAccess.Load<T>(ref positions, stride, ref neighbours) - ownPosition;
                cell.MinimumImage(ref x);
            }
            PairCoefficients<T> f = StoredColumns<TFormat, TRuns>.Coefficients<T>(TContraction.Order, ref low, ref high);
            TContraction.Add(x, f, along, ref sums);
            neighbours = ref Unsafe.Add(ref neighbours, SlicedList.SliceSize);
            low = ref Unsafe.Add(ref low, StoredColumns<TFormat, TRuns>.LowStride);
            high = ref Unsafe.Add(ref high, StoredColumns<TFormat, TRuns>.HighStride);
        }
        // Component by component: as in PairSweep.
        sums.V0.CopyTo(ref result.V0);
        result.S0 = sums.S0;
        if (TContraction.Vectors > 1)
        {
            sums.V1.CopyTo(ref result.V1);
            result.S1 = sums.S1;
        }
    }
}
