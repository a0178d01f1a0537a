namespace FastNqe;

/// <summary>
/// The energy along a mode to fourth order, U(s) - U(0) = ½ kappa s² + tau s³/6 + chi s⁴/24, with s the distance in the space of all
/// coordinates: a double well if the cubic term is large enough.
/// </summary>
/// <param name="Stiffness">kappa [energy/length²], positive.</param>
/// <param name="CubicCoefficient">tau [energy/length³].</param>
/// <param name="QuarticCoefficient">chi [energy/length⁴].</param>
public readonly record struct EnergyExpansion(double Stiffness, double CubicCoefficient, double QuarticCoefficient)
{
    /// <summary>The expansion along a mode.</summary>
    public static EnergyExpansion Of(NonlinearMode mode)
    {
        ArgumentNullException.ThrowIfNull(mode);
        return new EnergyExpansion(mode.Stiffness, mode.CubicCoefficient, mode.QuarticCoefficient);
    }

    /// <summary>U(s) - U(0) [energy].</summary>
    /// <param name="s">The displacement along the mode [length].</param>
    public double At(double s) => s * s * (Stiffness / 2 + s * (CubicCoefficient / 6 + s * QuarticCoefficient / 24));

    /// <summary>
    /// tau²/(3 kappa chi): the soft-potential bound of eq. 32 says it stays below 1, for above it the second minimum would be the lower one.
    /// From 8/9 on there is a second minimum.
    /// </summary>
    public double Asymmetry => CubicCoefficient * CubicCoefficient / (3 * Stiffness * QuarticCoefficient);

    /// <summary>Whether the expansion has a second minimum: 3 tau² &gt; 8 kappa chi, chi &gt; 0.</summary>
    public bool IsDoubleWell => Discriminant > 0 && QuarticCoefficient > 0;

    /// <summary>Where the second minimum is [length], NaN if there is none.</summary>
    public double SecondMinimum => IsDoubleWell ? -(3 * CubicCoefficient + Math.CopySign(Math.Sqrt(Discriminant), CubicCoefficient)) / (2 * QuarticCoefficient) : double.NaN;

    /// <summary>Where the saddle between the minima is [length], NaN if there is none.</summary>
    public double Saddle => IsDoubleWell ? -12 * Stiffness / (3 * CubicCoefficient + Math.CopySign(Math.Sqrt(Discriminant), CubicCoefficient)) : double.NaN;

    /// <summary>The energy of the saddle above the first minimum [energy], NaN if there is none.</summary>
    public double Barrier => At(Saddle);

    /// <summary>-2 kappa/tau: the saddle of the expansion without its quartic term [length].</summary>
    public double CubicSaddle => -2 * Stiffness / CubicCoefficient;

    /// <summary>(2/3) kappa³/tau²: the barrier of the expansion without its quartic term (eq. 35 is the same without the factor) [energy].</summary>
    public double CubicBarrier => 2 * Stiffness * Stiffness * Stiffness / (3 * CubicCoefficient * CubicCoefficient);

    // U'(s)/s = kappa + tau s/2 + chi s²/6 vanishes at s = (-3 tau ± sqrt(9 tau² - 24 kappa chi))/(2 chi).
    private double Discriminant => 9 * CubicCoefficient * CubicCoefficient - 24 * Stiffness * QuarticCoefficient;
}
