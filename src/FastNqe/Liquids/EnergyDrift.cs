namespace FastNqe;

/// <summary>By how much the mean potential energy of a liquid changed from an earlier to a later time: in equilibrium, by no more than chance.</summary>
/// <param name="Difference">The later mean minus the earlier one [energy].</param>
/// <param name="Error">The standard error of the difference [energy].</param>
public readonly record struct EnergyDrift(double Difference, double Error)
{
    // Generous, because an error that was estimated from few and not quite independent values is itself uncertain, and too small rather than too large.
    private const double LargestInErrors = 4;

    /// <summary>Whether the difference is below four standard errors.</summary>
    public bool IsWithinError => Math.Abs(Difference) < LargestInErrors * Error;
}
