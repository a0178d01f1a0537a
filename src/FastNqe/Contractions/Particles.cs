using System.Runtime.CompilerServices;

namespace FastNqe.Contractions;

/// <summary>Positions and sizes of a slice's own particles.</summary>
internal struct OwnParticles<T, TDim>
    where T : unmanaged, ILanes<T>
    where TDim : struct, IDimension
{
    public PairVector<T, TDim> Position;
    public T Size;
}

/// <summary>Positions and sizes of all particles in the kernels' order, with the cell they live in.</summary>
/// <remarks>In three dimensions the size is the fourth number of a position's row and comes with it at no cost; otherwise it has rows of its own.</remarks>
internal readonly struct Particles(RowField positions, RowField sizes, PeriodicCell cell)
{
    public RowField Positions { get; } = positions;

    public RowField Sizes { get; } = sizes;

    /// <summary>A field, because a property would hand out a copy at every use.</summary>
    public readonly PeriodicCell Cell = cell;

    /// <summary>Consecutive particles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public OwnParticles<T, TDim> Own<T, TDim>(int firstSlot)
        where T : unmanaged, ILanes<T>
        where TDim : struct, IDimension
    {
        OwnParticles<T, TDim> own;
        // In three dimensions the fourth number of a row is the size.
        int first = firstSlot * TDim.RowWidth;
        own.Position = PairVector<T, TDim>.Consecutive(ref Unsafe.Add(ref Positions.Origin, first));
        own.Size = TDim.Value == 3 ? own.Position.W : PairVector<T, TDim>.Consecutive(ref Unsafe.Add(ref Sizes.Origin, first)).X;
        return own;
    }

    /// <summary>Particles anywhere.</summary>
    /// <param name="rows">Where their rows begin.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public OwnParticles<T, TDim> Own<T, TDim>(ref int rows)
        where T : unmanaged, ILanes<T>
        where TDim : struct, IDimension
    {
        OwnParticles<T, TDim> own;
        own.Position = PairVector<T, TDim>.Rows(ref Positions.Origin, ref rows);
        own.Size = TDim.Value == 3 ? own.Position.W : PairVector<T, TDim>.Rows(ref Sizes.Origin, ref rows).X;
        return own;
    }

    /// <summary>One particle, the same in every lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public OwnParticles<T, TDim> One<T, TDim>(int slot)
        where T : unmanaged, ILanes<T>
        where TDim : struct, IDimension
    {
        OwnParticles<T, TDim> one;
        ref double row = ref Unsafe.Add(ref Positions.Origin, slot * TDim.RowWidth);
        one.Position = PairVector<T, TDim>.Splat(ref row, 1);
        one.Size = T.Splat(TDim.Value == 3 ? Unsafe.Add(ref row, 3) : Unsafe.Add(ref Sizes.Origin, slot * TDim.RowWidth));
        return one;
    }

    /// <summary>x_j - x_i, nearest image, and the neighbours' sizes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PairVector<T, TDim> Separation<T, TDim>(ref int rows, in OwnParticles<T, TDim> own, out T size)
        where T : unmanaged, ILanes<T>
        where TDim : struct, IDimension => Separation(ref Positions.Origin, ref Sizes.Origin, Cell, ref rows, own, out size);

    /// <summary>The same for those who hold in registers what this structure refers to.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairVector<T, TDim> Separation<T, TDim>(ref double positions, ref double sizes, in PeriodicCell cell, ref int rows, in OwnParticles<T, TDim> own, out T size)
        where T : unmanaged, ILanes<T>
        where TDim : struct, IDimension
    {
        PairVector<T, TDim> position = PairVector<T, TDim>.Rows(ref positions, ref rows);
        size = TDim.Value == 3 ? position.W : PairVector<T, TDim>.Rows(ref sizes, ref rows).X;
        PairVector<T, TDim> x = position - own.Position;
        cell.MinimumImage(ref x);
        return x;
    }
}
