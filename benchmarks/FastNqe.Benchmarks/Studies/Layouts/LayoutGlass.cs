using FastNqe.Contractions;

namespace FastNqe.Benchmarks.Studies.Layouts;

/// <summary>A glass whose particles stand in a given order: who interacts with whom, and the direction that sweeps are taken along.</summary>
internal sealed class LayoutGlass
{
    // Beyond this a table does not fit a core's share of the last-level cache: as in PairTable.
    private const long LargestCached = 12L << 20;

    /// <param name="configuration">The glass.</param>
    /// <param name="potential">Its potential.</param>
    /// <param name="order">The order; within its windows particles are sorted by their number of neighbours, as the library does.</param>
    /// <param name="direction">z, in the caller's order.</param>
    public LayoutGlass(Configuration configuration, PairPotential potential, ParticleOrder order, ReadOnlySpan<double> direction)
    {
        Potential = potential;
        var search = new NeighbourSearch(configuration.Box, BoxCheck.LargestCutoff(configuration, potential), 0, order.SlotCount, order.ParticleCount);
        search.Run(potential, OrderedParticles.From(configuration, order), Simd.Width);
        Order = order.ByNeighbourCount(search.Count);
        Particles = OrderedParticles.From(configuration, Order);
        search.Run(potential, Particles, Simd.Width);
        Pairs = search;
        List = new SlicedList(search, Order.RowWidth);
        Z = Order.NewField();
        Order.Scatter(direction, Z);
        IsLarge = (long)List.ColumnCount * (PairColumn.LowStride(Order.Dimension) + PairColumn.HighStride) * sizeof(double) > LargestCached;
    }

    public PairPotential Potential { get; }

    public ParticleOrder Order { get; }

    public Particles Particles { get; }

    /// <summary>Every pair from both sides.</summary>
    public NeighbourLists Pairs { get; }

    /// <summary>The same in slices.</summary>
    public SlicedList List { get; }

    public RowField Z { get; }

    /// <summary>Whether sweeps ask for memory ahead of its use.</summary>
    public bool IsLarge { get; }

    public int PairCount => Pairs.Total / 2;

    /// <summary>Computes the columns of a list.</summary>
    public ColumnFill FillOf(SlicedList list) => ColumnFill.For(Potential, Particles, list, Order.Dimension, Simd.Width);
}
