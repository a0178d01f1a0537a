namespace FastNqe.Benchmarks.Peer;

/// <summary>The peer's pair table of a glass.</summary>
internal sealed unsafe class PeerGlass : IDisposable
{
    public PeerGlass(Configuration glass, InversePowerLaw law)
    {
        PeerLaw constants = PeerLaw.From(law);
        fixed (double* positions = glass.Positions)
        fixed (double* sizes = glass.Diameters)
            Handle = NativePeer.GlassCreate(glass.Dimension, glass.ParticleCount, glass.Box.Length(0), positions, sizes, &constants);
    }

    public nint Handle { get; private set; }

    public long PairCount => NativePeer.GlassPairs(Handle);

    public int BytesPerPair => NativePeer.GlassBytesPerPair(Handle);

    public void Dispose()
    {
        if (Handle != 0)
            NativePeer.GlassDestroy(Handle);
        Handle = 0;
    }
}
