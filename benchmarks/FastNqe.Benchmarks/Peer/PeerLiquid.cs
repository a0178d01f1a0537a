namespace FastNqe.Benchmarks.Peer;

/// <summary>The peer's neighbour list of a liquid.</summary>
internal sealed unsafe class PeerLiquid : IDisposable
{
    public PeerLiquid(Configuration liquid, InversePowerLaw law, double skin)
    {
        PeerLaw constants = PeerLaw.From(law);
        fixed (double* positions = liquid.Positions)
        fixed (double* sizes = liquid.Diameters)
            Handle = NativePeer.LiquidCreate(liquid.Dimension, liquid.ParticleCount, liquid.Box.Length(0), skin, positions, sizes, &constants);
    }

    public nint Handle { get; private set; }

    /// <summary>Pairs in the list, whether they interact or not.</summary>
    public long PairCount => NativePeer.LiquidPairs(Handle);

    public void Dispose()
    {
        if (Handle != 0)
            NativePeer.LiquidDestroy(Handle);
        Handle = 0;
    }
}
