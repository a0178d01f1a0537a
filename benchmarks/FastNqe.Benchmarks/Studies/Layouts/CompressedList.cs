using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using FastNqe.Contractions;

namespace FastNqe.Benchmarks.Studies.Layouts;

/// <summary>
/// A neighbour takes 16 bits: by how many slots it is away. Those farther away stand in a list of exceptions, by which what was unpacked is
/// patched. A chunk of slices is unpacked at a time, eight neighbours per instruction, into memory that stays in the second-level cache.
/// </summary>
internal sealed class CompressedList<TContraction, TFormat> : FullLoop<TContraction, TFormat, Apart, TransposedRows>
    where TContraction : struct, IContraction
    where TFormat : struct, IColumnFormat
{
    private readonly short[] _steps;
    private readonly List<(int Place, int Row)> _exceptions = [];
    private readonly int[] _firstException;
    private readonly int[] _unpacked;

    public CompressedList(LayoutGlass glass) : base(glass, glass.Z, glass.Particles.Positions, 1)
    {
        SlicedList list = glass.List;
        int chunks = (list.SliceCount + SweepChunks.Size - 1) / SweepChunks.Size, largest = 0;
        _steps = new short[list.ColumnCount * SlicedList.SliceSize];
        _firstException = new int[chunks + 1];
        for (int chunk = 0; chunk < chunks; chunk++)
        {
            (int first, int end) = SlicesOf(chunk);
            for (int slice = first; slice < end; slice++)
                for (int place = list.FirstColumn[slice] * SlicedList.SliceSize; place < list.FirstColumn[slice + 1] * SlicedList.SliceSize; place++)
                {
                    int step = list.Rows[place] / D3.RowWidth - (slice * SlicedList.SliceSize + place % SlicedList.SliceSize);
                    _steps[place] = (short)step;
                    if (_steps[place] != step)
                        _exceptions.Add((place - list.FirstColumn[first] * SlicedList.SliceSize, list.Rows[place]));
                }
            _firstException[chunk + 1] = _exceptions.Count;
            largest = Math.Max(largest, list.FirstColumn[end] - list.FirstColumn[first]);
        }
        // Beyond a chunk's last column a sweep asks ahead for whatever stands there.
        _unpacked = GC.AllocateArray<int>((largest + Prefetch.Distance) * SlicedList.SliceSize, pinned: true);
    }

    protected override long IndexBytes => sizeof(short) * (long)_steps.Length + 2 * sizeof(int) * _exceptions.Count;

    protected override ref int Rows(int slice)
    {
        (int chunk, int within) = Math.DivRem(slice, SweepChunks.Size);
        if (within == 0)
            Unpack(chunk);
        return ref _unpacked[(Glass.List.FirstColumn[slice] - Glass.List.FirstColumn[slice - within]) * SlicedList.SliceSize];
    }

    private (int First, int End) SlicesOf(int chunk) => (chunk * SweepChunks.Size, Math.Min((chunk + 1) * SweepChunks.Size, Glass.List.SliceCount));

    // Bounds: a chunk's columns have a place each in both arrays.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Unpack(int chunk)
    {
        (int first, int end) = SlicesOf(chunk);
        int[] firstColumn = Glass.List.FirstColumn;
        ref short from = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_steps), (nint)firstColumn[first] * SlicedList.SliceSize);
        ref int to = ref MemoryMarshal.GetArrayDataReference(_unpacked);
        Vector256<int> own = Vector256.LoadUnsafe(ref OwnRows.Of(D3.RowWidth)) + Vector256.Create(first * SlicedList.SliceSize * D3.RowWidth);
        for (int slice = first; slice < end; slice++, own += Vector256.Create(SlicedList.SliceSize * D3.RowWidth))
            for (int count = firstColumn[slice + 1] - firstColumn[slice]; count > 0; count--)
            {
                Vector128<short> steps = Vector128.LoadUnsafe(ref from);
                Vector256<int> wide = Vector256.WidenLower(steps.ToVector256Unsafe());
                (own + (wide << 2)).StoreUnsafe(ref to);
                from = ref Unsafe.Add(ref from, SlicedList.SliceSize);
                to = ref Unsafe.Add(ref to, SlicedList.SliceSize);
            }
        foreach ((int place, int row) in CollectionsMarshal.AsSpan(_exceptions)[_firstException[chunk].._firstException[chunk + 1]])
            _unpacked[place] = row;
    }
}
