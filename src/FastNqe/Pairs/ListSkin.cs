namespace FastNqe.Contractions;

/// <summary>
/// How far beyond its cutoff a pair is listed, in a list that is repaired: a narrow skin has fewer pairs to sweep over, a wide one fewer particles that leave
/// their anchors. A list that lasts is made anew with half of its skin, one after another that did not last with twice its skin.
/// </summary>
/// <param name="widest">The widest skin, and the first one [length].</param>
internal sealed class ListSkin(double widest)
{
    // In sweeps. A new list costs as much as four to ten of them, half of the skin saves a seventh of each at first, later less.
    private const int LongLife = 60;
    private const int ShortLife = 30;

    private const double Narrowest = 0.25;

    private readonly double _widest = widest;

    /// <summary>The present skin [length].</summary>
    public double Width { get; private set; } = widest;

    /// <summary>Begins with the widest skin again.</summary>
    public void Restart() => Width = _widest;

    /// <summary>Halves the skin if a list that is still right has lasted so long that this pays.</summary>
    /// <param name="age">The sweeps since it was made.</param>
    public bool TryNarrow(int age)
    {
        if (age < LongLife || Width <= Narrowest * _widest)
            return false;
        Width /= 2;
        return true;
    }

    /// <summary>Doubles the skin if a list that must be made anew did not last.</summary>
    /// <param name="age">The sweeps since it was made.</param>
    public void Renew(int age)
    {
        if (age < ShortLife)
            Width = Math.Min(_widest, 2 * Width);
    }
}
