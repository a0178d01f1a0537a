using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FastNqe.Contractions;

namespace FastNqe;

/// <summary>
/// Energies of single particles, for Monte Carlo moves: one list of neighbours per particle, renewed one particle at a time.
/// </summary>
/// <remarks>
/// <para>Two levels. The <em>candidates</em> of a particle are all within the largest cutoff of any pair plus a margin, so they stay valid
/// whatever the diameters become. Its <em>neighbours</em> are those candidates within the pair's own cutoff plus a skin, measured
/// between anchors: where each particle was when its list was last made. As long as every particle stays within its free radius of its
/// anchor, skin = 2·free radius + the larger of the longest trial step and the growth of a cutoff by a trial swap means that no
/// interacting pair is missed, before or after the trial.</para>
/// <para>When a particle leaves its free radius or changes its diameter, only its own list is made anew, and it is added to the lists of
/// its new neighbours: <see cref="RenewList"/>. So any two whose anchors are near enough stand in each other's lists (there may be others,
/// who have gone), and who was near the old anchor need not be told of the new one. All lists at once are made only when a particle has
/// left the margin of the candidates.</para>
/// <para>Sums run over eight interleaved partial sums whatever the vector width, so decisions have the same bits in every width.</para>
/// </remarks>
internal abstract class ParticleEnergies
{
    // Chosen by benchmark at N = 2000, T = 0.5 and 1.3: smaller radii renew too often, larger ones make longer lists.
    private const double FreeRadius = 0.2;
    private const double CandidateMargin = 1.5;

    private readonly SimdWidth _width;
    private readonly double _largestCutoff;
    private readonly double _largestGrowth;
    private readonly RowField _candidateAnchors;
    private NeighbourSearch? _search;
    private double _reach;
    private int[] _candidateRows = [];

    private protected ParticleEnergies(Configuration configuration, PairPotential potential, double largestSizeChange, SimdWidth width)
    {
        _width = width;
        (Box, Count, Dimension) = (configuration.Box, configuration.ParticleCount, configuration.Dimension);
        BoxCheck.RefuseFarAway(configuration);
        _largestCutoff = BoxCheck.LargestCutoff(configuration, potential);
        _largestGrowth = LargestGrowth(configuration.Diameters, potential, largestSizeChange);
        RowWidth = Dimension == 2 ? 2 : 4;
        RowField positions = NewField(), anchors = NewField();
        RowField sizes = Dimension == 3 ? positions : NewField();
        Cell = new PeriodicCell(Box);
        Current = new Particles(positions, sizes, Cell);
        Anchored = new Particles(anchors, Dimension == 3 ? anchors : sizes, Cell);
        _candidateAnchors = NewField();
        for (int i = 0; i < Count; i++)
        {
            configuration.Positions.Slice(i * Dimension, Dimension).CopyTo(Position(i));
            SetSize(i, configuration.Diameters[i]);
        }
        Hide(Count, Current);
        Lengths = new int[Count];
        Lists = new int[Count * Capacity];
    }

    /// <summary>The periodic cell.</summary>
    public Box Box { get; }

    /// <summary>N.</summary>
    public int Count { get; }

    public int Dimension { get; }

    /// <summary>The longest trial step for which the lists are valid; set by <see cref="RenewAll"/>.</summary>
    public double LongestStep { get; private set; }

    /// <summary>The longest step that the box allows: the nearest image of an interacting neighbour must stay the nearest.</summary>
    public double LargestStep => Box.SmallestHeight / 2 - _largestCutoff;

    private protected int RowWidth { get; }

    private protected PeriodicCell Cell { get; }

    /// <summary>Positions and sizes now. Row N is no particle: it is nowhere (NaN) and interacts with nothing, and fills lists up.</summary>
    private protected Particles Current { get; }

    /// <summary>Anchors, with the sizes of now.</summary>
    private protected Particles Anchored { get; }

    private protected int Capacity { get; private set; } = 64;

