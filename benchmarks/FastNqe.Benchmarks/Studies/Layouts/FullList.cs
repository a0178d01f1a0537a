using FastNqe.Contractions;

namespace FastNqe.Benchmarks.Studies.Layouts;

/// <summary>The library's sweep: every pair twice, nothing scattered.</summary>
internal sealed class FullList<TContraction, TFormat> : Layout<TContraction>
    where TContraction : struct, IContraction
    where TFormat : struct, IColumnFormat
{
    private readonly PairSweep<TContraction, TFormat> _sweep;
    private readonly SweepChunks _chunks;
    private readonly RowField _v0, _v1;
    private readonly bool _isStored;

    /// <param name="glass">The glass.</param>
    /// <param name="isStored">Whether columns are stored or computed anew in every sweep.</param>
    public FullList(LayoutGlass glass, bool isStored = true) : base(glass)
    {
        (_v0, _v1) = (glass.Order.NewField(), glass.Order.NewField());
        _chunks = new SweepChunks(glass.List.SliceCount, D3.Value, Simd.Width);
        _isStored = isStored;
        _sweep = new PairSweep<TContraction, TFormat>(
            glass.List, glass.Particles, isStored ? Columns(glass) : null, glass.FillOf(glass.List),
            [new PairColumns(glass.List.LongestSlice, D3.Value)], glass.IsLarge, new SweepFields(glass.Z, V0: _v0, V1: _v1), _chunks.PartialSums, default);
    }

    public override long Bytes
    {
        get
        {
            int numbers = _isStored ? TContraction.Order + (TFormat.HasSeparations ? D3.Value : 0) : 0;
            int positions = _isStored && TFormat.HasSeparations ? 0 : 1;
            return SlicedList.SliceSize * (long)Glass.List.ColumnCount * (sizeof(int) + numbers * sizeof(double)) + (1 + TContraction.Vectors + positions) * FieldBytes;
        }
    }

    public override void Run()
    {
        PairSweep<TContraction, TFormat> sweep = _sweep;
        _chunks.Run(ref sweep);
        for (int scalar = 0; scalar < TContraction.Scalars; scalar++)
            Scalars[scalar] = 0.5 * _chunks.Sum(scalar);
    }

    public override void Vector(int number, Span<double> to) => Glass.Order.Gather(number == 0 ? _v0 : _v1, to);

    private static PairColumns Columns(LayoutGlass glass)
    {
        var columns = new PairColumns(glass.List.ColumnCount, TFormat.HasSeparations ? D3.Value : 0);
        ColumnFill fill = glass.FillOf(glass.List);
        for (int slice = 0; slice < glass.List.SliceCount; slice++)
            fill.Fill(slice, columns, glass.List.FirstColumn[slice]);
        return columns;
    }
}
