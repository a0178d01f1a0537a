using FastNqe.Contractions;

namespace FastNqe;

/// <summary>
/// Delta = pi_4 - psi, by which the quartic mode differs from the harmonic mode it was found from (eqs. 15-25), and what first-order
/// perturbation theory says about it.
/// </summary>
public sealed class ModeDifference
{
    private ModeDifference(double[] delta, double[] firstOrder, double[] field, LinearSolveReport solve)
    {
        (Delta, FirstOrder, Field, Solve) = (delta, firstOrder, field, solve);
        Norm = Math.Sqrt(Dot(delta, delta));
        FirstOrderNorm = Math.Sqrt(Dot(firstOrder, firstOrder));
        Cosine = Dot(delta, firstOrder) / (Norm * FirstOrderNorm);
        FieldNorm = Math.Sqrt(Dot(field, field));
    }

    /// <summary>pi_4 - psi, the sign of psi such that the overlap is positive: N·d numbers.</summary>
    public double[] Delta { get; }

    /// <summary>
    /// Eq. 17: kappa_4 (M - omega_2²)⁻¹·(U(4):.pi_4 pi_4 pi_4/chi_4 - pi_4) without psi and translations, N·d numbers. The sum over all
    /// eigenpairs that eq. 17 is written as is one linear solve.
    /// </summary>
    public double[] FirstOrder { get; }

    /// <summary>U(4):.pi_4 pi_4 pi_4/chi_4 (Fig. 9a), N·d numbers; its part along pi_4 is 1.</summary>
    public double[] Field { get; }

    /// <summary>|Delta|.</summary>
    public double Norm { get; }

    /// <summary>|Delta| of eq. 17.</summary>
    public double FirstOrderNorm { get; }

    /// <summary>The cosine of the angle between Delta and eq. 17: nears 1 as the overlap of pi_4 and psi does.</summary>
    public double Cosine { get; }

    /// <summary>|U(4):.pi_4 pi_4 pi_4/chi_4|.</summary>
    public double FieldNorm { get; }

    /// <summary>The linear solve of eq. 17.</summary>
    public LinearSolveReport Solve { get; }

    /// <summary>Compares a quartic mode with the lowest harmonic mode.</summary>
    /// <param name="glass">The inherent state.</param>
    /// <param name="lowest">psi, the lowest eigenpair: only above it is M - omega_2² positive definite.</param>
    /// <param name="mode">pi_4.</param>
    /// <param name="options">Tolerance and limits of the linear solve, or null for the defaults.</param>
    /// <exception cref="ArgumentException">A vector does not fit the glass, or a setting is out of its range.</exception>
    public static ModeDifference Of(InherentState glass, Eigenpair lowest, QuarticMode mode, LinearSolveOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(glass);
        ArgumentNullException.ThrowIfNull(lowest);
        ArgumentNullException.ThrowIfNull(mode);
        options ??= new LinearSolveOptions();
        options.Validate();
        glass.CheckDirection(lowest.Vector);
        glass.CheckDirection(mode.Direction);
        double[] psi = lowest.Vector, pi = mode.Direction;
        double sign = Dot(psi, pi) < 0 ? -1 : 1;
        double[] product = new double[pi.Length], field = new double[pi.Length], delta = new double[pi.Length];
        (double stiffness, double quartic) = glass.QuarticContraction(pi, product, field);
        for (int k = 0; k < pi.Length; k++)
        {
            field[k] /= quartic;
            delta[k] = pi[k] - sign * psi[k];
            product[k] = stiffness * (field[k] - pi[k]);
        }

        ParticleOrder order = glass.Pairs.Order;
        RowField right = order.NewField(), leftOut = order.NewField(), solution = order.NewField();
        order.Scatter(product, right);
        order.Scatter(psi, leftOut);
        FieldAlgebra.Scale(leftOut, 1 / FieldAlgebra.Norm(leftOut));
        LinearSolveReport solve = new HessianSolver(glass.Pairs, lowest.Stiffness, leftOut).Solve(right, solution, options);
        double[] firstOrder = new double[pi.Length];
        order.Gather(solution, firstOrder);
        return new ModeDifference(delta, firstOrder, field, solve);
    }

    /// <summary>Delta·psi_l for each of some eigenpairs.</summary>
    /// <exception cref="ArgumentException">An eigenvector does not fit.</exception>
    public double[] PartsAlong(IEnumerable<Eigenpair> eigenpairs)
    {
        ArgumentNullException.ThrowIfNull(eigenpairs);
        return [.. eigenpairs.Select(pair => pair.Vector.Length == Delta.Length
            ? Dot(Delta, pair.Vector)
            : throw new ArgumentException($"an eigenvector has {pair.Vector.Length} numbers; expected {Delta.Length}", nameof(eigenpairs)))];
    }

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int k = 0; k < a.Length; k++)
            sum += a[k] * b[k];
        return sum;
    }
}