    /// <summary>Where the neighbours' rows begin: Capacity numbers per particle, filled up to a multiple of eight with row N.</summary>
    private protected int[] Lists { get; private set; }

    /// <summary>The number of neighbours of each particle.</summary>
    private protected int[] Lengths { get; }

    private protected double Skin => 2 * FreeRadius + Math.Max(LongestStep, _largestGrowth);

    /// <summary>Energies for a configuration under a potential.</summary>
    /// <param name="configuration">Particles with diameters.</param>
    /// <param name="potential">The pair potential.</param>
    /// <param name="largestSizeChange">The largest change of a diameter in one trial.</param>
    /// <param name="width">The vector width.</param>
    public static ParticleEnergies For(Configuration configuration, PairPotential potential, double largestSizeChange, SimdWidth width)
    {
        var visitor = new Maker(configuration, potential, largestSizeChange, width);
        potential.Accept(ref visitor);
        return visitor.Made!;
    }

    /// <summary>U(particle i displaced by step) - U.</summary>
    public abstract double ChangeByStep(int i, ReadOnlySpan<double> step);

    /// <summary>U(diameters of i and j exchanged) - U.</summary>
    public double ChangeBySwap(int i, int j)
    {
        // The pair's own energy is symmetric in the two diameters: it is left out by taking the other particle away.
        double sizeI = Size(i), sizeJ = Size(j);
        Span<double> place = stackalloc double[4];
        Take(j, place);
        double change = ChangeBySize(i, sizeJ);
        place[..Dimension].CopyTo(Position(j));
        Take(i, place);
        change += ChangeBySize(j, sizeI);
        place[..Dimension].CopyTo(Position(i));
        return change;
    }

    /// <summary>The energy of all pairs.</summary>
    public double TotalEnergy()
    {
        double sum = 0;
        for (int i = 0; i < Count; i++)
            sum += Energy(i);
        // Every pair was met twice.
        return 0.5 * sum;
    }

    /// <summary>The coordinates of a particle, not wrapped into the box.</summary>
    public Span<double> Position(int i) => Current.Positions.Values.Slice(i * RowWidth, Dimension);

    /// <summary>The diameter of a particle.</summary>
    public double Size(int i) => Current.Sizes.Values[i * RowWidth + SizeColumn];

    /// <summary>Moves a particle.</summary>
    public void Step(int i, ReadOnlySpan<double> step)
    {
        Span<double> position = Position(i);
        for (int axis = 0; axis < position.Length; axis++)
            position[axis] += step[axis];
        RenewIfFar(i);
    }

    /// <summary>Exchanges two diameters.</summary>
    public void Swap(int i, int j)
    {
        double sizeI = Size(i);
        // One after the other: while one list is made, nothing but its own particle changes.
        RenewList(i, Size(j));
        RenewList(j, sizeI);
    }

    /// <summary>Puts all particles elsewhere.</summary>
    /// <param name="positions">N·d coordinates.</param>
    public void MoveAll(ReadOnlySpan<double> positions)
    {
        for (int i = 0; i < Count; i++)
            positions.Slice(i * Dimension, Dimension).CopyTo(Position(i));
        for (int i = 0; i < Count; i++)
            RenewIfFar(i);
    }

    /// <summary>Makes all lists anew, for trial steps up to a length.</summary>
    public void RenewAll(double longestStep)
    {
        LongestStep = longestStep;
        FieldAlgebra.Copy(Current.Positions, Anchored.Positions);
        FieldAlgebra.Copy(Current.Positions, _candidateAnchors);
        FindCandidates();
        // All anchors are new, so lists are symmetric by themselves.
        for (int i = 0; i < Count; i++)
            FilterCandidates(i);
    }

