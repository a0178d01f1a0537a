namespace FastNqe.Cli;

/// <summary>What lies around the modes of a glass: analyze --full.</summary>
/// <param name="Difference">pi_4 - psi, eq. 17, and the field of Fig. 9a.</param>
/// <param name="Starts">The cubic modes from the quartic mode and from the non-affine velocities.</param>
/// <param name="PseudoHarmonic">The minimum of C from psi.</param>
/// <param name="Couplings">The cubic mode's coupling to every shear.</param>
/// <param name="Neighbour">The minimum beyond the cubic mode's saddle, or null if the glass fell back from wherever it was put.</param>
internal sealed record Surroundings(
    ModeDifference Difference, SevenStarts Starts, PseudoHarmonicMode PseudoHarmonic, IReadOnlyList<ShearCoupling> Couplings, RelaxedNeighbour? Neighbour)
{
    public static Surroundings Of(InherentState glass, Eigenpair harmonic, QuarticMode quartic, CubicMode cubic, MinimiserOptions minimiser)
    {
        var solve = new LinearSolveOptions { Cancellation = minimiser.Cancellation };
        return new Surroundings(
            ModeDifference.Of(glass, harmonic, quartic, solve),
            SevenStarts.From(glass, quartic, Elasticity.Of(glass, solve), minimiser),
            PseudoHarmonicMode.From(glass, harmonic.Vector, minimiser),
            ShearCoupling.ToEveryShear(glass, cubic),
            ModeEnergy.NeighbourBeyondSaddle(glass, cubic, new QuenchOptions { Cancellation = minimiser.Cancellation }));
    }
}
