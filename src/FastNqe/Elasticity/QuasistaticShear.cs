namespace FastNqe;

/// <summary>A glass after one step of athermal quasistatic shear.</summary>
/// <param name="Strain">gamma since the beginning.</param>
/// <param name="Energy">U [energy].</param>
/// <param name="Stress">The shear stress sigma_ab = (dU/dgamma)/V [energy/length^d].</param>
/// <param name="Pressure">p [energy/length^d].</param>
/// <param name="Dissipated">
/// The work of the step minus the energy gained, V (sigma_before + sigma_after)/2 dgamma - dU [energy]: of third order in the step while
/// the glass is elastic, finite in a plastic event.
/// </param>
/// <param name="IsPlastic">Whether more was dissipated than V B dgamma², with B the Born modulus: an elastic step cannot.</param>
/// <param name="Quench">How the quench went.</param>
public readonly record struct ShearStep(double Strain, double Energy, double Stress, double Pressure, double Dissipated, bool IsPlastic, QuenchReport? Quench);

/// <summary>
/// Athermal quasistatic simple shear: box and particles are sheared affinely by a small step, x_a → x_a + dgamma x_b, then the energy is
/// minimised; and so on.
/// </summary>
/// <remarks>Forwards and back: the sign of each step is free. In two and three dimensions, where boxes can be tilted.</remarks>
public sealed class QuasistaticShear
{
    private readonly int _a, _b;
    private readonly QuenchOptions? _options;

    /// <summary>A glass before its first step.</summary>
    /// <param name="glass">The inherent state.</param>
    /// <param name="a">The axis that is displaced.</param>
    /// <param name="b">The axis along which the displacement grows; above <paramref name="a"/>.</param>
    /// <param name="options">Tolerance and limits of the quenches, or null for the defaults.</param>
    /// <param name="strain">The strain that the glass has already, when a run is taken up again.</param>
    /// <exception cref="ArgumentException">The axes are not a plane of a 2D or 3D box, the strain is not finite, or a setting is out of its range.</exception>
    public QuasistaticShear(InherentState glass, int a, int b, QuenchOptions? options = null, double strain = 0)
    {
        ArgumentNullException.ThrowIfNull(glass);
        if (!double.IsFinite(strain))
            throw new ArgumentException($"the strain is {strain}; expected a finite number", nameof(strain));
        options?.Validate();
        // Refuses a wrong plane at once.
        glass.Configuration.Box.Sheared(a, b, 0);
        (_a, _b, _options) = (a, b, options);
        State = glass;
        Last = new ShearStep(strain, glass.Energy, glass.Stress(a, b), glass.Pressure, 0, false, glass.Quench);
    }

    /// <summary>The glass as it is now.</summary>
    public InherentState State { get; private set; }

    /// <summary>What the last step led to; before the first step, the beginning.</summary>
    public ShearStep Last { get; private set; }

    /// <summary>Shears to a strain in one step.</summary>
    /// <param name="strain">The strain to go to; its difference to the present one is the step.</param>
    /// <exception cref="ArgumentException">The strain is not finite.</exception>
    /// <exception cref="OperationCanceledException">The quench was stopped; the glass is as it was before the step.</exception>
    public ShearStep StepTo(double strain)
    {
        if (!double.IsFinite(strain))
            throw new ArgumentException($"the strain is {strain}; expected a finite number", nameof(strain));
        double step = strain - Last.Strain, volume = State.Configuration.Box.Volume;
        double born = ElasticResponse.BornModulusOf(Deformation.SimpleShear(State.Dimension, _a, _b), State);
        InherentState next = Quench.Run(Sheared(State.Configuration, _a, _b, step), State.Potential, _options);
        double stress = next.Stress(_a, _b);
        double dissipated = volume * 0.5 * (Last.Stress + stress) * step - (next.Energy - State.Energy);
        State = next;
        return Last = new ShearStep(strain, next.Energy, stress, next.Pressure, dissipated, dissipated > volume * born * step * step, next.Quench);
    }

    /// <summary>A configuration after an affine simple shear of box and particles.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="a">The axis that is displaced.</param>
    /// <param name="b">The axis along which the displacement grows; above <paramref name="a"/>.</param>
    /// <param name="strain">gamma.</param>
    /// <exception cref="ArgumentException">The axes are not a plane of a 2D or 3D box.</exception>
    public static Configuration Sheared(Configuration configuration, int a, int b, double strain)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        Box box = configuration.Box.Sheared(a, b, strain);
        int d = configuration.Dimension;
        double[] positions = configuration.Positions.ToArray();
        for (int row = 0; row < positions.Length; row += d)
            positions[row + a] += strain * positions[row + b];
        return configuration.WithPositions(Reduced(box), positions);
    }

    // The same lattice with tilts of at most half a side: far from a right angle the minimum image would reach less far.
    private static Box Reduced(in Box box)
    {
        int d = box.Dimension;
        double xy = box.XY, xz = box.XZ, yz = box.YZ;
        if (d == 3)
        {
            double turns = Math.Round(yz / box.Length(1));
            (yz, xz) = (yz - turns * box.Length(1), xz - turns * xy);
            xz -= Math.Round(xz / box.Length(0)) * box.Length(0);
        }
        xy -= Math.Round(xy / box.Length(0)) * box.Length(0);
        Span<double> lengths = stackalloc double[d];
        for (int axis = 0; axis < d; axis++)
            lengths[axis] = box.Length(axis);
        return Box.Tilted(lengths, xy, xz, yz);
    }
}
