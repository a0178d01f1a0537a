using System.Runtime.CompilerServices;

namespace FastNqe.Contractions;

/// <summary>What is kept of every pair of a configuration that stands still; the rest is computed anew in every sweep.</summary>
internal enum PairStorage
{
    /// <summary>Separations and coefficients, d + 4 cache lines per column: the fewest operations.</summary>
    Columns,

    /// <summary>Separations and the two numbers that a reducible law keeps of a pair, d + 2 cache lines per column: the least to fetch from memory with one scattered read per pair and vector.</summary>
    Reduced,

    /// <summary>Coefficients, four cache lines per column; separations come from positions: less to fetch from memory.</summary>
    Coefficients,

    /// <summary>Coefficients up to the second derivative, two cache lines per column, for products with the Hessian; higher orders compute everything anew.</summary>
    HessianCoefficients,

    /// <summary>Nothing but the list of neighbours: the least memory.</summary>
    List,
}

/// <summary>
/// The interacting pairs of a configuration that stands still: who neighbours whom, and for each pair x_ij and the potential's
/// derivatives.
/// </summary>
internal sealed class PairTable
{
    /// <summary>Up to this many bytes of columns they are stored (benchmarks/results): of ipl-3d 0.96 kB per particle, 560,000 particles; reduced 0.69 kB, 780,000 particles.</summary>
    public const long LargestColumns = 512L << 20;

    /// <summary>Up to this many bytes of coefficients they are stored: of ipl-3d 0.55 kB per particle, 980,000 particles; those of the Hessian alone are half of it.</summary>
    public const long LargestCoefficients = 512L << 20;

    // Tables beyond this do not fit a core's share of the last-level cache.
    private const long LargestCached = 12L << 20;

    private readonly ExclusiveUse _use = new("the pair table of this glass");
    private readonly PairPotential _potential;
    private readonly PairStorage? _asked;

    // Whether the law is reducible, and registers are wide enough to compute coefficients while memory delivers pairs (benchmarks/results).
    private readonly bool _reducingPays;

    // The highest derivative that sweeps ask for: 4, or 2.
    private readonly int _order;
    private readonly SweepChunks _chunks;
    private readonly ColumnFill _fill;
    private bool _isLarge;
    private PairColumns? _stored;

    // Fills a slice's whole columns where they are not stored, of reduced ones only what the Hessian takes.
    private ColumnFill _whole;
    private PairColumns[] _scratch = [];

    /// <param name="configuration">N particles with diameters.</param>
    /// <param name="potential">The pair potential.</param>
    /// <param name="storage">What to store; by default everything of a costly law, else as much as fits <see cref="LargestColumns"/> or <see cref="LargestCoefficients"/>.</param>
    /// <param name="width">The vector width; by default that of <see cref="Simd"/>.</param>
    /// <exception cref="ArgumentException">The box is too small, diameters are missing, a particle is farther than a million boxes away, or two are at the same place.</exception>
    public PairTable(Configuration configuration, PairPotential potential, PairStorage? storage = null, SimdWidth? width = null)
        : this(Neighbourhood(configuration, potential, width ?? Simd.Width), potential, storage, width ?? Simd.Width)
    {
    }

    /// <summary>For products with the Hessian: the pairs of particles that moved to where they are now, and where forces were computed; valid until they move again.</summary>
    /// <remarks>Where columns do not fit nothing is stored, because whoever moves the particles has working memory besides.</remarks>
    /// <param name="pairs">Particles, shared with this table.</param>
    public PairTable(PairForces pairs) : this((pairs.Order, pairs.Particles, pairs.Interacting()), pairs.Potential, null, pairs.Width, order: 2)
    {
    }

    private PairTable((ParticleOrder Order, Particles Particles, NeighbourLists Lists) of, PairPotential potential, PairStorage? storage, SimdWidth width, int order = 4)
    {
        (Order, Particles, NeighbourLists lists) = of;
        List = new SlicedList(lists, Order.RowWidth);
        if (storage == PairStorage.Reduced && !potential.IsReducible)
            throw new ArgumentException($"{potential} is not reducible", nameof(storage));
        _potential = potential;
        _reducingPays = potential.IsReducible && width == SimdWidth.Avx512;
        _asked = storage ?? (potential.IsCostly ? PairStorage.Columns : null);
        _order = order;
        _chunks = new SweepChunks(List.SliceCount, Order.Dimension, width);
        _whole = _fill = ColumnFill.For(potential, Particles, List, Order.Dimension, width);
        Store();
    }

