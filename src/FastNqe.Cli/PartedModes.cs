namespace FastNqe.Cli;

/// <summary>A soft spot that a normal mode is mixed from, with its number among all that were listed.</summary>
/// <param name="Harmonic">Which normal mode, from 0.</param>
/// <param name="Number">The spot's number, from 1, the same wherever it is met.</param>
/// <param name="IsNew">Whether it was met here first.</param>
/// <param name="Part">The spot and its share of the mode.</param>
internal sealed record NumberedPart(int Harmonic, int Number, bool IsNew, HybridisedSpot Part);

/// <summary>Parts normal modes into soft spots and tells which of them are one: those of the first modes are met again in most of the others.</summary>
internal static class PartedModes
{
    public static NumberedPart[] Of(InherentState glass, IReadOnlyList<Eigenpair> harmonic, MinimiserOptions minimiser, Session session)
    {
        var spots = new List<NonlinearMode>();
        var parts = new List<NumberedPart>();
        for (int mode = 0; mode < harmonic.Count; mode++)
        {
            string stage = $"parting normal mode {mode + 1} of {harmonic.Count}";
            session.Stage(stage);
            var options = new DehybridisationOptions { Minimiser = session.Watched(minimiser, stage) };
            foreach (HybridisedSpot part in Dehybridisation.Of(glass, harmonic[mode].Vector, options))
            {
                double[] direction = part.Spot.Mode.Direction;
                int known = spots.FindIndex(spot => spot.Overlap(direction) > options.SameOverlap);
                if (known < 0)
                    spots.Add(part.Spot.Mode);
                parts.Add(new NumberedPart(mode, known < 0 ? spots.Count : known + 1, known < 0, part));
            }
        }
        return [.. parts];
    }
}
