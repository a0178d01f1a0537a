namespace FastNqe;

/// <summary>A cubic mode and the start it was found from.</summary>
/// <param name="Start">"pi4", "simple xy", "pure xy", ...</param>
/// <param name="Mode">The mode.</param>
public sealed record CubicStart(string Start, CubicMode Mode);

/// <summary>
/// The cubic mode of a glass as Appendix B defines it for polydisperse glasses: E3 is minimised from the quartic mode and from the
/// non-affine velocities of every simple and pure shear, seven starts in 3D, and the result with the lowest stiffness is kept.
/// </summary>
/// <remarks>
/// Lowest stiffness kappa_3, not lowest E3: the two can pick different modes. Several starts often lead to one mode, whose stiffnesses then
/// differ by rounding: the first of these starts counts, whatever the machine.
/// </remarks>
public sealed class SevenStarts
{
    // Directions of one mode found twice differ by the tolerance of the search, so their overlap by its square.
    private const double SameMode = 1 - 1e-6;

    private SevenStarts(IReadOnlyList<CubicStart> all) => (All, Ranked) = (all, RankedOf(all));

    /// <summary>The softest of the modes that converged (of all, if none did), by the first start that led to it.</summary>
    public CubicStart Lowest => Ranked[0];

    /// <summary>Every start with what it led to: the quartic mode first, then simple, then pure shears.</summary>
    public IReadOnlyList<CubicStart> All { get; }

    /// <summary>Every start, from <see cref="Lowest"/> on: each is the lowest of those that are left, so that starts which lead to one mode keep their order.</summary>
    public IReadOnlyList<CubicStart> Ranked { get; }

    /// <summary>Minimises E3 from all starts.</summary>
    /// <param name="glass">The inherent state.</param>
    /// <param name="quartic">The quartic mode.</param>
    /// <param name="elasticity">The glass's elasticity, whose non-affine velocities are the other starts; computed if null.</param>
    /// <param name="options">Method and tolerance, or null for the defaults.</param>
    public static SevenStarts From(InherentState glass, QuarticMode quartic, Elasticity? elasticity = null, MinimiserOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(glass);
        ArgumentNullException.ThrowIfNull(quartic);
        elasticity ??= Elasticity.Of(glass);
        return new SevenStarts(
        [
            FromQuartic(glass, quartic, options),
            .. elasticity.SimpleShears.Concat(elasticity.PureShears)
                .Select(shear => new CubicStart(shear.Deformation.Name, CubicMode.From(glass, shear.Velocity, options))),
        ]);
    }

    /// <summary>The first of the starts alone: from the quartic mode.</summary>
    /// <inheritdoc cref="From"/>
    public static CubicStart FromQuartic(InherentState glass, QuarticMode quartic, MinimiserOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(quartic);
        return new CubicStart("pi4", CubicMode.From(glass, quartic.Direction, options));
    }

    internal static CubicStart LowestOf(IReadOnlyList<CubicStart> all)
    {
        CubicStart[] converged = [.. all.Where(start => start.Mode.Converged)];
        IReadOnlyList<CubicStart> candidates = converged.Length > 0 ? converged : all;
        CubicMode softest = candidates.MinBy(start => start.Mode.Stiffness)!.Mode;
        return candidates.First(start => start.Mode == softest || start.Mode.Overlap(softest.Direction) > SameMode);
    }

    private static List<CubicStart> RankedOf(IReadOnlyList<CubicStart> all)
    {
        List<CubicStart> left = [.. all], ranked = [];
        while (left.Count > 0)
        {
            CubicStart next = LowestOf(left);
            ranked.Add(next);
            left.Remove(next);
        }
        return ranked;
    }
}
