namespace FastNqe;

/// <summary>A soft spot: a nonlinear mode with its place in the glass.</summary>
/// <param name="Mode">The mode.</param>
/// <param name="Place">Where its core is, and how large.</param>
public sealed record SoftSpot(NonlinearMode Mode, ModePlace Place)
{
    /// <summary>The soft spot that a mode represents.</summary>
    /// <param name="glass">The inherent state.</param>
    /// <param name="mode">A mode of it.</param>
    /// <exception cref="ArgumentException">The mode does not fit the glass.</exception>
    public static SoftSpot Of(InherentState glass, NonlinearMode mode)
    {
        ArgumentNullException.ThrowIfNull(glass);
        ArgumentNullException.ThrowIfNull(mode);
        return new SoftSpot(mode, ModePlace.Of(glass.Configuration, mode.Direction));
    }
}
