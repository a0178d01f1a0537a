namespace FastNqe;

/// <summary>A soft spot and how often each family of starts led to it.</summary>
/// <param name="Spot">The soft spot.</param>
/// <param name="Hits">The number of starts by family.</param>
public sealed record LibrarySpot(SoftSpot Spot, IReadOnlyDictionary<StartFamily, int> Hits)
{
    /// <summary>Whether an extended field (harmonic or non-affine) led here.</summary>
    public bool IsFromField => Hits.ContainsKey(StartFamily.Harmonic) || Hits.ContainsKey(StartFamily.NonAffine);

    /// <summary>Whether a local dipole led here.</summary>
    public bool IsFromDipole => Hits.ContainsKey(StartFamily.Dipole);
}

/// <summary>What a search for soft spots found.</summary>
/// <param name="Spots">The soft spots below the frequency asked for, softest first.</param>
/// <param name="Starts">The number of starts by family.</param>
/// <param name="NotConverged">Starts whose minimisation did not converge.</param>
/// <param name="Exhausted">Whether the search ended because new starts added nothing, and not by a limit: of dipoles, of harmonic modes, or by cancellation.</param>
public sealed record SoftSpotLibrary(
    IReadOnlyList<LibrarySpot> Spots, IReadOnlyDictionary<StartFamily, int> Starts, int NotConverged, bool Exhausted)
{
    /// <summary>
    /// How many soft spots there are, judged from how many of those that one family of starts finds the other finds too (capture and
    /// recapture): (n_1 + 1)(n_2 + 1)/(m + 1) - 1, Chapman's estimator, with n_1 from extended fields, n_2 from dipoles and m from both.
    /// </summary>
    /// <remarks>
    /// NaN, unknown, where one of the families found nothing: the formula would then say that the other one found all. Softer spots are easier
    /// to find for both families, which makes this an estimate from below.
    /// </remarks>
    public double EstimatedCount
    {
        get
        {
            double fields = Spots.Count(spot => spot.IsFromField), dipoles = Spots.Count(spot => spot.IsFromDipole);
            double both = Spots.Count(spot => spot.IsFromField && spot.IsFromDipole);
            return fields == 0 || dipoles == 0 ? double.NaN : (fields + 1) * (dipoles + 1) / (both + 1) - 1;
        }
    }

    /// <summary>The share of the soft spots that was found, by <see cref="EstimatedCount"/>: from 0 to 1, or NaN where that is unknown.</summary>
    public double Completeness => Math.Min(1, Spots.Count / EstimatedCount);
}
