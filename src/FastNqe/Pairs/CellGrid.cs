namespace FastNqe.Contractions;

/// <summary>
/// Particles sorted into cells at least half as wide as the reach of a pair, component by component, so that the candidates for one
/// cell's neighbours are a few runs of consecutive entries.
/// </summary>
internal sealed class CellGrid
{
    // Cells are half as wide as the reach and two of them are searched on either side: 125 small cells in three dimensions hold fewer
    // candidates than 27 large ones.
    private const int Span = 2;

    // The lines of cells around a home in four dimensions, each of which meets the faces of the box at most twice.
    private const int MostRuns = 3 * (2 * Span + 1) * (2 * Span + 1) * (2 * Span + 1);

    /// <summary>So many cells in a row along x share one collection of candidates: with more of them there are fewer collections, but more candidates.</summary>
    public const int HomeLength = 3;

    // So many boxes away, coordinates have lost the digits that tell a particle's place in its cell.
    private const double Farthest = 1e9;

    private readonly Box _box;
    private readonly int[] _counts = [1, 1, 1, 1];
    private readonly int[] _cellOf;
    private readonly int[] _cursor;

    /// <param name="box">The periodic cell.</param>
    /// <param name="reach">The largest distance of a pair that must be found.</param>
    /// <param name="particleCount">N; it bounds the number of cells.</param>
    public CellGrid(Box box, double reach, int particleCount)
    {
        _box = box;
        double most = Math.Pow(particleCount, 1.0 / box.Dimension);
        int cells = 1;
        for (int axis = 0; axis < box.Dimension; axis++)
        {
            _counts[axis] = (int)Math.Clamp(Math.Floor(Span * Height(axis) / reach), 1, Span * most + 1);
            cells *= _counts[axis];
        }
        First = new int[cells + 1];
        _cursor = new int[cells];
        _cellOf = new int[particleCount];
        Entries = new CellEntries(box.Dimension, particleCount);
    }

    /// <summary>The sorted particles.</summary>
    public CellEntries Entries { get; }

    /// <summary>Where each cell's particles begin among the sorted ones; one more entry at the end.</summary>
    public int[] First { get; }

    /// <summary>The number of homes: rows of up to <see cref="HomeLength"/> cells along x.</summary>
    public int HomeCount => (_counts[0] + HomeLength - 1) / HomeLength * _counts[1] * _counts[2] * _counts[3];

    /// <summary>The first and the end of a home's entries.</summary>
    public (int First, int End) Home(int home)
    {
        int homes = (_counts[0] + HomeLength - 1) / HomeLength;
        (int line, int x) = Math.DivRem(home, homes);
        line *= _counts[0];
        return (First[line + x * HomeLength], First[line + Math.Min((x + 1) * HomeLength, _counts[0])]);
    }

    /// <summary>Whether a place has a cell: its coordinates are finite and not absurdly far away.</summary>
    /// <param name="point">A row of a field; it need not be inside of the box.</param>
    public bool HasCell(ReadOnlySpan<double> point) => CellOf(point) >= 0;

    /// <summary>Sorts particles into cells; those of one cell stay in the order in which they came.</summary>
    /// <param name="particles">The particles, whose positions need not be inside of the box.</param>
    /// <param name="count">How many there are.</param>
    /// <exception cref="ArithmeticException">A coordinate is not finite or absurdly far away.</exception>
    public void Sort(Particles particles, int count)
    {
        int d = _box.Dimension, stride = d == 2 ? 2 : 4;
        ReadOnlySpan<double> rows = particles.Positions.Values[..(count * stride)];
        Array.Clear(First);
        for (int i = 0; i < count; i++)
        {
            int cell = CellOf(rows.Slice(i * stride, stride));
            if (cell < 0)
                throw new ArithmeticException($"a particle has come to {Place.Of(rows.Slice(i * stride, d))}: the configuration has flown apart; expected smaller steps, or a start nearer to a liquid or a glass");
            _cellOf[i] = cell;
            First[cell + 1]++;
        }
        for (int c = 0; c < First.Length - 1; c++)
            First[c + 1] += First[c];
        First.AsSpan(0, _cursor.Length).CopyTo(_cursor);
        // In three dimensions the size is the fourth number of a row.
        ReadOnlySpan<double> sizes = d == 3 ? rows[3..] : particles.Sizes.Values;
        for (int i = 0; i < count; i++)
            Entries.Set(_cursor[_cellOf[i]]++, rows.Slice(i * stride, stride), sizes[i * stride], i);
    }

