using System.Runtime.CompilerServices;

namespace FastNqe;

/// <summary>
/// Harmonic soft spheres: phi(r) = ½(1 - r/sigma)² for r &lt; sigma = ½(lambda_i + lambda_j), else 0.
/// </summary>
/// <remarks>
/// Durian, Phys. Rev. Lett. 75, 4780 (1995); O'Hern et al., Phys. Rev. E 68, 011306 (2003). Energy unit: twice the energy of full overlap.
/// The second derivative jumps at contact, so M changes discontinuously when a contact opens or closes, and the expansion along a mode holds
/// only until then; between contacts all derivatives are smooth. It is not the Hertzian law, whose exponent is 5/2.
/// </remarks>
public readonly struct HarmonicSpheres : IPairLaw, IEquatable<HarmonicSpheres>
{
    /// <summary>The law; it has no constants.</summary>
    public static PairPotential Potential { get; } = new PairPotential<HarmonicSpheres>(default);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Cutoff<T>(T sizeI, T sizeJ) where T : unmanaged, ILanes<T> => SoftSpheres.Contact(sizeI, sizeJ);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Energy<T>(T u, T sizeI, T sizeJ, out T f0, out T f1) where T : unmanaged, ILanes<T>
    {
        SoftSpheres.Scale(u, sizeI, sizeJ, out T inverseSquare, out T s, out T inverseS);
        T overlap = T.Splat(1) - s, half = T.Splat(0.5);
        f0 = half * overlap * overlap;
        f1 = T.Splat(0) - half * inverseSquare * inverseS * overlap;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Derivatives<T>(T u, T sizeI, T sizeJ, out T f1, out T f2, out T f3, out T f4) where T : unmanaged, ILanes<T>
    {
        SoftSpheres.Scale(u, sizeI, sizeJ, out T inverseSquare, out T s, out T inverseS);
        T zero = T.Splat(0), one = T.Splat(1);
        SoftSpheres.ToSquares(inverseSquare, inverseS, s - one, one, zero, zero, out f1, out f2, out f3, out f4);
    }

    /// <inheritdoc/>
    public bool Equals(HarmonicSpheres other) => true;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is HarmonicSpheres;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(nameof(HarmonicSpheres));

    /// <summary>Always true.</summary>
    public static bool operator ==(HarmonicSpheres left, HarmonicSpheres right) => left.Equals(right);

    /// <summary>Always false.</summary>
    public static bool operator !=(HarmonicSpheres left, HarmonicSpheres right) => !left.Equals(right);

    /// <inheritdoc/>
    public override string ToString() => "harmonic spheres";
}
