using FastNqe.Contractions;

namespace FastNqe.Benchmarks.Studies.Layouts;

/// <summary>The library's sweep, but all coefficients of a column in one run.</summary>
internal sealed class TogetherList<TContraction, TFormat>(LayoutGlass glass) : FullLoop<TContraction, TFormat, Together, TransposedRows>(glass, glass.Z, glass.Particles.Positions, 1)
    where TContraction : struct, IContraction
    where TFormat : struct, IColumnFormat
{
    protected override long IndexBytes => SlicedList.SliceSize * (long)Glass.List.ColumnCount * sizeof(int);

    protected override ref int Rows(int slice) => ref Glass.List.Rows[Glass.List.FirstColumn[slice] * SlicedList.SliceSize];
}
