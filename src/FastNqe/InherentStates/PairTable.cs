
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

    private readonly PairPotential _potential;
    private readonly RowField _partialSums;
    private readonly RowField? _columns;

    public PairTable(Configuration configuration, PairPotential potential, bool? stored = null)
    {
        _potential = potential;
        double largestCutoff = BoxCheck.LargestCutoff(configuration, potential);
        ParticleOrder along = ParticleOrder.AlongCurve(configuration, largestCutoff / 2);
        var search = new NeighbourSearch(configuration.Box, largestCutoff, 0, along.SlotCount, along.ParticleCount);
        search.Run(potential, OrderedParticles.From(configuration, along), Simd.Width);
        Order = along.ByNeighbourCount(search.Found);
        Particles = OrderedParticles.From(configuration, Order);
        search.Run(potential, Particles, Simd.Width);
        List = SlicedList.From(Order.SlotCount, search.Found, search.Neighbours, Order.RowWidth);
        PairCount = search.Neighbours.Length / 2;
        _partialSums = new RowField(ChunkCount * PairSweep<StoredPairs, Quadratic>.PartialSize);
        if (stored ?? (long)List.ColumnCount * StoredPairs.Stride(Order.Dimension) * sizeof(double) <= LargestStored)
        {
            _columns = new RowField(List.ColumnCount * StoredPairs.Stride(Order.Dimension));
            var fill = new FillVisitor(this, _columns);
            potential.Accept(ref fill);
        }
    }

    public ParticleOrder Order { get; }

    public Particles Particles { get; }

    public SlicedList List { get; }

    /// <summary>The number of interacting pairs, each counted once.</summary>
    public int PairCount { get; }

    /// <summary>Whether coefficients are read from memory or computed from positions.</summary>
    public bool IsStored => _columns is not null;

    /// <summary>Sweeps over all pairs.</summary>
    /// <param name="fields">What is read and written.</param>
    /// <param name="scalars">Receives the contraction's scalars, each pair counted once.</param>
    public void Sweep<TContraction>(in SweepFields fields, Span<double> scalars)
        where TContraction : struct, IContraction
    {
        if (_columns is not null)
        {
            RunSweep<StoredPairs, TContraction>(new StoredPairs(_columns), fields);
        }
        else
        {
            var visitor = new SweepVisitor<TContraction>(this, fields);
            _potential.Accept(ref visitor);
        }
        for (int scalar = 0; scalar < TContraction.Scalars; scalar++)
        {
            double sum = 0;
            for (int chunk = 0; chunk < ChunkCount; chunk++)
                sum += LaneSum.Of(_partialSums.Values.Slice(chunk * PairSweep<StoredPairs, TContraction>.PartialSize + scalar * SlicedList.SliceSize, SlicedList.SliceSize));
            // Every pair was met twice.
            scalars[scalar] = 0.5 * sum;
        }
    }

    private int ChunkCount => (List.SliceCount + PairSweep<StoredPairs, Quadratic>.ChunkSize - 1) / PairSweep<StoredPairs, Quadratic>.ChunkSize;

    private void RunSweep<TSource, TContraction>(TSource source, in SweepFields fields)
        where TSource : struct, IPairSource
        where TContraction : struct, IContraction
    {
        var sweep = new PairSweep<TSource, TContraction>(source, List, fields, _partialSums, 0, ChunkCount);
        KernelDispatch.Run(ref sweep, Order.Dimension, Simd.Width);
    }

    private readonly struct SweepVisitor<TContraction>(PairTable table, SweepFields fields) : IPairLawVisitor
        where TContraction : struct, IContraction
    {
        public void Visit<TLaw>(in TLaw law) where TLaw : struct, IPairLaw =>
            table.RunSweep<RecomputedPairs<TLaw>, TContraction>(new RecomputedPairs<TLaw>(law, table.Particles), fields);
    }

    private readonly struct FillVisitor(PairTable table, RowField columns) : IPairLawVisitor
    {
        public void Visit<TLaw>(in TLaw law) where TLaw : struct, IPairLaw
        {
            var fill = new FillKernel<TLaw>(new RecomputedPairs<TLaw>(law, table.Particles), table.List, columns);
            KernelDispatch.Run(ref fill, table.Order.Dimension, Simd.Width);
        }
    }

    private readonly struct FillKernel<TLaw>(RecomputedPairs<TLaw> source, SlicedList list, RowField columns) : IKernel
        where TLaw : struct, IPairLaw
    {
        public void Run<T, TDim>()
            where T : unmanaged, ILanes<T>
            where TDim : struct, IDimension
        {
            int stride = StoredPairs.Stride(TDim.Value);
            for (int slice = 0; slice < list.SliceCount; slice++)
            {
                for (int lane = 0; lane < SlicedList.SliceSize; lane += T.Count)
                {
                    OwnParticles<T, TDim> own = source.Own<T, TDim>(slice * SlicedList.SliceSize + lane);
                    for (int column = list.FirstColumn[slice]; column < list.FirstColumn[slice + 1]; column++)
                    {
                        ref int rows = ref list.Rows[column * SlicedList.SliceSize + lane];
                        source.Pairs(4, column, lane, ref rows, own, out PairVector<T, TDim> x, out PairCoefficients<T> f);
                        nint to = (nint)column * stride + lane;
                        x.StoreColumn(ref columns.Origin, to);
                        to += 8 * TDim.Value;
                        T.Store(f.A, ref columns.Origin, to);
                        T.Store(f.B, ref columns.Origin, to + 8);
                        T.Store(f.C, ref columns.Origin, to + 16);
                        T.Store(f.D, ref columns.Origin, to + 24);
                    }
                }
            }
        }
    }
}
