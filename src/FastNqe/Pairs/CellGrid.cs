namespace FastNqe.Contractions;

/// <summary>
/// Particles sorted into cells at least as wide as the reach of a pair, component by component, so that the candidates for one
/// particle's neighbours are a few runs of consecutive entries.
/// </summary>
internal sealed class CellGrid
{
    // So many cells are searched on either side. With narrower cells and two on either side there are fewer candidates (125 small
    // cells in three dimensions instead of 27 large ones), but collecting them for the few particles of a cell costs more than it saves.
    private const int Span = 1;

    private readonly int[] _counts = [1, 1, 1, 1];
    private readonly Box _box;
    private readonly int _dimension;
    private readonly double _farthest;
    private int[] _cellOf = [];
    private int[] _cursor = [];

    /// <param name="box">The periodic cell.</param>
    /// <param name="reach">The largest distance of a pair that must be found.</param>
    /// <param name="particleCount">N; it bounds the number of cells.</param>
    public CellGrid(Box box, double reach, int particleCount)
    {
        _box = box;
        _dimension = box.Dimension;
        // So many boxes away, coordinates have lost the digits that tell a particle's place in its cell.
        _farthest = 1e9 * box.Length(0);
        double most = Math.Pow(particleCount, 1.0 / _dimension);
        int cells = 1;
        for (int axis = 0; axis < _dimension; axis++)
        {
            _counts[axis] = (int)Math.Clamp(Math.Floor(Span * Height(axis) / reach), 1, Span * most + 1);
            cells *= _counts[axis];
        }
        First = new int[cells + 1];
        Coordinates = new RowField[_dimension];
        int padded = (particleCount + 7) / 8 * 8 + 8;
        for (int axis = 0; axis < _dimension; axis++)
            Coordinates[axis] = new RowField(padded);
        Sizes = new RowField(padded);
        Particle = new int[padded];
    }

    /// <summary>Where each cell's particles begin among the sorted ones; one more entry at the end.</summary>
    public int[] First { get; }

    /// <summary>The sorted particles' coordinates, one field per axis, wrapped into the box.</summary>
    public RowField[] Coordinates { get; }

    /// <summary>The sorted particles' sizes.</summary>
    public RowField Sizes { get; }

    /// <summary>Which particle each sorted entry is.</summary>
    public int[] Particle { get; }

    /// <summary>The number of cells.</summary>
    public int CellCount => First.Length - 1;

    /// <summary>The largest number of runs that <see cref="Runs"/> writes.</summary>
    public static int LargestRunCount(int dimension) => dimension switch { 2 => 6, 3 => 18, _ => 54 };

    /// <summary>Sorts particles into cells; those of one cell stay in the order in which they came.</summary>
    /// <param name="positions">Rows of coordinates.</param>
    /// <param name="stride">Numbers per row.</param>
    /// <param name="sizes">Sizes, one every <paramref name="sizeStride"/> numbers.</param>
    /// <param name="sizeStride">The distance of one size from the next.</param>
    /// <param name="count">The number of particles.</param>
    public void Sort(ReadOnlySpan<double> positions, int stride, ReadOnlySpan<double> sizes, int sizeStride, int count)
    {
        if (_cellOf.Length < count)
            _cellOf = new int[count];
        Array.Clear(First);
        Span<double> point = stackalloc double[4];
        Span<int> cell = stackalloc int[4];
        for (int i = 0; i < count; i++)
        {
            positions.Slice(i * stride, _dimension).CopyTo(point);
            foreach (double coordinate in point[.._dimension])
                if (!(Math.Abs(coordinate) < _farthest))
                    throw new ArithmeticException($"particle {i + 1} in the kernels' order is at {coordinate}: the configuration has flown apart");
            CellOf(point[.._dimension], cell);
            First[(_cellOf[i] = Index(cell)) + 1]++;
        }
        for (int c = 0; c < First.Length - 1; c++)
            First[c + 1] += First[c];
        if (_cursor.Length < First.Length)
            _cursor = new int[First.Length];
        First.CopyTo(_cursor, 0);
        for (int i = 0; i < count; i++)
        {
            int place = _cursor[_cellOf[i]]++;
            positions.Slice(i * stride, _dimension).CopyTo(point);
            _box.Wrap(point[.._dimension]);
            for (int axis = 0; axis < _dimension; axis++)
                Coordinates[axis].Values[place] = point[axis];
            Sizes.Values[place] = sizes[i * sizeStride];
            Particle[place] = i;
        }
    }

