using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FastNqe.Benchmarks.Peer;

/// <summary>Numbers that both sides can reach: managed as a span, native by their address.</summary>
internal sealed unsafe class PinnedField(int length)
{
    private readonly double[] _values = GC.AllocateArray<double>(length, pinned: true);

    public Span<double> Values => _values;

    // A pinned array stays where it is.
    public double* Address => (double*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_values));

    public static PinnedField Of(ReadOnlySpan<double> values)
    {
        var field = new PinnedField(values.Length);
        values.CopyTo(field.Values);
        return field;
    }

    /// <summary>Normally distributed numbers; the same for the same seed.</summary>
    public static PinnedField Random(int length, int seed)
    {
        var field = new PinnedField(length);
        var random = new Random(seed);
        foreach (ref double value in field.Values)
            value = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return field;
    }
}
