using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FastNqe.Contractions;

namespace FastNqe.Benchmarks.Studies.Layouts;

/// <summary>Every pair once: what it gives to i stays in registers, what it gives to j is scattered.</summary>
internal sealed class HalfList<TContraction, TFormat, TRuns> : Layout<TContraction>
    where TContraction : struct, IContraction
    where TFormat : struct, IColumnFormat
    where TRuns : struct, IColumnRuns
{
    private readonly SlicedList _list;
    private readonly StoredColumns<TFormat, TRuns> _columns;
    private readonly RowField _vectors;

    public HalfList(LayoutGlass glass) : base(glass)
    {
        _list = new SlicedList(new HalfLists(glass.Pairs), D3.RowWidth);
        _columns = new StoredColumns<TFormat, TRuns>(glass, _list);
        _vectors = new RowField(glass.Order.SlotCount * RowScatter.RowWidth(TContraction.Vectors));
    }

    // The vectors are cleared, then read and written.
    public override long Bytes => SlicedList.SliceSize * (long)_list.ColumnCount * (sizeof(int) + StoredColumns<TFormat, TRuns>.NumbersRead(TContraction.Order) * sizeof(double))
        + (TFormat.HasSeparations ? 1 : 2) * FieldBytes + 3L * _vectors.Length * sizeof(double);

    public override void Run()
    {
        if (Simd.Width == SimdWidth.Avx512)
            Run<Lanes8>();
        else
            Run<Lanes4>();
    }

    public override void Vector(int number, Span<double> to)
    {
        int width = RowScatter.RowWidth(TContraction.Vectors);
        for (int slot = 0; slot < Glass.Order.ParticleCount; slot++)
            _vectors.Values.Slice(slot * width + D3.Value * number, D3.Value).CopyTo(to[(D3.Value * Glass.Order.ParticleOf[slot])..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Run<T>() where T : unmanaged, ILanes<T>
    {
        _vectors.Values.Clear();
        PairSums<T, D3> sums = default;
        T s0 = T.Splat(0), s1 = s0;
        ref int rows = ref MemoryMarshal.GetArrayDataReference(_list.Rows);
        for (int slice = 0; slice < _list.SliceCount; slice++)
        {
            int begin = _list.FirstColumn[slice], count = _list.FirstColumn[slice + 1] - begin;
            ref double low = ref _columns.Low(begin), high = ref _columns.High(begin);
            for (int lane = 0; lane < SlicedList.SliceSize; lane += T.Count)
            {
                int row = (slice * SlicedList.SliceSize + lane) * D3.RowWidth;
                SumColumns(
                    ref Glass.Z.Origin, Glass.Particles, ref _vectors.Origin, row,
                    ref Unsafe.Add(ref rows, (nint)begin * SlicedList.SliceSize + lane), ref Unsafe.Add(ref low, lane), ref Unsafe.Add(ref high, lane), count, Glass.IsLarge, ref sums);
                Scatter(ref Unsafe.Add(ref _vectors.Origin, TContraction.Vectors * row), ref OwnRows.Of(D3.RowWidth), sums);
                s0 += sums.S0;
                s1 += sums.S1;
            }
        }
        Scalars[0] = SweepScalars.Sum(s0);
        Scalars[1] = SweepScalars.Sum(s1);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void SumColumns<T>(
        ref double z, in Particles particles, ref double vectors, int ownRow, ref int neighbours, ref double low, ref double high, int count, bool ahead, ref PairSums<T, D3> result)
        where T : unmanaged, ILanes<T>
    {
        PairDirections<T, D3> along = default;
        PairVector<T, D3> ownZ = PairVector<T, D3>.Consecutive(ref Unsafe.Add(ref z, ownRow)), ownPosition = default;
        ref double positions = ref TFormat.HasSeparations ? ref Unsafe.NullRef<double>() : ref particles.Positions.Origin;
        PeriodicCell cell = TFormat.HasSeparations ? default : particles.Cell;
        if (!TFormat.HasSeparations)
            ownPosition = PairVector<T, D3>.Consecutive(ref Unsafe.Add(ref positions, ownRow));
        PairSums<T, D3> sums = default;
        for (; count > 0; count--)
        {
            if (ahead)
            {
                StoredColumns<TFormat, TRuns>.Ask<T>(TContraction.Order, ref low, ref high);
                if (!TFormat.HasSeparations)
                    Prefetch.Rows<T>(ref positions, ref neighbours);
                Prefetch.Rows<T>(ref z, ref neighbours);
                RowScatter.Prefetch<T>(ref vectors, ref neighbours, TContraction.Vectors);
            }
            along.Z = PairVector<T, D3>.Rows(ref z, ref neighbours) - ownZ;
            PairVector<T, D3> x;
            if (TFormat.HasSeparations)
            {
                x = PairVector<T, D3>.Column(ref low, 0);
            }
            else
            {
                x = PairVector<T, D3>.Rows(ref positions, ref neighbours) - ownPosition;
                cell.MinimumImage(ref x);
            }
            PairCoefficients<T> f = StoredColumns<TFormat, TRuns>.Coefficients<T>(TContraction.Order, ref low, ref high);
            PairSums<T, D3> pair = default;
            TContraction.Add(x, f, along, ref pair);
            Scatter(ref vectors, ref neighbours, pair);
            sums.V0 = sums.V0 - pair.V0;
            sums.S0 += pair.S0;
            if (TContraction.Vectors > 1)
            {
                sums.V1 = sums.V1 - pair.V1;
                sums.S1 += pair.S1;
            }
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Scatter<T>(ref double vectors, ref int rows, in PairSums<T, D3> sums) where T : unmanaged, ILanes<T>
    {
        if (TContraction.Vectors > 1)
            RowScatter.Add(ref vectors, ref rows, sums.V0, sums.V1);
        else
            RowScatter.Add(ref vectors, ref rows, sums.V0);
    }
}