    public ParticleOrder Order { get; }

    public Particles Particles { get; }

    public SlicedList List { get; }

    /// <summary>The number of interacting pairs, each counted once.</summary>
    public int PairCount => List.PairCount;

    /// <summary>What is kept of every pair.</summary>
    public PairStorage Storage { get; private set; }

    /// <summary>The pairs of the same particles after they moved and forces were computed, in the same memory where it is large enough.</summary>
    /// <param name="pairs">The particles that this table was made of.</param>
    public void Renew(PairForces pairs)
    {
        List.Fill(pairs.Interacting());
        Store();
    }

    /// <summary>Sweeps over all pairs.</summary>
    /// <param name="fields">What is read and written.</param>
    /// <param name="scalars">Receives the contraction's scalars, each pair counted once.</param>
    /// <exception cref="InvalidOperationException">Another thread sweeps: partial sums and scratch memory belong to the table.</exception>
    public void Sweep<TContraction>(in SweepFields fields, Span<double> scalars)
        where TContraction : struct, IContraction
    {
        using ExclusiveUse.Turn turn = _use.Begin();
        // Read once: whoever changes it meanwhile must not bring in a thread without scratch.
        int threads = SweepThreads.Count;
        ReserveScratch(threads);
        if (_stored is null || _stored.Order < TContraction.Order)
        {
            Sweep<TContraction, WholeColumns>(null, default, fields, threads);
        }
        else if (_stored.IsReduced)
        {
            var sweep = new ReducedSweep<TContraction>(this, fields, threads);
            _potential.Accept(ref sweep);
        }
        else if (_stored.Separations == 0)
        {
            Sweep<TContraction, CoefficientColumns>(_stored, default, fields, threads);
        }
        else
        {
            Sweep<TContraction, WholeColumns>(_stored, default, fields, threads);
        }
        for (int scalar = 0; scalar < TContraction.Scalars; scalar++)
            scalars[scalar] = 0.5 * _chunks.Sum(scalar);
    }

    /// <summary>M applied to the eight vectors of a block.</summary>
    /// <param name="z">Eight vectors side by side (see <see cref="BlockSweep"/>).</param>
    /// <param name="products">Receives their products.</param>
    /// <exception cref="InvalidOperationException">Another thread sweeps.</exception>
    public void Sweep(RowField z, RowField products)
    {
        using ExclusiveUse.Turn turn = _use.Begin();
        int threads = SweepThreads.Count;
        ReserveScratch(threads);
        var sweep = new BlockSweep(List, Storage is PairStorage.Columns or PairStorage.Reduced ? _stored : null, _whole, _scratch, _isLarge, z, products);
        _chunks.Run(ref sweep, threads);
    }

    /// <summary>Runs a kernel over all chunks of slices, which asks for their <see cref="Columns"/>.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <exception cref="InvalidOperationException">Another thread sweeps.</exception>
    public void Run<TKernel>(ref TKernel kernel) where TKernel : struct, IChunkedKernel
    {
        using ExclusiveUse.Turn turn = _use.Begin();
        int threads = SweepThreads.Count;
        ReserveScratch(threads);
        _chunks.Run(ref kernel, threads);
    }

    /// <summary>Separations, A and B of a slice's columns, for those who need every pair only once: valid until the next call of the same thread, or sweep.</summary>
    /// <param name="slice">The slice.</param>
    /// <param name="thread">The thread within <see cref="Run"/>.</param>
    public Span<double> Columns(int slice, int thread = 0)
    {
        int stride = PairColumn.LowStride(Order.Dimension), length = (List.FirstColumn[slice + 1] - List.FirstColumn[slice]) * stride;
        if (Storage == PairStorage.Columns)
            return _stored!.Low.Values.Slice(List.FirstColumn[slice] * stride, length);
        _whole.Fill(slice, _scratch[thread]);
        return _scratch[thread].Low.Values[..length];
    }

    private void Sweep<TContraction, TFormat>(PairColumns? stored, in TFormat format, in SweepFields fields, int threads)
        where TContraction : struct, IContraction
        where TFormat : struct, IColumnFormat
    {
        var sweep = new PairSweep<TContraction, TFormat>(List, Particles, stored, _fill, _scratch, _isLarge, fields, _chunks.PartialSums, format);
        _chunks.Run(ref sweep, threads);
    }

