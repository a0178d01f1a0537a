using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FastNqe.Contractions;

/// <summary>Particles side by side, component by component, for a search that takes as many at a time as there are lanes.</summary>
internal sealed class CellEntries
{
    // Runs are copied, and lanes loaded, eight at a time: what is read or written past the last entry stays within this padding.
    private const int Padding = 8;

    private readonly int _dimension;
    private RowField _numbers;
    private int[] _slots;

    public CellEntries(int dimension, int capacity)
    {
        _dimension = dimension;
        Stride = capacity + Padding;
        _numbers = new RowField((dimension + 3) * Stride);
        _slots = new int[Stride];
    }

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>The first entry's x. The other coordinates follow, <see cref="Stride"/> numbers apart, then the sizes, and slots and places as numbers to compare.</summary>
    public ref double Numbers => ref _numbers.Origin;

    /// <summary>How far one component is from the next.</summary>
    public int Stride { get; private set; }

    /// <summary>The first entry's slot.</summary>
    public ref int Slots => ref MemoryMarshal.GetArrayDataReference(_slots);

    /// <summary>The slots of some entries.</summary>
    public ReadOnlySpan<int> SlotsOf(int first, int end) => _slots.AsSpan(first, end - first);

    /// <summary>Writes one entry.</summary>
    public void Set(int entry, ReadOnlySpan<double> row, double size, int slot)
    {
        Span<double> numbers = _numbers.Values;
        for (int axis = 0; axis < _dimension; axis++)
            numbers[axis * Stride + entry] = row[axis];
        numbers[_dimension * Stride + entry] = size;
        numbers[(_dimension + 1) * Stride + entry] = slot;
        numbers[(_dimension + 2) * Stride + entry] = entry;
        _slots[entry] = slot;
    }

    /// <summary>Takes over runs of another's entries, one after another, and puts entries that are near nothing behind the last.</summary>
    public void Collect(CellEntries from, ReadOnlySpan<(int First, int End)> runs)
    {
        Count = 0;
        foreach ((int first, int end) in runs)
            Count += end - first;
        if (Count > Stride - Padding)
        {
            Stride = 2 * Count + Padding;
            _numbers = new RowField((_dimension + 3) * Stride);
            _slots = new int[Stride];
        }
        // Bounds: runs lie within the other's entries, behind which there is padding as there is here.
        for (int component = 0; component <= _dimension + 2; component++)
            CopyRuns(ref Unsafe.Add(ref from.Numbers, (nint)component * from.Stride), ref Unsafe.Add(ref Numbers, (nint)component * Stride), runs);
        CopyRuns(ref from.Slots, ref Slots, runs);
        _numbers.Values.Slice(Count, Padding).Fill(double.NaN);
    }

    private static void CopyRuns<TNumber>(ref TNumber from, ref TNumber to, ReadOnlySpan<(int First, int End)> runs) where TNumber : unmanaged
    {
        foreach ((int first, int end) in runs)
        {
            ref TNumber run = ref Unsafe.Add(ref from, first);
            nint count = end - first;
            CopyBlock(ref run, ref to);
            for (nint k = Padding; k < count; k += Padding)
                CopyBlock(ref Unsafe.Add(ref run, k), ref Unsafe.Add(ref to, k));
            to = ref Unsafe.Add(ref to, count);
        }
    }

    // A copy of constant length becomes a load and a store.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyBlock<TNumber>(ref TNumber from, ref TNumber to) where TNumber : unmanaged =>
        Unsafe.CopyBlockUnaligned(ref Unsafe.As<TNumber, byte>(ref to), ref Unsafe.As<TNumber, byte>(ref from), (uint)(Padding * Unsafe.SizeOf<TNumber>()));
}
