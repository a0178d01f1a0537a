using System.Runtime.CompilerServices;

namespace FastNqe.Contractions;

/// <summary>
/// The interacting pairs of a configuration that stands still: who neighbours whom, and for each pair x_ij and the potential's
/// derivatives, stored or computed anew in every sweep.
/// </summary>
internal sealed class PairTable
{
    /// <summary>
    /// Up to this many bytes of stored columns a sweep reads them; beyond, it computes them from positions. Stored columns are the
    /// faster while the last-level cache holds them (benchmarks/results).
    /// </summary>
    public const long LargestStored = 12L << 20;

    private readonly SimdWidth _width;
    private readonly RowField _partialSums;
    private readonly RowField _scratch;
    private readonly RowField? _stored;
    private readonly ColumnFill _fill;

    /// <param name="configuration">N particles with diameters.</param>
    /// <param name="potential">The pair potential.</param>
    /// <param name="stored">Whether to store the columns; by default where they fit <see cref="LargestStored"/>.</param>
    /// <param name="width">The vector width; by default that of <see cref="Simd"/>.</param>
    /// <exception cref="ArgumentException">The box is too small, diameters are missing, or two particles are at the same place.</exception>
    public PairTable(Configuration configuration, PairPotential potential, bool? stored = null, SimdWidth? width = null)
    {
        _width = width ?? Simd.Width;
        double largestCutoff = BoxCheck.LargestCutoff(configuration, potential);
        ParticleOrder along = ParticleOrder.AlongCurve(configuration, largestCutoff / 2);
        var search = new NeighbourSearch(configuration.Box, largestCutoff, 0, along.SlotCount, along.ParticleCount);
        search.Run(potential, OrderedParticles.From(configuration, along), _width);
        Order = along.ByNeighbourCount(search.Count);
        Particles = OrderedParticles.From(configuration, Order);
        search.Run(potential, Particles, _width);
        List = SlicedList.From(search, Order.RowWidth);
        PairCount = search.Total / 2;
        _partialSums = new RowField(ChunkCount * PairSweep<Quadratic>.PartialSize);
        _fill = ColumnFill.For(potential, Particles, List, Order.Dimension, _width);
        _scratch = new RowField(List.LongestSlice * PairColumn.Stride(Order.Dimension));
        if (stored ?? (long)List.ColumnCount * PairColumn.Stride(Order.Dimension) * sizeof(double) <= LargestStored)
        {
            _stored = new RowField(List.ColumnCount * PairColumn.Stride(Order.Dimension));
            for (int slice = 0; slice < List.SliceCount; slice++)
                _fill.Fill(slice, ref Unsafe.Add(ref _stored.Origin, (nint)List.FirstColumn[slice] * PairColumn.Stride(Order.Dimension)));
        }
    }

    public ParticleOrder Order { get; }

    public Particles Particles { get; }

    public SlicedList List { get; }

    /// <summary>The number of interacting pairs, each counted once.</summary>
    public int PairCount { get; }

    /// <summary>Whether coefficients are read from memory or computed from positions.</summary>
    public bool IsStored => _stored is not null;

    /// <summary>Sweeps over all pairs.</summary>
    /// <param name="fields">What is read and written.</param>
    /// <param name="scalars">Receives the contraction's scalars, each pair counted once.</param>
    public void Sweep<TContraction>(in SweepFields fields, Span<double> scalars)
        where TContraction : struct, IContraction
    {
        var sweep = new PairSweep<TContraction>(List, _stored, _fill, _scratch, fields, _partialSums, 0, ChunkCount);
        KernelDispatch.Run(ref sweep, Order.Dimension, _width);
        for (int scalar = 0; scalar < TContraction.Scalars; scalar++)
        {
            double sum = 0;
            for (int chunk = 0; chunk < ChunkCount; chunk++)
                sum += LaneSum.Of(_partialSums.Values.Slice(chunk * PairSweep<TContraction>.PartialSize + scalar * SlicedList.SliceSize, SlicedList.SliceSize));
            // Every pair was met twice.
            scalars[scalar] = 0.5 * sum;
        }
    }

    /// <summary>The columns of a slice, for those who need every pair only once and in plain code: valid until the next call or sweep.</summary>
    public ReadOnlySpan<double> Columns(int slice)
    {
        int stride = PairColumn.Stride(Order.Dimension), length = (List.FirstColumn[slice + 1] - List.FirstColumn[slice]) * stride;
        if (_stored is not null)
            return _stored.Values.Slice(List.FirstColumn[slice] * stride, length);
        _fill.Fill(slice, ref _scratch.Origin);
        return _scratch.Values[..length];
    }

    private int ChunkCount => (List.SliceCount + PairSweep<Quadratic>.ChunkSize - 1) / PairSweep<Quadratic>.ChunkSize;
}
