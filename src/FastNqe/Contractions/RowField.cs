using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FastNqe.Contractions;

/// <summary>
/// One row of numbers per particle in the kernels' order: a displacement field, forces, positions. Rows beyond the last particle
/// and the padding inside rows stay zero.
/// </summary>
/// <remarks>
/// The memory is pinned and begins on a cache line, so a row never crosses one and kernels may hold references to it.
/// Its length is a whole number of <see cref="Block"/>s: no kernel needs tail code.
/// </remarks>
internal sealed class RowField
{
    /// <summary>The number of doubles that <see cref="FieldAlgebra"/> takes at once.</summary>
    public const int Block = 32;

    private const int CacheLine = 64;
    private readonly double[] _memory;
    private readonly int _first;

    public RowField(int length)
    {
        length = (length + Block - 1) / Block * Block;
        _memory = GC.AllocateArray<double>(length + CacheLine / sizeof(double), pinned: true);
        unsafe
        {
            // The array is pinned for good, so its address stays what it is here.
            nint address = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_memory));
            HugePages.Advise(address, (nint)_memory.Length * sizeof(double));
            _first = (int)((CacheLine - address % CacheLine) % CacheLine / sizeof(double));
        }
        Length = length;
    }

    /// <summary>The number of doubles, padding included.</summary>
    public int Length { get; }

    public Span<double> Values => _memory.AsSpan(_first, Length);

    /// <summary>The first number; kernels step from here and stay below <see cref="Length"/>.</summary>
    public ref double Origin => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_memory), _first);
}
