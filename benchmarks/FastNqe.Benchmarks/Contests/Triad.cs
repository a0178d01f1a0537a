using FastNqe.Benchmarks.Peer;

namespace FastNqe.Benchmarks.Contests;

/// <summary>STREAM's triad on one core: the limit that the machine's memory sets, in the same run as the kernels.</summary>
internal sealed unsafe class Triad
{
    // Three arrays of 128 MB: far beyond any cache.
    private const int Length = 1 << 24;

    private readonly PinnedField _a = new(Length), _b = new(Length), _c = new(Length);

    /// <summary>Bytes per run as STREAM counts them, two reads and a write.</summary>
    public const double Bytes = 3.0 * sizeof(double) * Length;

    public void Run() => NativePeer.Triad(_a.Address, _b.Address, _c.Address, 3, Length);
}