    /// <summary>Collects every particle that may be a neighbour of a home's particles, themselves included.</summary>
    /// <param name="home">The home.</param>
    /// <param name="from">Entries before this one are left out.</param>
    /// <param name="candidates">Receives them.</param>
    public void Collect(int home, int from, CellEntries candidates)
    {
        int homes = (_counts[0] + HomeLength - 1) / HomeLength;
        (int line, int x) = Math.DivRem(home, homes);
        Span<(int First, int End)> runs = stackalloc (int, int)[MostRuns];
        candidates.Collect(Entries, runs[..Around(line, x * HomeLength, Math.Min((x + 1) * HomeLength, _counts[0]) - 1, from, runs)]);
    }

    /// <summary>The slots of every particle that may be a neighbour of whoever is at a place.</summary>
    /// <param name="point">A row of a field, which has a cell.</param>
    /// <param name="slots">Receives them; made longer where it must be.</param>
    /// <returns>How many they are.</returns>
    public int SlotsAround(ReadOnlySpan<double> point, ref int[] slots)
    {
        (int line, int x) = Math.DivRem(CellOf(point), _counts[0]);
        Span<(int First, int End)> runs = stackalloc (int, int)[MostRuns];
        runs = runs[..Around(line, x, x, 0, runs)];
        int count = 0;
        foreach ((int first, int end) in runs)
            count += end - first;
        if (slots.Length < count)
            slots = new int[2 * count];
        Span<int> rest = slots;
        foreach ((int first, int end) in runs)
        {
            Entries.SlotsOf(first, end).CopyTo(rest);
            rest = rest[(end - first)..];
        }
        return count;
    }

    // The runs of entries around some cells of a line along x, from one cell to another, but for entries before a first one.
    private int Around(int line, int firstCell, int lastCell, int from, Span<(int First, int End)> runs)
    {
        int n = _counts[0], count = 0;
        (int rest, int y) = Math.DivRem(line, _counts[1]);
        (int w, int z) = Math.DivRem(rest, _counts[2]);
        (int low, int high) = (firstCell - Span, lastCell + Span);
        if (high - low + 1 >= n)
            (low, high) = (0, n - 1);
        for (int stepW = Low(3); stepW <= High(3); stepW++)
        {
            int layerW = Moved(w, 3, stepW) * _counts[2];
            for (int stepZ = Low(2); stepZ <= High(2); stepZ++)
            {
                int layerZ = (layerW + Moved(z, 2, stepZ)) * _counts[1];
                for (int stepY = Low(1); stepY <= High(1); stepY++)
                {
                    // The cells of one line along x are one run of entries, or two where the line passes a face of the box.
                    int cells = (layerZ + Moved(y, 1, stepY)) * n;
                    Add(runs, First[cells + Math.Max(low, 0)], First[cells + Math.Min(high, n - 1) + 1]);
                    if (low < 0)
                        Add(runs, First[cells + low + n], First[cells + n]);
                    if (high >= n)
                        Add(runs, First[cells], First[cells + high - n + 1]);
                }
            }
        }
        return count;

        void Add(Span<(int First, int End)> to, int first, int end)
        {
            if (end > from)
                to[count++] = (Math.Max(first, from), end);
        }
    }

    // With few cells along an axis those before and those after would meet: each is taken once.
    private int Low(int axis) => _counts[axis] < 2 * Span + 1 ? 0 : -Span;

    private int High(int axis) => _counts[axis] < 2 * Span + 1 ? _counts[axis] - 1 : Span;

    private int Moved(int cell, int axis, int step)
    {
        int n = _counts[axis], moved = cell + step;
        return moved < 0 ? moved + n : moved >= n ? moved - n : moved;
    }

    // The cell by fractional coordinates, last axis first because later lattice vectors tilt along earlier axes; -1 for what is no place.
    private int CellOf(ReadOnlySpan<double> point)
    {
        (double x, double y) = (point[0], point[1]);
        double z = 0, w = 0;
        if (_box.Dimension > 3)
            w = point[3] / _box.Length(3);
        if (_box.Dimension > 2)
        {
            z = point[2] / _box.Length(2);
            x -= z * _box.XZ;
            y -= z * _box.YZ;
        }
        y /= _box.Length(1);
        x = (x - y * _box.XY) / _box.Length(0);
        return Math.Abs(x) + Math.Abs(y) + Math.Abs(z) + Math.Abs(w) < Farthest
            ? ((InCell(w, 3) * _counts[2] + InCell(z, 2)) * _counts[1] + InCell(y, 1)) * _counts[0] + InCell(x, 0)
            : -1;
    }

    private int InCell(double fraction, int axis) => Math.Min((int)((fraction - Math.Floor(fraction)) * _counts[axis]), _counts[axis] - 1);

    // The distance between the faces that an axis joins; exact for orthogonal boxes, a lower bound for tilted ones.
    private double Height(int axis) => _box.IsTilted ? Math.Min(_box.SmallestHeight, _box.Length(axis)) : _box.Length(axis);
}
