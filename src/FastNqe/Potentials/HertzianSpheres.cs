using System.Runtime.CompilerServices;

namespace FastNqe;

/// <summary>
/// Hertzian soft spheres: phi(r) = (2/5)(1 - r/sigma)^(5/2) for r &lt; sigma = ½(lambda_i + lambda_j), else 0.
/// </summary>
/// <remarks>
/// O'Hern et al., Phys. Rev. E 68, 011306 (2003). phi'' vanishes at contact as a square root, so M is continuous when a contact opens or
/// closes; but phi''' and phi'''' grow without bound there, as (1 - r/sigma)^(-1/2) and ^(-3/2), and a barely touching pair can rule
/// the cubic and quartic coefficients. It is not the harmonic law, whose exponent is 2.
/// </remarks>
public readonly struct HertzianSpheres : IPairLaw, IEquatable<HertzianSpheres>
{
    /// <summary>The law; it has no constants.</summary>
    public static PairPotential Potential { get; } = new PairPotential<HertzianSpheres>(default);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Cutoff<T>(T sizeI, T sizeJ) where T : unmanaged, ILanes<T> => SoftSpheres.Contact(sizeI, sizeJ);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Energy<T>(T u, T sizeI, T sizeJ, out T f0, out T f1) where T : unmanaged, ILanes<T>
    {
        SoftSpheres.Scale(u, sizeI, sizeJ, out T inverseSquare, out T s, out T inverseS);
        T overlap = T.Splat(1) - s, root = T.Sqrt(overlap), force = overlap * root;
        f0 = T.Splat(0.4) * overlap * force;
        f1 = T.Splat(0) - T.Splat(0.5) * inverseSquare * inverseS * force;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Derivatives<T>(T u, T sizeI, T sizeJ, out T f1, out T f2, out T f3, out T f4) where T : unmanaged, ILanes<T>
    {
        SoftSpheres.Scale(u, sizeI, sizeJ, out T inverseSquare, out T s, out T inverseS);
        T overlap = T.Splat(1) - s, root = T.Sqrt(overlap), inverseRoot = T.Splat(1) / root;
        T g1 = T.Splat(0) - overlap * root, g2 = T.Splat(1.5) * root, g3 = T.Splat(-0.75) * inverseRoot;
        T g4 = T.Splat(-0.375) * inverseRoot * inverseRoot * inverseRoot;
        SoftSpheres.ToSquares(inverseSquare, inverseS, g1, g2, g3, g4, out f1, out f2, out f3, out f4);
    }

    /// <inheritdoc/>
    public bool Equals(HertzianSpheres other) => true;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is HertzianSpheres;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(nameof(HertzianSpheres));

    /// <summary>Always true.</summary>
    public static bool operator ==(HertzianSpheres left, HertzianSpheres right) => left.Equals(right);

    /// <summary>Always false.</summary>
    public static bool operator !=(HertzianSpheres left, HertzianSpheres right) => !left.Equals(right);

    /// <inheritdoc/>
    public override string ToString() => "Hertzian spheres";
}
