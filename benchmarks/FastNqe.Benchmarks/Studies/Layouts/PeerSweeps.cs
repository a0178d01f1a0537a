using FastNqe.Benchmarks.Peer;
using FastNqe.Contractions;

namespace FastNqe.Benchmarks.Studies.Layouts;

/// <summary>The native peer's sweeps over a glass.</summary>
internal sealed unsafe class PeerSweeps(PeerGlass glass, PinnedField z)
{
    private readonly PinnedField _v0 = new(z.Values.Length), _v1 = new(z.Values.Length);

    /// <summary>The sweep that computes what a contraction does.</summary>
    public Action Of<TContraction>() where TContraction : struct, IContraction => typeof(TContraction) == typeof(Quartic) ? SweepQuartic : MultiplyHessian;

    private void MultiplyHessian() => NativePeer.Hessian(glass.Handle, z.Address, _v0.Address);

    private void SweepQuartic()
    {
        double k, q;
        NativePeer.Quartic(glass.Handle, z.Address, _v0.Address, _v1.Address, &k, &q);
    }
}
