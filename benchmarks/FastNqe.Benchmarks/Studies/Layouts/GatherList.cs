using FastNqe.Contractions;

namespace FastNqe.Benchmarks.Studies.Layouts;

/// <summary>Neighbours read by gather instructions, from rows or from fields whose components lie apart.</summary>
internal sealed class GatherList<TContraction, TFormat> : FullLoop<TContraction, TFormat, Apart, GatheredComponents>
    where TContraction : struct, IContraction
    where TFormat : struct, IColumnFormat
{
    private readonly SlicedList _list;

    private GatherList(LayoutGlass glass, SlicedList list, RowField z, RowField positions, nint stride) : base(glass, z, positions, stride) => _list = list;

    protected override long IndexBytes => SlicedList.SliceSize * (long)_list.ColumnCount * sizeof(int);

    /// <summary>One row per particle.</summary>
    public static GatherList<TContraction, TFormat> FromRows(LayoutGlass glass) => new(glass, glass.List, glass.Z, glass.Particles.Positions, 1);

    /// <summary>All x, then all y, then all z.</summary>
    public static GatherList<TContraction, TFormat> FromComponents(LayoutGlass glass) =>
        new(glass, new SlicedList(glass.Pairs, 1), Components(glass.Z, glass), Components(glass.Particles.Positions, glass), glass.Order.SlotCount);

    protected override ref int Rows(int slice) => ref _list.Rows[_list.FirstColumn[slice] * SlicedList.SliceSize];

    private static RowField Components(RowField rows, LayoutGlass glass)
    {
        int slots = glass.Order.SlotCount;
        var components = new RowField(D3.Value * slots);
        for (int slot = 0; slot < slots; slot++)
            for (int axis = 0; axis < D3.Value; axis++)
                components.Values[axis * slots + slot] = rows.Values[slot * D3.RowWidth + axis];
        return components;
    }
}