    /// <summary>Everything that decides how sums will come out: particles, anchors and the order inside the lists.</summary>
    public void Save(BinaryWriter writer)
    {
        writer.Write(LongestStep);
        writer.Write(Capacity);
        writer.Write(MemoryMarshal.AsBytes(Current.Positions.Values));
        writer.Write(MemoryMarshal.AsBytes(Current.Sizes.Values));
        writer.Write(MemoryMarshal.AsBytes(Anchored.Positions.Values));
        writer.Write(MemoryMarshal.AsBytes(_candidateAnchors.Values));
        writer.Write(MemoryMarshal.AsBytes<int>(Lengths));
        writer.Write(MemoryMarshal.AsBytes<int>(Lists));
    }

    /// <summary>Takes over what <see cref="Save"/> wrote.</summary>
    public void Restore(BinaryReader reader)
    {
        LongestStep = reader.ReadDouble();
        Capacity = reader.ReadInt32();
        Lists = new int[Count * Capacity];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(Current.Positions.Values));
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(Current.Sizes.Values));
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(Anchored.Positions.Values));
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(_candidateAnchors.Values));
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(Lengths.AsSpan()));
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(Lists.AsSpan()));
        FindCandidates();
    }

    /// <summary>The energy of a particle with its neighbours.</summary>
    private protected abstract double Energy(int i);

    /// <summary>The change of a particle's energy when its diameter becomes another.</summary>
    private protected abstract double ChangeBySize(int i, double size);

    /// <summary>Makes a particle's list of those candidates that are near enough.</summary>
    private protected abstract void FilterCandidates(int i);

    /// <summary>Those neighbours of a particle that are not near enough to another place, for another size; in <see cref="Found"/>.</summary>
    private protected abstract ReadOnlySpan<int> NotNear(int i, ReadOnlySpan<double> place, double size);

    /// <summary>The candidates' rows of a particle; eight numbers beyond the end may be read.</summary>
    private protected ReadOnlySpan<int> Candidates(int i) =>
        _candidateRows.AsSpan(_search!.FirstOf(i), _search.Count[i]);

    /// <summary>Room for what is found among the candidates of one particle.</summary>
    private protected int[] Found { get; private set; } = [];

    private protected void SetList(int i, ReadOnlySpan<int> rows)
    {
        while (rows.Length > Capacity)
            Widen();
        Span<int> list = Lists.AsSpan(i * Capacity, Capacity);
        rows.CopyTo(list);
        int padded = (rows.Length + SlicedList.SliceSize - 1) / SlicedList.SliceSize * SlicedList.SliceSize;
        list[rows.Length..padded].Fill(Count * RowWidth);
        Lengths[i] = rows.Length;
    }

    private void Append(int i, int row)
    {
        int length = Lengths[i];
        if (length == Capacity)
            Widen();
        Span<int> list = Lists.AsSpan(i * Capacity, Capacity);
        if (length % SlicedList.SliceSize == 0)
            list.Slice(length, SlicedList.SliceSize).Fill(Count * RowWidth);
        list[length] = row;
        Lengths[i] = length + 1;
    }

    private int SizeColumn => Dimension == 3 ? 3 : 0;

    private void RenewIfFar(int i)
    {
        if (SquaredDistance(Position(i), Anchored.Positions, i) > FreeRadius * FreeRadius)
            RenewList(i, Size(i));
    }

    // Makes one particle's list anew around its present place, with a size that may be another.
    private void RenewList(int i, double size)
    {
        Span<double> anchor = Anchored.Positions.Values.Slice(i * RowWidth, Dimension), oldAnchor = stackalloc double[4];
        anchor.CopyTo(oldAnchor);
        double oldSize = Size(i);
        SetSize(i, size);
        if (SquaredDistance(Position(i), _candidateAnchors, i) > CandidateMargin * CandidateMargin / 4)
        {
            RenewAll(LongestStep);
            return;
        }
        Position(i).CopyTo(anchor);
        FilterCandidates(i);
        int row = i * RowWidth;
        foreach (int neighbour in NotNear(i, oldAnchor, oldSize))
        {
            int j = neighbour >> (RowWidth / 2);
            if (!Lists.AsSpan(j * Capacity, Lengths[j]).Contains(row))
                Append(j, row);
        }
    }

    private void FindCandidates()
    {
        double reach = _largestCutoff + Skin + CandidateMargin;
        if (_search is null || _reach != reach)
            (_search, _reach) = (new NeighbourSearch(Box, reach, 0, Count, Count), reach);
        _search.Run(new PairPotential<Reach>(new(reach)), new Particles(_candidateAnchors, Current.Sizes, Cell), _width);
        _search.CopyRows(ref _candidateRows, RowWidth);
        if (Found.Length < Count + SlicedList.SliceSize)
            Found = new int[Count + SlicedList.SliceSize];
    }

    private void Widen()
    {
        int wider = 2 * Capacity;
        int[] lists = new int[Count * wider];
        for (int i = 0; i < Count; i++)
            Lists.AsSpan(i * Capacity, Capacity).CopyTo(lists.AsSpan(i * wider));
        (Lists, Capacity) = (lists, wider);
    }

    private void SetSize(int i, double size)
    {
        Current.Sizes.Values[i * RowWidth + SizeColumn] = size;
        Anchored.Sizes.Values[i * RowWidth + SizeColumn] = size;
    }

    private void Take(int i, Span<double> place)
    {
        Position(i).CopyTo(place);
        Hide(i, Current);
    }

    private void Hide(int i, Particles particles) => particles.Positions.Values.Slice(i * RowWidth, Dimension).Fill(double.NaN);

    // How much a pair's cutoff grows at most when one diameter becomes another of the set that differs by no more than the change.
    // Large sets are sampled evenly, and the change widened by two steps of the samples: between them a cutoff varies smoothly.
    private static double LargestGrowth(ReadOnlySpan<double> sizes, PairPotential potential, double change)
    {
        const int Samples = 128;
        double[] samples = [.. sizes.ToArray().Distinct()];
        if (samples.Length > Samples)
        {
            double smallest = samples.Min(), step = (samples.Max() - smallest) / (Samples - 1);
            samples = [.. Enumerable.Range(0, Samples).Select(k => smallest + k * step)];
            change += 2 * step;
        }
        double growth = 0;
        foreach (double before in samples)
            foreach (double after in samples.Where(after => Math.Abs(after - before) <= change))
                foreach (double other in samples)
                    growth = Math.Max(growth, potential.Cutoff(after, other) - potential.Cutoff(before, other));
        return growth;
    }

    private double SquaredDistance(ReadOnlySpan<double> position, RowField from, int i)
    {
        ReadOnlySpan<double> origin = from.Values.Slice(i * RowWidth, Dimension);
        double square = 0;
        for (int axis = 0; axis < position.Length; axis++)
            square += (position[axis] - origin[axis]) * (position[axis] - origin[axis]);
        return square;
    }

    private RowField NewField() => new((Count + 1) * RowWidth);

    private struct Maker(Configuration configuration, PairPotential potential, double largestSizeChange, SimdWidth width) : IPairLawVisitor
    {
        public ParticleEnergies? Made { get; private set; }

        public void Visit<TLaw>(in TLaw law) where TLaw : struct, IPairLaw
        {
            var kernel = new MakerKernel<TLaw>(law, configuration, potential, largestSizeChange, width);
            KernelDispatch.Run(ref kernel, configuration.Dimension, width);
            Made = kernel.Made;
        }
    }

    private struct MakerKernel<TLaw>(TLaw law, Configuration configuration, PairPotential potential, double largestSizeChange, SimdWidth width) : IKernel
        where TLaw : struct, IPairLaw
    {
        public ParticleEnergies? Made { get; private set; }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<T, TDim>()
            where T : unmanaged, ILanes<T>
            where TDim : struct, IDimension =>
            Made = new ParticleEnergies<TLaw, T, TDim>(law, configuration, potential, largestSizeChange, width);
    }
}
