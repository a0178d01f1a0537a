using FastNqe.Benchmarks.Glasses;
using FastNqe.Benchmarks.Peer;
using FastNqe.Contractions;

namespace FastNqe.Benchmarks.Contests;

/// <summary>K and M·z.</summary>
internal sealed unsafe class HessianContest(GlassSize size, PairStorage? storage = null) : SweepContest<Quadratic>(size, storage)
{
    public override string Kernel => "Hessian product";

    public override void RunPeer() => PeerScalars[0] = NativePeer.Hessian(Native.Handle, Z.Address, PeerV0.Address);
}

/// <summary>K, T, M·z and U(3):zz.</summary>
internal sealed unsafe class CubicContest(GlassSize size, PairStorage? storage = null) : SweepContest<Cubic>(size, storage)
{
    public override string Kernel => "cubic sweep";

    public override void RunPeer()
    {
        double k, t;
        NativePeer.Cubic(Native.Handle, Z.Address, PeerV0.Address, PeerV1.Address, &k, &t);
        (PeerScalars[0], PeerScalars[1]) = (k, t);
    }
}

/// <summary>K, Q, M·z and U(4):.zzz.</summary>
internal sealed unsafe class QuarticContest(GlassSize size, PairStorage? storage = null) : SweepContest<Quartic>(size, storage)
{
    public override string Kernel => "quartic sweep";

    public override void RunPeer()
    {
        double k, q;
        NativePeer.Quartic(Native.Handle, Z.Address, PeerV0.Address, PeerV1.Address, &k, &q);
        (PeerScalars[0], PeerScalars[1]) = (k, q);
    }
}

/// <summary>K, T, Q and Σ (z_ij·z_ij)², no vector.</summary>
internal sealed unsafe class ScalarsContest(GlassSize size, PairStorage? storage = null) : SweepContest<AllScalars>(size, storage)
{
    public override string Kernel => "all four scalars";

    public override void RunPeer()
    {
        double k, t, q, s;
        NativePeer.Scalars(Native.Handle, Z.Address, &k, &t, &q, &s);
        (PeerScalars[0], PeerScalars[1], PeerScalars[2], PeerScalars[3]) = (k, t, q, s);
    }

    // T cancels and there is no vector to bound it; T² has the units of K·Q.
    protected override double Scale(int scalar) => scalar == 1 ? Math.Sqrt(PeerScalars[0] * PeerScalars[2]) : Math.Abs(PeerScalars[scalar]);
}

/// <summary>The geometric cost function C = K²/S and its gradient 4 K/S M·z - 4 K²/S² Σ b z (eq. C3).</summary>
internal sealed unsafe class GeometricContest(GlassSize size, PairStorage? storage = null) : SweepContest<Geometric>(size, storage)
{
    public override string Kernel => "geometric cost";

    public override void RunOurs()
    {
        base.RunOurs();
        double ratio = Scalars[0] / Scalars[1];
        FieldAlgebra.Combine(V0, 4 * ratio, V0, -4 * ratio * ratio, V1);
    }

    public override void RunPeer()
    {
        double k, s;
        NativePeer.Geometric(Native.Handle, Z.Address, PeerV0.Address, PeerV1.Address, &k, &s);
        (PeerScalars[0], PeerScalars[1]) = (k, s);
    }

    // Both are sums of positive terms, or nearly.
    protected override double Scale(int scalar) => PeerScalars[scalar];
}
