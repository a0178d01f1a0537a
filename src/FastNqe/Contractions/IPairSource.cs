using System.Runtime.CompilerServices;

namespace FastNqe.Contractions;

/// <summary>The potential's derivatives at a pair, scaled as the contractions use them: 2 f1, 4 f2, 8 f3, 16 f4.</summary>
internal struct PairCoefficients<T>
{
    public T A, B, C, D;
}

/// <summary>Where a sweep gets a column's separations x_ij and coefficients from.</summary>
internal interface IPairSource
{
    /// <summary>What must be known of the slice's own particles; loaded once per slice.</summary>
    OwnParticles<T, TDim> Own<T, TDim>(int firstSlot)
        where T : unmanaged, ILanes<T>
        where TDim : struct, IDimension;

    /// <summary>One column of pairs, from <paramref name="lane"/> on.</summary>
    /// <param name="order">The highest derivative that is needed; a constant, folded by the compiler.</param>
    /// <param name="column">The column.</param>
    /// <param name="lane">The first lane.</param>
    /// <param name="rows">The neighbours' rows.</param>
    /// <param name="own">What <see cref="Own"/> returned.</param>
    /// <param name="x">x_j - x_i.</param>
    /// <param name="f">The coefficients.</param>
    void Pairs<T, TDim>(int order, nint column, nint lane, ref int rows, in OwnParticles<T, TDim> own, out PairVector<T, TDim> x, out PairCoefficients<T> f)
        where T : unmanaged, ILanes<T>
        where TDim : struct, IDimension;
}

/// <summary>Positions and sizes of a slice's own particles.</summary>
internal struct OwnParticles<T, TDim>
    where T : unmanaged, ILanes<T>
    where TDim : struct, IDimension
{
    public PairVector<T, TDim> Position;
    public T Size;
}

/// <summary>Separations and coefficients as they were stored at the inherent state: (d + 4) cache lines per column.</summary>
internal readonly struct StoredPairs(RowField columns) : IPairSource
{
    private readonly RowField _columns = columns;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public OwnParticles<T, TDim> Own<T, TDim>(int firstSlot)
        where T : unmanaged, ILanes<T>
        where TDim : struct, IDimension => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Pairs<T, TDim>(int order, nint column, nint lane, ref int rows, in OwnParticles<T, TDim> own, out PairVector<T, TDim> x, out PairCoefficients<T> f)
        where T : unmanaged, ILanes<T>
        where TDim : struct, IDimension
    {
        ref double origin = ref _columns.Origin;
        nint offset = column * Stride(TDim.Value) + lane;
        x = PairVector<T, TDim>.Column(ref origin, offset);
        offset += 8 * TDim.Value;
        f = default;
        f.A = T.Load(ref origin, offset);
        f.B = T.Load(ref origin, offset + 8);
        if (order > 2)
            f.C = T.Load(ref origin, offset + 16);
        if (order > 3)
            f.D = T.Load(ref origin, offset + 24);
    }

    /// <summary>Doubles per column.</summary>
    public static int Stride(int dimension) => 8 * (dimension + 4);
}

/// <summary>Separations and coefficients computed anew from positions: few bytes per pair, for glasses larger than the cache.</summary>
internal readonly struct RecomputedPairs<TLaw>(TLaw law, Particles particles) : IPairSource
    where TLaw : struct, IPairLaw
{
    private readonly TLaw _law = law;
    private readonly Particles _particles = particles;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public OwnParticles<T, TDim> Own<T, TDim>(int firstSlot)
        where T : unmanaged, ILanes<T>
        where TDim : struct, IDimension => _particles.Own<T, TDim>(firstSlot);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Pairs<T, TDim>(int order, nint column, nint lane, ref int rows, in OwnParticles<T, TDim> own, out PairVector<T, TDim> x, out PairCoefficients<T> f)
        where T : unmanaged, ILanes<T>
        where TDim : struct, IDimension
    {
        x = _particles.Separation(ref rows, own, out T size);
        T u = PairVector<T, TDim>.Dot(x, x);
        _law.Derivatives(u, own.Size, size, out T f1, out T f2, out T f3, out T f4);
        // A lane filled up with the particle itself has u = 0: whatever the law made of it is discarded.
        T zero = T.Splat(0);
        f = default;
        f.A = T.SelectLess(zero, u, f1 + f1, zero);
        f.B = T.SelectLess(zero, u, T.Splat(4) * f2, zero);
        if (order > 2)
            f.C = T.SelectLess(zero, u, T.Splat(8) * f3, zero);
        if (order > 3)
            f.D = T.SelectLess(zero, u, T.Splat(16) * f4, zero);
    }
}
