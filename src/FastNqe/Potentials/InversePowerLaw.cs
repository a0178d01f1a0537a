using System.Runtime.CompilerServices;

namespace FastNqe;

/// <summary>
/// The smoothed inverse power law of the paper's glasses:
/// phi(r) = (lambda_ij/r)^beta + Σ_{l=0..q} c_2l (r/lambda_ij)^(2l) for r &lt; x_c lambda_ij, else 0.
/// This file is the guide to writing another potential.
/// </summary>
/// <remarks>
/// <para>Lerner, J. Non-Cryst. Solids 522, 119570 (2019). phi and its first q derivatives vanish at the cutoff; with q = 3 the fourth
/// derivative jumps there (111 eps/lambda⁴ for IPL), so the quartic coefficient chi is well defined but not continuous when a pair
/// enters or leaves. It is not the unsmoothed r^-beta, nor the one that is only shifted to zero.</para>
/// <para>Pair length: lambda_ij = ½(lambda_i + lambda_j)(1 - n_a |lambda_i - lambda_j|). The binary mixture's 1, 1.18, 1.4 is
/// n_a = 1/24 exactly; the polydisperse model has n_a = 0.2.</para>
/// <para>With y = u/lambda², n-th derivative: lambda^(-2n) d^n/dy^n [ y^(-beta/2) + Σ c_2l y^l ].</para>
/// </remarks>
public readonly struct InversePowerLaw : IPairLaw, IEquatable<InversePowerLaw>
{
    /// <summary>The largest smoothing order q.</summary>
    public const int LargestSmoothingOrder = 4;

    // Fields, not an array: every one becomes a broadcast straight from the struct.
    private readonly double _c0, _c1, _c2, _c3, _c4;
    private readonly double _p1, _sixteenP4;
    private readonly double _halfNonAdditivity;

    // Of the power's parts of 8 f3, 4 f2 and 2 f1 to that of 16 f4, without their powers of u.
    private readonly double _ratio3, _ratio2, _ratio1;
    private readonly double _twoC2, _threeC3, _sixC3, _fourC4, _twelveC4, _twentyFourC4;

    /// <summary>A law with the given constants; the smoothing coefficients follow from them.</summary>
    /// <param name="exponent">beta, an even number from 4 to 48.</param>
    /// <param name="cutoff">x_c, the cutoff in units of lambda_ij, above 1.</param>
    /// <param name="smoothingOrder">q, from 1 to 4: the number of derivatives that vanish at the cutoff.</param>
    /// <param name="nonAdditivity">n_a in the pair length, in units of 1/length, from 0 to below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A constant is out of its range.</exception>
    public InversePowerLaw(int exponent = 10, double cutoff = 1.48, int smoothingOrder = 3, double nonAdditivity = 1.0 / 24)
    {
        if (exponent is < 4 or > 48 || exponent % 2 != 0)
            throw new ArgumentOutOfRangeException(nameof(exponent), exponent, "the exponent beta is an even number from 4 to 48");
        if (!(cutoff > 1) || !double.IsFinite(cutoff))
            throw new ArgumentOutOfRangeException(nameof(cutoff), cutoff, "the cutoff x_c, in units of the pair length, is a number above 1");
        if (smoothingOrder is < 1 or > LargestSmoothingOrder)
            throw new ArgumentOutOfRangeException(nameof(smoothingOrder), smoothingOrder, $"the smoothing order q is from 1 to {LargestSmoothingOrder}");
        if (!(nonAdditivity >= 0 && nonAdditivity < 1))
            throw new ArgumentOutOfRangeException(nameof(nonAdditivity), nonAdditivity, "the non-additivity n_a is from 0 to below 1");
        (Exponent, CutoffRatio, SmoothingOrder, NonAdditivity) = (exponent, cutoff, smoothingOrder, nonAdditivity);
        _halfNonAdditivity = 0.5 * nonAdditivity;
        _p1 = -0.5 * exponent;
        _sixteenP4 = 16 * _p1 * (_p1 - 1) * (_p1 - 2) * (_p1 - 3);
        _ratio3 = 0.5 / (_p1 - 3);
        _ratio2 = 0.5 * _ratio3 / (_p1 - 2);
        _ratio1 = 0.5 * _ratio2 / (_p1 - 1);
        (_c0, _c1, _c2) = (SmoothingCoefficient(0), SmoothingCoefficient(1), SmoothingCoefficient(2));
        (_c3, _c4) = (SmoothingCoefficient(3), SmoothingCoefficient(4));
        (_twoC2, _threeC3, _sixC3) = (2 * _c2, 3 * _c3, 6 * _c3);
        (_fourC4, _twelveC4, _twentyFourC4) = (4 * _c4, 12 * _c4, 24 * _c4);
    }

    /// <inheritdoc/>
    public static bool IsReducible => true;

    /// <summary>beta.</summary>
    public int Exponent { get; }

    /// <summary>x_c, in units of lambda_ij.</summary>
    public double CutoffRatio { get; }

    /// <summary>q.</summary>
    public int SmoothingOrder { get; }

    /// <summary>n_a [1/length].</summary>
    public double NonAdditivity { get; }

    /// <summary>The 50:50 binary mixture in two dimensions (ipl-2d): sizes 1 and 1.4, x_c = 1.48.</summary>
    public static PairPotential Binary2D { get; } = new PairPotential<InversePowerLaw>(new(10));

    /// <summary>The 50:50 binary mixture in three dimensions (ipl-3d). The law is the same in every dimension.</summary>
    public static PairPotential Binary3D => Binary2D;

    /// <summary>The 50:50 binary mixture in four dimensions (ipl-4d). The law is the same in every dimension.</summary>
    public static PairPotential Binary4D => Binary2D;

    /// <summary>The polydisperse mixture (poly-3d): x_c = 1.40, n_a = 0.2.</summary>
    public static PairPotential Polydisperse3D { get; } = new PairPotential<InversePowerLaw>(new(10, 1.40, 3, 0.2));

    /// <summary>c_2l of the smoothing polynomial, from the condition that the first q derivatives vanish at the cutoff.</summary>
    public double SmoothingCoefficient(int l)
    {
        if (l > SmoothingOrder)
            return 0;
        double sign = l % 2 == 0 ? -1 : 1;
        return sign / (DoubleFactorial(2 * SmoothingOrder - 2 * l) * DoubleFactorial(2 * l))
            * DoubleFactorial(Exponent + 2 * SmoothingOrder) / (DoubleFactorial(Exponent - 2) * (Exponent + 2 * l))
            * Math.Pow(CutoffRatio, -(Exponent + 2 * l));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Cutoff<T>(T sizeI, T sizeJ) where T : unmanaged, ILanes<T> => T.Splat(CutoffRatio) * PairLength(sizeI, sizeJ);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Energy<T>(T u, T sizeI, T sizeJ, out T f0, out T f1) where T : unmanaged, ILanes<T>
    {
        Scale(u, PairLength(sizeI, sizeJ), out T y, out T inverseY, out T inverseSquare);
        T power = Power(inverseY);
        f0 = power + Smoothing(y);
        f1 = inverseSquare * T.MultiplyAdd(T.Splat(_p1) * power, inverseY, SmoothingSlope(y));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Derivatives<T>(T u, T sizeI, T sizeJ, out T f1, out T f2, out T f3, out T f4) where T : unmanaged, ILanes<T>
    {
        Reduce(u, sizeI, sizeJ, out T first, out T second);
        Expand(u, first, second, out T twoF1, out T fourF2, out T eightF3, out T sixteenF4);
        f1 = T.Splat(1.0 / 2) * twoF1;
        f2 = T.Splat(1.0 / 4) * fourF2;
        f3 = T.Splat(1.0 / 8) * eightF3;
        f4 = T.Splat(1.0 / 16) * sixteenF4;
    }

    /// <summary>Keeps of a pair what y^(-beta/2) gives to 16 f4, and 1/lambda².</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Reduce<T>(T u, T sizeI, T sizeJ, out T first, out T second) where T : unmanaged, ILanes<T>
    {
        Scale(u, PairLength(sizeI, sizeJ), out _, out T inverseY, out second);
        T inverseU = inverseY * second, square = inverseU * inverseU;
        first = T.Splat(_sixteenP4) * Power(inverseY) * (square * square);
    }

    /// <inheritdoc/>
    /// <remarks>The n-th derivative of y^(-beta/2) is proportional to u times the next one; only the polynomial is evaluated anew.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Expand<T>(T u, T first, T second, out T twoF1, out T fourF2, out T eightF3, out T sixteenF4) where T : unmanaged, ILanes<T>
    {
        // 2/lambda² and 4/lambda⁴
        T y = u * second, scale1 = second + second, scale2 = scale1 * scale1;
        T slope2 = T.MultiplyAdd(y, T.Splat(_sixC3), T.Splat(_twoC2)), slope3 = T.Splat(_sixC3);
        sixteenF4 = first;
        if (SmoothingOrder > 3)
        {
            slope2 = T.MultiplyAdd(y * y, T.Splat(_twelveC4), slope2);
            slope3 = T.MultiplyAdd(y, T.Splat(_twentyFourC4), slope3);
            sixteenF4 = T.MultiplyAdd(scale2 * scale2, T.Splat(_twentyFourC4), first);
        }
        T power = first * u;
        eightF3 = T.MultiplyAdd(T.Splat(_ratio3), power, scale2 * scale1 * slope3);
        power *= u;
        fourF2 = T.MultiplyAdd(T.Splat(_ratio2), power, scale2 * slope2);
        power *= u;
        twoF1 = T.MultiplyAdd(T.Splat(_ratio1), power, scale1 * SmoothingSlope(y));
    }

    /// <inheritdoc/>
    public bool Equals(InversePowerLaw other) =>
        Exponent == other.Exponent && CutoffRatio == other.CutoffRatio && SmoothingOrder == other.SmoothingOrder && NonAdditivity == other.NonAdditivity;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is InversePowerLaw other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Exponent, CutoffRatio, SmoothingOrder, NonAdditivity);

    /// <summary>Whether two laws have the same constants.</summary>
    public static bool operator ==(InversePowerLaw left, InversePowerLaw right) => left.Equals(right);

    /// <summary>Whether two laws have different constants.</summary>
    public static bool operator !=(InversePowerLaw left, InversePowerLaw right) => !left.Equals(right);

    /// <inheritdoc/>
    public override string ToString() =>
        FormattableString.Invariant($"inverse power law, beta {Exponent}, cutoff {CutoffRatio}, smoothing order {SmoothingOrder}, non-additivity {NonAdditivity}");

    // lambda_ij
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private T PairLength<T>(T sizeI, T sizeJ) where T : unmanaged, ILanes<T> =>
        (sizeI + sizeJ) * T.NegativeMultiplyAdd(T.Splat(_halfNonAdditivity), T.Abs(sizeI - sizeJ), T.Splat(0.5));

    // y = u/lambda², 1/y and 1/lambda² by one division.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Scale<T>(T u, T length, out T y, out T inverseY, out T inverseSquare) where T : unmanaged, ILanes<T>
    {
        T square = length * length;
        T inverseProduct = T.Splat(1) / (u * square);
        inverseY = square * square * inverseProduct;
        inverseSquare = u * inverseProduct;
        y = u * inverseSquare;
    }

    // y^(-beta/2)
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private T Power<T>(T inverseY) where T : unmanaged, ILanes<T>
    {
        if (Exponent == 10)
        {
            T square = inverseY * inverseY;
            return square * square * inverseY;
        }
        T power = inverseY;
        for (int k = 1; k < Exponent / 2; k++)
            power *= inverseY;
        return power;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private T Smoothing<T>(T y) where T : unmanaged, ILanes<T>
    {
        T sum = T.Splat(_c3);
        if (SmoothingOrder > 3)
            sum = T.MultiplyAdd(y, T.Splat(_c4), sum);
        sum = T.MultiplyAdd(y, sum, T.Splat(_c2));
        sum = T.MultiplyAdd(y, sum, T.Splat(_c1));
        return T.MultiplyAdd(y, sum, T.Splat(_c0));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private T SmoothingSlope<T>(T y) where T : unmanaged, ILanes<T>
    {
        T sum = T.Splat(_threeC3);
        if (SmoothingOrder > 3)
            sum = T.MultiplyAdd(y, T.Splat(_fourC4), sum);
        sum = T.MultiplyAdd(y, sum, T.Splat(_twoC2));
        return T.MultiplyAdd(y, sum, T.Splat(_c1));
    }

    private static double DoubleFactorial(int n)
    {
        double product = 1;
        for (int k = n; k > 1; k -= 2)
            product *= k;
        return product;
    }
}
