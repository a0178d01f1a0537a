namespace FastNqe;

/// <summary>What the energy really does when a glass is displaced along a mode: to be held against <see cref="EnergyExpansion"/>.</summary>
public static class ModeEnergy
{
    // The expansion's saddle is not the true one.
    private static readonly double[] Reaches = [1, 1.5, 2, 3, 4];

    // A quench leaves a billionth; other minima are a tenth of a particle away.
    private const double SameMinimum = 1e-4;

    /// <summary>U(x0 + s pi) - U(x0) for some displacements s [energy].</summary>
    /// <param name="glass">The inherent state.</param>
    /// <param name="mode">The mode.</param>
    /// <param name="displacements">Distances s along the mode [length].</param>
    /// <exception cref="ArgumentException">The mode does not fit, or particles come to lie at the same place.</exception>
    public static double[] Along(InherentState glass, NonlinearMode mode, ReadOnlySpan<double> displacements)
    {
        double[] energies = new double[displacements.Length];
        for (int k = 0; k < energies.Length; k++)
            energies[k] = InherentState.At(Displaced(glass, mode, displacements[k]), glass.Potential).Energy - glass.Energy;
        return energies;
    }

    /// <summary>Displaces the glass along a mode and lets it relax: another minimum, or the same again.</summary>
    /// <param name="glass">The inherent state.</param>
    /// <param name="mode">The mode.</param>
    /// <param name="displacement">The distance s, beyond the saddle if another minimum is wanted [length].</param>
    /// <param name="options">Tolerance and limits of the quench, or null for the defaults.</param>
    /// <exception cref="ArgumentException">The mode does not fit, or particles come to lie at the same place.</exception>
    public static RelaxedNeighbour RelaxFrom(InherentState glass, NonlinearMode mode, double displacement, QuenchOptions? options = null)
    {
        InherentState state = Quench.Run(Displaced(glass, mode, displacement), glass.Potential, options);
        int d = glass.Dimension;
        ReadOnlySpan<double> from = glass.Configuration.Positions, to = state.Configuration.Positions;
        Span<double> mean = stackalloc double[d];
        for (int k = 0; k < from.Length; k++)
            mean[k % d] += (to[k] - from[k]) / glass.ParticleCount;
        double square = 0;
        for (int k = 0; k < from.Length; k++)
            square += Math.Pow(to[k] - from[k] - mean[k % d], 2);
        return new RelaxedNeighbour(state, displacement, state.Energy - glass.Energy, Math.Sqrt(square));
    }

    /// <summary>
    /// The minimum on the far side of a mode's saddle: displaces the glass there by one to four times <see cref="EnergyExpansion.CubicSaddle"/>,
    /// until it relaxes to another minimum.
    /// </summary>
    /// <param name="glass">The inherent state.</param>
    /// <param name="mode">The mode, usually cubic.</param>
    /// <param name="options">Tolerance and limits of the quenches, or null for the defaults.</param>
    /// <returns>The first other minimum, or null if the glass fell back each time: most modes are the way to no saddle near by.</returns>
    /// <exception cref="ArgumentException">The mode does not fit.</exception>
    public static RelaxedNeighbour? NeighbourBeyondSaddle(InherentState glass, NonlinearMode mode, QuenchOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(mode);
        double saddle = EnergyExpansion.Of(mode).CubicSaddle;
        return Reaches.Select(reach => RelaxFrom(glass, mode, reach * saddle, options)).FirstOrDefault(neighbour => neighbour.Distance > SameMinimum);
    }

    private static Configuration Displaced(InherentState glass, NonlinearMode mode, double displacement)
    {
        ArgumentNullException.ThrowIfNull(glass);
        ArgumentNullException.ThrowIfNull(mode);
        glass.CheckDirection(mode.Direction);
        double[] positions = glass.Configuration.Positions.ToArray();
        for (int k = 0; k < positions.Length; k++)
            positions[k] += displacement * mode.Direction[k];
        return glass.Configuration.WithPositions(positions);
    }
}

/// <summary>The minimum a displaced glass relaxes to.</summary>
/// <param name="State">The minimum.</param>
/// <param name="Displacement">The distance along the mode from which it relaxed [length].</param>
/// <param name="EnergyDifference">Its energy minus that of the glass [energy].</param>
/// <param name="Distance">How far it is from the glass in the space of all coordinates, without translation [length]; zero means that the glass fell back.</param>
public sealed record RelaxedNeighbour(InherentState State, double Displacement, double EnergyDifference, double Distance);
