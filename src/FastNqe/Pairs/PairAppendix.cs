namespace FastNqe.Contractions;

/// <summary>
/// Pairs that have come near each other since a list was made, one by one: every eight are a slice of one column, each with a particle of its own.
/// </summary>
/// <param name="rowWidth">Numbers per row of a field.</param>
internal sealed class PairAppendix(int rowWidth)
{
    private readonly HashSet<long> _pairs = [];

    // Sweeps read the neighbours of one slice more than there is.
    private int[] _ownRows = new int[2 * SlicedList.SliceSize], _rows = new int[2 * SlicedList.SliceSize];

    /// <summary>The number of pairs.</summary>
    public int Count { get; private set; }

    public int SliceCount => (Count + SlicedList.SliceSize - 1) / SlicedList.SliceSize;

    /// <summary>Where one particle of each pair begins in a field; the last slice is filled up with row 0.</summary>
    public int[] OwnRows => _ownRows;

    /// <summary>Where the other begins; the last slice and one more are filled up with row 0.</summary>
    public int[] Rows => _rows;

    /// <summary>Appends a pair unless it is there.</summary>
    /// <param name="slot">One particle.</param>
    /// <param name="other">The other.</param>
    public void Add(int slot, int other)
    {
        if (!_pairs.Add(((long)Math.Min(slot, other) << 32) + Math.Max(slot, other)))
            return;
        if (_rows.Length < Count + 2 * SlicedList.SliceSize + 1)
        {
            Array.Resize(ref _ownRows, 2 * _rows.Length);
            Array.Resize(ref _rows, 2 * _rows.Length);
        }
        (_ownRows[Count], _rows[Count]) = (slot * rowWidth, other * rowWidth);
        Count++;
    }

    /// <summary>Takes all pairs away.</summary>
    public void Clear()
    {
        if (Count == 0)
            return;
        _pairs.Clear();
        _ownRows.AsSpan(0, Count).Clear();
        _rows.AsSpan(0, Count).Clear();
        Count = 0;
    }
}
