using System.Runtime.CompilerServices;

namespace FastNqe;

/// <summary>
/// The Kob-Andersen binary Lennard-Jones mixture, smoothed at the cutoff:
/// phi(r) = 4 eps_ab [ g(y) - T(y) ] with y = (r/sigma_ab)², g(y) = y⁻⁶ - y⁻³, for r &lt; x_c sigma_ab, else 0.
/// </summary>
/// <remarks>
/// <para>Kob and Andersen, Phys. Rev. E 51, 4626 (1995): sigma_AA = 1, sigma_AB = 0.8, sigma_BB = 0.88; eps_AA = 1, eps_AB = 1.5,
/// eps_BB = 0.5. A particle's size says which species it is: below <see cref="SpeciesBoundary"/> it is B.</para>
/// <para>T is g's own Taylor polynomial of order q about the cutoff, a polynomial in r²: then phi and its first q derivatives vanish there,
/// as for <see cref="InversePowerLaw"/>. It is not the original model, which is cut and shifted (q = 0) and has no third and fourth derivative
/// at the cutoff; with x_c = 2.5 and q = 3 the well is a fifth shallower than that of the unsmoothed law.</para>
/// </remarks>
public readonly struct LennardJones : IPairLaw, IEquatable<LennardJones>
{
    /// <summary>The largest smoothing order q.</summary>
    public const int LargestSmoothingOrder = 4;

    /// <summary>The size below which a particle is of species B; between sigma_AA and sigma_BB.</summary>
    public const double SpeciesBoundary = 0.94;

    private readonly Taylor _t;
    private readonly double _cutoffSquared;

    /// <summary>The mixture with a given cutoff and smoothing.</summary>
    /// <param name="cutoff">x_c, the cutoff in units of sigma_ab, above 1.2.</param>
    /// <param name="smoothingOrder">q, from 1 to 4: the number of derivatives that vanish at the cutoff.</param>
    /// <exception cref="ArgumentOutOfRangeException">A constant is out of its range.</exception>
    public LennardJones(double cutoff = 2.5, int smoothingOrder = 3)
    {
        if (!(cutoff > 1.2) || !double.IsFinite(cutoff))
            throw new ArgumentOutOfRangeException(nameof(cutoff), cutoff, "the cutoff x_c, in units of sigma, is a number above 1.2, beyond the minimum");
        if (smoothingOrder is < 1 or > LargestSmoothingOrder)
            throw new ArgumentOutOfRangeException(nameof(smoothingOrder), smoothingOrder, $"the smoothing order q is from 1 to {LargestSmoothingOrder}");
        (CutoffRatio, SmoothingOrder, _cutoffSquared) = (cutoff, smoothingOrder, cutoff * cutoff);
        // g^(n)/n! = (-1)^n [ C(5+n, n) y^-(6+n) - C(2+n, n) y^-(3+n) ]
        double repulsive = Math.Pow(cutoff, -12), attractive = Math.Pow(cutoff, -6);
        for (int n = 0; n <= smoothingOrder; n++)
        {
            _t[n] = repulsive - attractive;
            repulsive *= -(6.0 + n) / ((n + 1) * _cutoffSquared);
            attractive *= -(3.0 + n) / ((n + 1) * _cutoffSquared);
        }
    }

    /// <summary>x_c, in units of sigma_ab.</summary>
    public double CutoffRatio { get; }

    /// <summary>q.</summary>
    public int SmoothingOrder { get; }

    /// <summary>The mixture with x_c = 2.5, q = 3.</summary>
    public static PairPotential KobAndersen { get; } = new PairPotential<LennardJones>(new(2.5));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Cutoff<T>(T sizeI, T sizeJ) where T : unmanaged, ILanes<T> =>
        T.Splat(CutoffRatio) * OfSpecies(sizeI, sizeJ, 1.0, 0.8, 0.88);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Energy<T>(T u, T sizeI, T sizeJ, out T f0, out T f1) where T : unmanaged, ILanes<T>
    {
        Scale(u, sizeI, sizeJ, out T depth, out T inverseSquare, out T y, out T inverseY);
        T cube = inverseY * inverseY * inverseY;
        T w = y - T.Splat(_cutoffSquared);
        T taylor = T.MultiplyAdd(w, T.Splat(_t[4]), T.Splat(_t[3]));
        taylor = T.MultiplyAdd(w, taylor, T.Splat(_t[2]));
        taylor = T.MultiplyAdd(w, taylor, T.Splat(_t[1]));
        f0 = depth * (T.MultiplyAdd(cube, cube, T.Splat(0) - cube) - T.MultiplyAdd(w, taylor, T.Splat(_t[0])));
        f1 = depth * inverseSquare * Slope(cube, inverseY, w);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Derivatives<T>(T u, T sizeI, T sizeJ, out T f1, out T f2, out T f3, out T f4) where T : unmanaged, ILanes<T>
    {
        Scale(u, sizeI, sizeJ, out T depth, out T inverseSquare, out T y, out T inverseY);
        T cube = inverseY * inverseY * inverseY;
        T w = y - T.Splat(_cutoffSquared);
        T scale = depth * inverseSquare;
        f1 = scale * Slope(cube, inverseY, w);

        // y^-(6+n) and y^-(3+n) have a common factor: y^-(3+n) (a y^-3 - b).
        T power = cube * inverseY * inverseY;
        scale *= inverseSquare;
        f2 = scale * (power * T.MultiplyAdd(T.Splat(42), cube, T.Splat(-12))
            - T.MultiplyAdd(w, T.MultiplyAdd(w, T.Splat(12 * _t[4]), T.Splat(6 * _t[3])), T.Splat(2 * _t[2])));
        power *= inverseY;
        scale *= inverseSquare;
        f3 = scale * (power * T.NegativeMultiplyAdd(T.Splat(336), cube, T.Splat(60)) - T.MultiplyAdd(w, T.Splat(24 * _t[4]), T.Splat(6 * _t[3])));
        power *= inverseY;
        scale *= inverseSquare;
        f4 = scale * (power * T.MultiplyAdd(T.Splat(3024), cube, T.Splat(-360)) - T.Splat(24 * _t[4]));
    }

    /// <inheritdoc/>
    public bool Equals(LennardJones other) => CutoffRatio == other.CutoffRatio && SmoothingOrder == other.SmoothingOrder;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is LennardJones other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(CutoffRatio, SmoothingOrder);

    /// <summary>Whether two laws have the same constants.</summary>
    public static bool operator ==(LennardJones left, LennardJones right) => left.Equals(right);

    /// <summary>Whether two laws have different constants.</summary>
    public static bool operator !=(LennardJones left, LennardJones right) => !left.Equals(right);

    /// <inheritdoc/>
    public override string ToString() =>
        FormattableString.Invariant($"Kob-Andersen Lennard-Jones, cutoff {CutoffRatio}, smoothing order {SmoothingOrder}");

    // 4 eps, 1/sigma², y = u/sigma² and 1/y.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Scale<T>(T u, T sizeI, T sizeJ, out T depth, out T inverseSquare, out T y, out T inverseY) where T : unmanaged, ILanes<T>
    {
        depth = OfSpecies(sizeI, sizeJ, 4.0, 6.0, 2.0);
        inverseSquare = OfSpecies(sizeI, sizeJ, 1.0, 1 / (0.8 * 0.8), 1 / (0.88 * 0.88));
        y = u * inverseSquare;
        inverseY = T.Splat(1) / y;
    }

    // g' - T'
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private T Slope<T>(T cube, T inverseY, T w) where T : unmanaged, ILanes<T>
    {
        T taylor = T.MultiplyAdd(w, T.Splat(4 * _t[4]), T.Splat(3 * _t[3]));
        taylor = T.MultiplyAdd(w, taylor, T.Splat(2 * _t[2]));
        return T.NegativeMultiplyAdd(w, taylor, cube * inverseY * T.NegativeMultiplyAdd(T.Splat(6), cube, T.Splat(3)) - T.Splat(_t[1]));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T OfSpecies<T>(T sizeI, T sizeJ, double aa, double ab, double bb) where T : unmanaged, ILanes<T>
    {
        T boundary = T.Splat(SpeciesBoundary);
        T withA = T.SelectLess(sizeJ, boundary, T.Splat(ab), T.Splat(aa)), withB = T.SelectLess(sizeJ, boundary, T.Splat(bb), T.Splat(ab));
        return T.SelectLess(sizeI, boundary, withB, withA);
    }

    [InlineArray(LargestSmoothingOrder + 1)]
    private struct Taylor
    {
        private double _first;
    }
}