    /// <summary>The runs of sorted entries that hold every neighbour of a cell's particles: cells around it, those of one line along x in one run.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="runs">Receives first and end of each run.</param>
    /// <returns>The number of runs.</returns>
    public int Runs(int cell, Span<(int First, int End)> runs)
    {
        Span<int> centre = stackalloc int[4];
        for (int axis = 0; axis < 4; axis++)
        {
            centre[axis] = cell % _counts[axis];
            cell /= _counts[axis];
        }
        int count = 0;
        Span<int> line = stackalloc int[4];
        for (int w = Low(3); w <= High(3); w++)
        {
            for (int z = Low(2); z <= High(2); z++)
            {
                for (int y = Low(1); y <= High(1); y++)
                {
                    (line[1], line[2], line[3]) = (Around(centre, 1, y), Around(centre, 2, z), Around(centre, 3, w));
                    int first = Index(line), n = _counts[0];
                    if (n <= 2 * Span + 1)
                    {
                        runs[count++] = (First[first], First[first + n]);
                        continue;
                    }
                    int low = centre[0] - Span, high = centre[0] + Span;
                    runs[count++] = (First[first + Math.Max(low, 0)], First[first + Math.Min(high, n - 1) + 1]);
                    if (low < 0)
                        runs[count++] = (First[first + low + n], First[first + n]);
                    if (high >= n)
                        runs[count++] = (First[first], First[first + high - n + 1]);
                }
            }
        }
        return count;
    }

    // With few cells along an axis those before and those after would meet: each is taken once.
    private int Low(int axis) => _counts[axis] < 2 * Span + 1 ? 0 : -Span;

    private int High(int axis) => _counts[axis] < 2 * Span + 1 ? _counts[axis] - 1 : Span;

    private int Around(ReadOnlySpan<int> centre, int axis, int step) => (centre[axis] + step + _counts[axis]) % _counts[axis];

    /// <summary>One entry in all lanes.</summary>
    public PairVector<T, TDim> Splat<T, TDim>(int entry)
        where T : unmanaged, ILanes<T>
        where TDim : struct, IDimension
    {
        PairVector<T, TDim> x = default;
        x.X = T.Splat(Coordinates[0].Values[entry]);
        x.Y = T.Splat(Coordinates[1].Values[entry]);
        if (TDim.Value > 2)
            x.Z = T.Splat(Coordinates[2].Values[entry]);
        if (TDim.Value > 3)
            x.W = T.Splat(Coordinates[3].Values[entry]);
        return x;
    }

    private int Index(ReadOnlySpan<int> cell) => ((cell[3] * _counts[2] + cell[2]) * _counts[1] + cell[1]) * _counts[0] + cell[0];

    // Cell of a point by its fractional coordinates, last axis first because later lattice vectors tilt along earlier axes.
    private void CellOf(Span<double> point, Span<int> cell)
    {
        cell.Clear();
        (double x, double y) = (point[0], point[1]);
        if (_dimension > 3)
            cell[3] = InCell(point[3] / _box.Length(3), 3);
        if (_dimension > 2)
        {
            double fraction = point[2] / _box.Length(2);
            cell[2] = InCell(fraction, 2);
            x -= fraction * _box.XZ;
            y -= fraction * _box.YZ;
        }
        double fractionY = y / _box.Length(1);
        cell[1] = InCell(fractionY, 1);
        cell[0] = InCell((x - fractionY * _box.XY) / _box.Length(0), 0);
    }

    private int InCell(double fraction, int axis) =>
        Math.Clamp((int)((fraction - Math.Floor(fraction)) * _counts[axis]), 0, _counts[axis] - 1);

    // The distance between the faces that an axis joins; exact for orthogonal boxes, a lower bound for tilted ones.
    private double Height(int axis) => _box.IsTilted ? Math.Min(_box.SmallestHeight, _box.Length(axis)) : _box.Length(axis);
}
