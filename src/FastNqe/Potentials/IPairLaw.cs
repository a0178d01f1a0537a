using System.Runtime.CompilerServices;

namespace FastNqe;

/// <summary>
/// A pair energy phi as a function f of u = r², written once for every vector width. To add a potential, implement this in one file
/// (<see cref="InversePowerLaw"/> is the guide) and add one line to the potential tests.
/// </summary>
/// <remarks>
/// Derivatives are with respect to u: then no square root and no power of r is needed by any kernel, and a contraction of order n
/// needs just f1..fn (arXiv:1912.10930, eq. C2, in the variable u).
/// A law is a readonly struct of its constants. It may assume 0 &lt; u &lt; cutoff²; lanes outside are discarded by the caller,
/// so they may overflow or become NaN but must not throw.
/// </remarks>
public interface IPairLaw
{
    /// <summary>
    /// Whether evaluating a pair costs so much that the derivatives of a configuration that stands still are kept, however many there are.
    /// Otherwise glasses whose derivatives would take too much memory compute them anew in every sweep, which is slower than reading them.
    /// </summary>
    static virtual bool IsCostly => false;

    /// <summary>
    /// Whether <see cref="Reduce"/> and <see cref="Expand"/> are there: two numbers of a pair that give all derivatives again by a few multiplications. With AVX-512 they are kept
    /// instead of the four derivatives where a glass is too large for the caches: there is less to fetch from memory. A law that <see cref="IsCostly"/> keeps all derivatives.
    /// </summary>
    static virtual bool IsReducible => false;

    /// <summary>The distance at and beyond which a pair does not interact [length].</summary>
    /// <remarks>
    /// In a configuration of more than 64 different sizes not every pair of sizes is asked for: a mixed pair must then not reach farther than all pairs of equal
    /// sizes and all pairs with the smallest or the largest size, as cutoffs that grow with both sizes do.
    /// </remarks>
    /// <param name="sizeI">The size of one particle (its diameter, or what the law reads from it).</param>
    /// <param name="sizeJ">The size of the other particle.</param>
    T Cutoff<T>(T sizeI, T sizeJ) where T : unmanaged, ILanes<T>;

    /// <summary>The energy f and its first derivative with respect to u = r².</summary>
    void Energy<T>(T u, T sizeI, T sizeJ, out T f0, out T f1) where T : unmanaged, ILanes<T>;

    /// <summary>The first four derivatives of the energy with respect to u = r².</summary>
    void Derivatives<T>(T u, T sizeI, T sizeJ, out T f1, out T f2, out T f3, out T f4) where T : unmanaged, ILanes<T>;

    /// <summary>The two numbers that are kept of a pair; of one that does not interact two zeros are kept.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void Reduce<T>(T u, T sizeI, T sizeJ, out T first, out T second) where T : unmanaged, ILanes<T> => throw new NotSupportedException();

    /// <summary>
    /// All that contractions take, from what <see cref="Reduce"/> gave: 2 f1, 4 f2, 8 f3, 16 f4. They have to be the derivatives of <see cref="Derivatives"/> to the last bit, so that no
    /// result depends on what was kept.
    /// </summary>
    /// <remarks>No lane is discarded here: of two zeros, with any u from 0 on, it has to make four zeros.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void Expand<T>(T u, T first, T second, out T twoF1, out T fourF2, out T eightF3, out T sixteenF4) where T : unmanaged, ILanes<T> => throw new NotSupportedException();
}
