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
    public static Surroundings Of(InherentState glass, Eigenpair harmonic, QuarticMode quartic, MinimiserOptions minimiser, Session session)
    {
        var solve = new LinearSolveOptions();
        ModeDifference difference = ModeDifference.Of(glass, harmonic, quartic, session.Watched(solve, Begin("eq. 17")));
        var elasticity = Elasticity.Of(glass, session.Watched(solve, Begin("non-affine velocities")));
        SevenStarts starts = SevenStarts.From(glass, quartic, elasticity, session.Watched(minimiser, Begin("cubic modes")));
        PseudoHarmonicMode pseudoHarmonic = PseudoHarmonicMode.From(glass, harmonic.Vector, session.Watched(minimiser, Begin("the pseudo-harmonic mode")));
        CubicMode lowest = starts.Lowest.Mode;
        string beyond = Begin("beyond the saddle");
        return new Surroundings(
            difference, starts, pseudoHarmonic, ShearCoupling.ToEveryShear(glass, lowest), ModeEnergy.NeighbourBeyondSaddle(glass, lowest, session.Quench(beyond)));

        string Begin(string stage)
        {
            session.Stage(stage);
            return stage;
        }
    }
}
