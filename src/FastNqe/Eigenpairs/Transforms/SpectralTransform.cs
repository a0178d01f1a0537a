namespace FastNqe;

/// <summary>
/// A function of H that moves the wanted, lowest eigenvalues of H to where a Lanczos process finds them soonest, and keeps the
/// deflated subspace out.
/// </summary>
internal abstract class SpectralTransform
{
    /// <summary>ARPACK's rule for the wanted end of the transformed spectrum.</summary>
    public abstract ReadOnlySpan<byte> Wanted { get; }

    /// <summary>y ← f(H)·x; both are N·d numbers and do not overlap.</summary>
    public abstract void Apply(ReadOnlySpan<double> x, Span<double> y);
}
