namespace FastNqe;

/// <summary>How a soft mode feels a shear strain gamma, and when the strain is expected to make it unstable.</summary>
/// <param name="Deformation">The shear.</param>
/// <param name="Coupling">nu = Xi_gamma·pi [energy/length]; changes sign with pi.</param>
/// <param name="StiffnessSlope">dkappa/dgamma = -tau nu/kappa (eq. 29) [energy/length²]: becomes exact as kappa → 0. The same for both signs of pi.</param>
/// <param name="InstabilityStrain">
/// kappa²/(2 tau nu), where the stiffness vanishes if eq. 29 is followed, kappa² = kappa_0² - 2 tau nu gamma; the sign says in which
/// direction to shear. Eq. 37 is the same without the factor.
/// </param>
public readonly record struct ShearCoupling(Deformation Deformation, double Coupling, double StiffnessSlope, double InstabilityStrain)
{
    /// <summary>The coupling of a mode to one deformation.</summary>
    /// <param name="glass">The inherent state.</param>
    /// <param name="mode">A mode of it, usually cubic.</param>
    /// <param name="deformation">The deformation.</param>
    /// <exception cref="ArgumentException">The mode or the deformation does not fit the glass.</exception>
    public static ShearCoupling Of(InherentState glass, NonlinearMode mode, Deformation deformation)
    {
        ArgumentNullException.ThrowIfNull(mode);
        double[] force = ElasticResponse.ForceOf(deformation, glass);
        if (mode.Direction.Length != force.Length)
            throw new ArgumentException($"the mode has {mode.Direction.Length} numbers; the glass has {force.Length}", nameof(mode));
        double nu = 0;
        for (int k = 0; k < force.Length; k++)
            nu += force[k] * mode.Direction[k];
        double slope = -mode.CubicCoefficient * nu / mode.Stiffness;
        return new ShearCoupling(deformation, nu, slope, -mode.Stiffness / (2 * slope));
    }

    /// <summary>The couplings to every simple shear (a &lt; b), then to every pure shear.</summary>
    /// <exception cref="ArgumentException">The mode does not fit the glass.</exception>
    public static IReadOnlyList<ShearCoupling> ToEveryShear(InherentState glass, NonlinearMode mode)
    {
        ArgumentNullException.ThrowIfNull(glass);
        int d = glass.Dimension;
        return [.. Deformation.SimpleShears(d).Concat(Deformation.PureShears(d)).Select(shear => Of(glass, mode, shear))];
    }
}
