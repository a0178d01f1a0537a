namespace FastNqe;

/// <summary>One of the soft spots that a harmonic mode is mixed from.</summary>
/// <param name="Spot">The soft spot; its mode is quartic.</param>
/// <param name="Weight">(psi·pi)², the share of the harmonic mode that lies along it.</param>
/// <param name="Remainder">|rest|², what is left of the harmonic mode after this and all earlier parts are taken out.</param>
public sealed record HybridisedSpot(SoftSpot Spot, double Weight, double Remainder);

/// <summary>How far a harmonic mode is taken apart.</summary>
public sealed record DehybridisationOptions
{
    /// <summary>The search ends when this little of the harmonic mode's squared norm is left.</summary>
    public double SmallestRemainder { get; init; } = 0.05;

    /// <summary>The search ends when a mode overlaps with an earlier one by more than this: what is left leads back.</summary>
    public double SameOverlap { get; init; } = 0.9;

    /// <summary>The largest number of soft spots to look for.</summary>
    public int MaxSpots { get; init; } = 8;

    /// <summary>Method and tolerance of the minimisations.</summary>
    public MinimiserOptions Minimiser { get; init; } = new();

    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    internal void Validate()
    {
        if (!(SmallestRemainder >= 0 && SmallestRemainder < 1))
            throw new ArgumentException($"{nameof(SmallestRemainder)} is {SmallestRemainder}; expected from 0 to below 1");
        if (!(SameOverlap > 0 && SameOverlap < 1))
            throw new ArgumentException($"{nameof(SameOverlap)} is {SameOverlap}; expected between 0 and 1");
        if (MaxSpots < 1)
            throw new ArgumentException($"{nameof(MaxSpots)} is {MaxSpots}; expected at least 1");
        ArgumentNullException.ThrowIfNull(Minimiser);
        Minimiser.Validate();
    }
}

/// <summary>
/// Parts the soft spots that hybridise in one harmonic mode (Fig. 1): E4 is minimised from psi, then from psi minus the first result's part,
/// and so on.
/// </summary>
public static class Dehybridisation
{
    /// <summary>
    /// The soft spots in a harmonic mode, in the order in which they are found. The search ends at a mode that does not converge, which is none of them.
    /// </summary>
    /// <param name="glass">The inherent state.</param>
    /// <param name="harmonic">psi, or any other start: N·d numbers; its translation does not matter.</param>
    /// <param name="options">When to stop, or null for the defaults.</param>
    /// <exception cref="ArgumentException">The direction has another length, is not finite, zero, or a pure translation, or a setting is out of its range.</exception>
    public static IReadOnlyList<HybridisedSpot> Of(InherentState glass, ReadOnlySpan<double> harmonic, DehybridisationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(glass);
        glass.CheckDirection(harmonic);
        options ??= new DehybridisationOptions();
        options.Validate();
        double[] start = harmonic.ToArray();
        Deflation.Translations(glass.Dimension).Project(start);
        double[] rest = [.. start];
        double whole = Square(rest), left = 1;
        var found = new List<HybridisedSpot>();
        while (found.Count < options.MaxSpots && left > options.SmallestRemainder)
        {
            QuarticMode mode = QuarticMode.From(glass, rest, options.Minimiser);
            if (!mode.Converged || found.Any(earlier => earlier.Spot.Mode.Overlap(mode.Direction) > options.SameOverlap))
                break;
            double part = 0;
            for (int k = 0; k < rest.Length; k++)
                part += rest[k] * mode.Direction[k];
            for (int k = 0; k < rest.Length; k++)
                rest[k] -= part * mode.Direction[k];
            left = Square(rest) / whole;
            double overlap = mode.Overlap(start);
            found.Add(new HybridisedSpot(SoftSpot.Of(glass, mode), overlap * overlap, left));
        }
        return found;
    }

    private static double Square(double[] field) => field.Sum(component => component * component);
}
