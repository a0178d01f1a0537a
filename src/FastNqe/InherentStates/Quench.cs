using System.Runtime.CompilerServices;

namespace FastNqe;

/// <summary>
/// From a liquid to its inherent state: the local minimum of U that the configuration belongs to.
/// </summary>
public static class Quench
{
    // Sweeps times particles, some ten seconds: a quench of less work has a single leg. In larger systems a leg is so long that its new lists cost little.
    private const int LegWork = 100_000_000;
    private const int ShortestLeg = 500;

    /// <summary>Quenches a configuration.</summary>
    /// <param name="liquid">N particles with diameters.</param>
    /// <param name="potential">The pair potential.</param>
    /// <param name="options">Tolerance and limits, or null for the defaults.</param>
    /// <returns>The inherent state; <see cref="InherentState.Quench"/> says whether the tolerance was reached.</returns>
    /// <exception cref="ArgumentException">The box is too small, diameters are missing, a particle is farther than a million boxes away, particles overlap so that the energy is not finite, or a setting is out of its range.</exception>
    public static InherentState Run(Configuration liquid, PairPotential potential, QuenchOptions? options = null) => Run(liquid, null, potential, options);

    /// <summary>Goes on with a quench that was stopped, to the bits that it would have ended with.</summary>
    /// <param name="liquid">The configuration that it began with.</param>
    /// <param name="from">Where it stood, as <see cref="QuenchOptions.Checkpoint"/> was told.</param>
    /// <param name="potential">The same pair potential.</param>
    /// <param name="options">The same tolerance and limits.</param>
    /// <returns>As of <see cref="Run(Configuration, PairPotential, QuenchOptions?)"/>; its report counts all steps and sweeps, before and after.</returns>
    /// <exception cref="ArgumentException">As there, or the checkpoint is of another system.</exception>
    public static InherentState Resume(Configuration liquid, QuenchCheckpoint from, PairPotential potential, QuenchOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(liquid);
        ArgumentNullException.ThrowIfNull(from);
        if ((from.Positions.Length, from.Dimension) != (liquid.Positions.Length, liquid.Dimension))
            throw new ArgumentException($"the checkpoint has {from.Positions.Length / from.Dimension} particles in {from.Dimension} dimensions; expected {liquid.ParticleCount} in {liquid.Dimension}", nameof(from));
        return Run(liquid, from, potential, options);
    }

    private static InherentState Run(Configuration liquid, QuenchCheckpoint? from, PairPotential potential, QuenchOptions? options)
    {
        ArgumentNullException.ThrowIfNull(liquid);
        ArgumentNullException.ThrowIfNull(potential);
        options ??= new QuenchOptions();
        options.Validate();
        (Configuration minimum, QuenchReport report) = Minimum(liquid, from, potential, options);
        // In time for the pair table, which would else come on top of what the quench worked with.
        LargeSystem.GiveMemoryBack(liquid.ParticleCount);
        return new InherentState(minimum, potential, report);
    }

    // A method to itself, so that nothing of a quench's working memory is in use when it returns.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (Configuration Minimum, QuenchReport Report) Minimum(Configuration liquid, QuenchCheckpoint? from, PairPotential potential, QuenchOptions options)
    {
        // The order of particles is that of the liquid, wherever the descent goes on.
        var pairs = new PairForces(liquid, potential, options.Skin, repairs: true);
        var descent = new Descent(pairs, options, from);
        int leg = options.LegSweeps ?? Math.Max(ShortestLeg, LegWork / liquid.ParticleCount);
        while (!descent.Leg(leg))
        {
            QuenchCheckpoint here = descent.Pause();
            options.Checkpoint?.Invoke(here);
        }
        return (pairs.ToConfiguration(liquid), descent.Report);
    }
}
