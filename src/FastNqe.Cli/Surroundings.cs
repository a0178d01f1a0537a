namespace FastNqe.Cli;

/// <summary>What lies around the modes of a glass: analyze --full.</summary>
/// <param name="Difference">pi_4 - psi, eq. 17, and the field of Fig. 9a.</param>
/// <param name="Starts">The cubic modes from the quartic mode and from the non-affine velocities; the lowest is the one that the rest is about.</param>
/// <param name="PseudoHarmonic">The minimum of C from psi.</param>
/// <param name="Couplings">The lowest cubic mode's coupling to every shear.</param>
/// <param name="Neighbour">The minimum beyond the lowest cubic mode's saddle, or null if the glass fell back from wherever it was put.</param>
internal sealed record Surroundings(
    ModeDifference Difference, SevenStarts Starts, PseudoHarmonicMode PseudoHarmonic, IReadOnlyList<ShearCoupling> Couplings, RelaxedNeighbour? Neighbour)
{
    public static Surroundings Of(InherentState glass, Eigenpair harmonic, QuarticMode quartic, MinimiserOptions minimiser)
    {
        var solve = new LinearSolveOptions { Cancellation = minimiser.Cancellation };
        SevenStarts starts = SevenStarts.From(glass, quartic, Elasticity.Of(glass, solve), minimiser);
        return new Surroundings(
            ModeDifference.Of(glass, harmonic, quartic, solve),
            starts,
            PseudoHarmonicMode.From(glass, harmonic.Vector, minimiser),
            ShearCoupling.ToEveryShear(glass, starts.Lowest.Mode),
            ModeEnergy.NeighbourBeyondSaddle(glass, starts.Lowest.Mode, new QuenchOptions { Cancellation = minimiser.Cancellation }));
    }
}
