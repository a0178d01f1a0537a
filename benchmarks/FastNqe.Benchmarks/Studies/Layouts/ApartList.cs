using FastNqe.Contractions;

namespace FastNqe.Benchmarks.Studies.Layouts;

/// <summary>The library's sweep, but the coefficients of orders 3 and 4 in columns of their own.</summary>
internal sealed class ApartList<TContraction, TSeparations>(LayoutGlass glass) : FullLoop<TContraction, TSeparations, Apart, TransposedRows>(glass, glass.Z, glass.Particles.Positions, 1)
    where TContraction : struct, IContraction
    where TSeparations : struct, ISeparations
{
    protected override long IndexBytes => SlicedList.SliceSize * (long)Glass.List.ColumnCount * sizeof(int);

    protected override ref int Rows(int slice) => ref Glass.List.Rows[Glass.List.FirstColumn[slice] * SlicedList.SliceSize];
}
