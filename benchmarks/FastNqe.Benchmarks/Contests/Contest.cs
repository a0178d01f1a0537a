using FastNqe.Benchmarks.Glasses;

namespace FastNqe.Benchmarks.Contests;

/// <summary>One kernel in two hands, FastNqe's and the native peer's, on the same glass and the same input.</summary>
internal abstract class Contest : IDisposable
{
    /// <summary>The largest deviation of a result, relative to the largest component or to the product of norms that bounds a scalar.</summary>
    public const double Tolerance = 1e-12;

    /// <summary>The kernel's name in tables.</summary>
    public abstract string Kernel { get; }

    /// <summary>The glass it runs on.</summary>
    public abstract GlassSize Size { get; }

    /// <summary>Where FastNqe takes a pair's coefficients from: read from memory or computed from positions.</summary>
    public abstract string Source { get; }

    /// <summary>Interacting pairs, each counted once: what a time is divided by.</summary>
    public abstract long PairCount { get; }

    /// <summary>Bytes that a sweep of FastNqe's must move per pair if every array passes once.</summary>
    public abstract double BytesPerPair { get; }

    /// <summary>The same of the peer.</summary>
    public abstract double PeerBytesPerPair { get; }

    public abstract void RunOurs();

    public abstract void RunPeer();

    /// <summary>Runs both and compares what they computed.</summary>
    /// <exception cref="InvalidOperationException">A result differs by more than <see cref="Tolerance"/>.</exception>
    public void Check()
    {
        RunOurs();
        RunPeer();
        Compare();
    }

    public abstract void Dispose();

    protected abstract void Compare();

    protected void CompareFields(string what, ReadOnlySpan<double> ours, ReadOnlySpan<double> peer)
    {
        double largest = 0, deviation = 0;
        for (int k = 0; k < peer.Length; k++)
        {
            largest = Math.Max(largest, Math.Abs(peer[k]));
            deviation = Math.Max(deviation, Math.Abs(ours[k] - peer[k]));
        }
        Require(what, deviation, largest);
    }

    protected void CompareScalars(string what, double ours, double peer, double scale) => Require(what, Math.Abs(ours - peer), scale);

    protected static double Norm(ReadOnlySpan<double> field)
    {
        double sum = 0;
        foreach (double value in field)
            sum += value * value;
        return Math.Sqrt(sum);
    }

    private void Require(string what, double deviation, double scale)
    {
        if (!(deviation <= Tolerance * scale))
            throw new InvalidOperationException($"{Kernel}: {what} differs from the peer's by {deviation:E2}, more than {Tolerance:E0} of {scale:E3}");
    }
}
