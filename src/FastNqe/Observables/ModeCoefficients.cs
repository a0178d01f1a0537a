namespace FastNqe;

/// <summary>
/// The coefficients of a displacement direction z at a configuration; none depends on |z|.
/// </summary>
/// <param name="Stiffness">kappa = M:zz/z·z (eq. 11) [energy/length²].</param>
/// <param name="CubicCoefficient">tau = U(3):.zzz/(z·z)^(3/2) (eq. 28) [energy/length³]; changes sign with z.</param>
/// <param name="QuarticCoefficient">chi = U(4)::zzzz/(z·z)² (eq. 10) [energy/length⁴]. The smoothed power law's fourth derivative jumps at the cutoff, and so does chi when a pair passes it.</param>
/// <param name="ParticipationRatio">e = (Σ z_i·z_i)²/(N Σ (z_i·z_i)²) (eq. 14): 1/N for one particle, 1 for all alike.</param>
/// <param name="QuarticEnergy">E4 = kappa²/chi (eq. 12).</param>
/// <param name="CubicEnergy">E3 = kappa³/tau² (eq. 31).</param>
/// <param name="GeometricCost">C = (M:zz)²/Σ_pairs (z_ij·z_ij)² (eq. C3) [energy²/length⁴].</param>
public readonly record struct ModeCoefficients(
    double Stiffness,
    double CubicCoefficient,
    double QuarticCoefficient,
    double ParticipationRatio,
    double QuarticEnergy,
    double CubicEnergy,
    double GeometricCost)
{
    /// <summary>omega = sqrt(kappa) for unit mass [1/time]; -sqrt(-kappa) where the stiffness is negative.</summary>
    public double Frequency => Math.CopySign(Math.Sqrt(Math.Abs(Stiffness)), Stiffness);
}

/// <summary>Measures of a displacement field alone.</summary>
public static class Participation
{
    /// <summary>e of eq. 14.</summary>
    /// <param name="field">N·d numbers, row major.</param>
    /// <param name="dimension">d.</param>
    /// <exception cref="ArgumentException">The dimension is below 1, or the length is not a multiple of it.</exception>
    public static double Ratio(ReadOnlySpan<double> field, int dimension)
    {
        if (dimension < 1 || field.Length % dimension != 0)
            throw new ArgumentException($"the field has {field.Length} numbers for {dimension} dimensions; expected a positive dimension and a multiple of it", nameof(field));
        double sum = 0, squares = 0;
        for (int row = 0; row < field.Length; row += dimension)
        {
            double square = 0;
            foreach (double component in field.Slice(row, dimension))
                square += component * component;
            sum += square;
            squares += square * square;
        }
        return sum * sum / (field.Length / dimension * squares);
    }
}