    // A sweep that expands what is stored, compiled for the law.
    private readonly ref struct ReducedSweep<TContraction>(PairTable table, in SweepFields fields, int threads) : IPairLawVisitor
        where TContraction : struct, IContraction
    {
        private readonly ref readonly SweepFields _fields = ref fields;

        public void Visit<TLaw>(in TLaw law) where TLaw : struct, IPairLaw
        {
            // Tables of other laws are never reduced, and no kernels are compiled for them.
            if (TLaw.IsReducible)
                table.Sweep<TContraction, ReducedColumns<TLaw>>(table._stored, new ReducedColumns<TLaw>(law), _fields, threads);
        }
    }

    // Particles in an order that suits the configuration, and who interacts with whom.
    private static (ParticleOrder Order, Particles Particles, NeighbourLists Lists) Neighbourhood(Configuration configuration, PairPotential potential, SimdWidth width)
    {
        BoxCheck.RefuseFarAway(configuration);
        double largestCutoff = BoxCheck.LargestCutoff(configuration, potential);
        ParticleOrder along = ParticleOrder.AlongCurve(configuration, largestCutoff / 2);
        var search = new NeighbourSearch(configuration.Box, largestCutoff, 0, along.SlotCount, along.ParticleCount);
        search.Run(potential, OrderedParticles.From(configuration, along), width);
        ParticleOrder order = along.ByNeighbourCount(search.Count);
        Particles particles = OrderedParticles.From(configuration, order);
        search.Run(potential, particles, width);
        return (order, particles, search);
    }

    private void Store()
    {
        _isLarge = Bytes(Order.Dimension, _order) > LargestCached;
        Storage = _asked ?? Affordable();
        ReserveScratch(1);
        if (Storage == PairStorage.List)
        {
            (_stored, _whole) = (null, _fill);
            return;
        }
        bool reduced = Storage == PairStorage.Reduced;
        int separations = reduced || Storage == PairStorage.Columns ? Order.Dimension : 0, order = Storage == PairStorage.HessianCoefficients ? 2 : _order;
        if (_stored is null || _stored.Separations != separations || _stored.Order != order || _stored.IsReduced != reduced)
            _stored = new PairColumns(List.ColumnCount, separations, order, reduced);
        // As in the list, what had to grow once may have to again.
        else if (_stored.Count < List.ColumnCount)
            _stored = new PairColumns(List.ColumnCount + List.ColumnCount / 20, separations, order, reduced);
        _whole = reduced ? ColumnExpansion.Of(_potential, _stored, List, Order.Dimension, _chunks.Width) : _fill;
        var storing = new Storing(_fill, _stored, List);
        _chunks.Run(ref storing);
    }

    private readonly struct Storing(ColumnFill fill, PairColumns columns, SlicedList list) : IChunkedKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<T, TDim>(int firstChunk, int endChunk, int thread)
            where T : unmanaged, ILanes<T>
            where TDim : struct, IDimension
        {
            int end = Math.Min(endChunk * SweepChunks.Size, list.SliceCount);
            for (int slice = firstChunk * SweepChunks.Size; slice < end; slice++)
                fill.Fill(slice, columns, list.FirstColumn[slice]);
        }
    }

    private PairStorage Affordable() =>
        _isLarge && _reducingPays && _order > 2 && Bytes(Order.Dimension, 2) <= LargestColumns ? PairStorage.Reduced
        : Bytes(Order.Dimension, _order) <= LargestColumns ? PairStorage.Columns
        : _order == 2 ? PairStorage.List
        : Bytes(0, 4) <= LargestCoefficients ? PairStorage.Coefficients
        : Bytes(0, 2) <= LargestCoefficients ? PairStorage.HessianCoefficients
        : PairStorage.List;

    // Of all columns, with so many components of the separations and derivatives up to an order of 2 or 4.
    private long Bytes(int separations, int order) =>
        (long)List.ColumnCount * (PairColumn.LowStride(separations) + (order > 2 ? PairColumn.HighStride : 0)) * sizeof(double);

    // One slice's columns for every thread that may sweep.
    private void ReserveScratch(int threads)
    {
        int longest = List.LongestSlice;
        Array.Resize(ref _scratch, Math.Max(threads, _scratch.Length));
        foreach (ref PairColumns columns in _scratch.AsSpan())
            if (columns is null || columns.Count < longest)
                columns = new PairColumns(longest, Order.Dimension);
    }
}
