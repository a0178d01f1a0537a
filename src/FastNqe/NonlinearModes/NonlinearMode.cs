using FastNqe.Contractions;

namespace FastNqe;

/// <summary>
/// A nonlinear quasilocalized excitation: a local minimum of a cost function over directions, normalised and free of translations.
/// </summary>
public abstract class NonlinearMode
{
    private protected NonlinearMode(double[] direction, ModeCoefficients coefficients, double energy, SearchResult search)
    {
        Direction = direction;
        Coefficients = coefficients;
        Energy = energy;
        (Residual, End, Iterations, Sweeps) = search;
    }

    /// <summary>pi: N·d numbers in the caller's order, |pi| = 1, without translation.</summary>
    public double[] Direction { get; }

    /// <summary>All coefficients of the direction.</summary>
    public ModeCoefficients Coefficients { get; }

    /// <summary>kappa = M:pi pi (eq. 11).</summary>
    public double Stiffness => Coefficients.Stiffness;

    /// <summary>omega = sqrt(kappa), for unit mass [1/time].</summary>
    public double Frequency => Coefficients.Frequency;

    /// <summary>tau = U(3):.pi pi pi (eq. 28).</summary>
    public double CubicCoefficient => Coefficients.CubicCoefficient;

    /// <summary>chi = U(4)::pi pi pi pi (eq. 10).</summary>
    public double QuarticCoefficient => Coefficients.QuarticCoefficient;

    /// <summary>e (eq. 14); N·e is the number of particles that take part.</summary>
    public double ParticipationRatio => Coefficients.ParticipationRatio;

    /// <summary>The value of the cost function that the mode minimises.</summary>
    public double Energy { get; }

    /// <summary>c of the equation that the mode obeys, M·pi = c X (eqs. 8, 26).</summary>
    public abstract double ProportionalityConstant { get; }

    /// <summary>|M·pi - c X|/|M·pi| of eq. 8 or 26; dimensionless.</summary>
    public double Residual { get; }

    /// <summary>Whether the residual is below the tolerance asked for.</summary>
    public bool Converged => End == SearchEnd.Converged;

    /// <summary>Why the search ended.</summary>
    public SearchEnd End { get; }

    /// <summary>Line searches.</summary>
    public int Iterations { get; }

    /// <summary>Sweeps over all pairs, the unit of cost.</summary>
    public int Sweeps { get; }

    /// <summary>|pi · other|/|other|: 1 for the same direction.</summary>
    /// <param name="other">N·d numbers.</param>
    /// <exception cref="ArgumentException">The length differs.</exception>
    public double Overlap(ReadOnlySpan<double> other)
    {
        if (other.Length != Direction.Length)
            throw new ArgumentException($"the other direction has {other.Length} numbers; expected {Direction.Length}", nameof(other));
        double product = 0, square = 0;
        for (int k = 0; k < other.Length; k++)
        {
            product += other[k] * Direction[k];
            square += other[k] * other[k];
        }
        return Math.Abs(product) / Math.Sqrt(square);
    }

    /// <summary>Minimises a cost from a direction.</summary>
    /// <param name="glass">The inherent state.</param>
    /// <param name="cost">The cost function.</param>
    /// <param name="direction">The start: N·d numbers; its length and translation do not matter.</param>
    /// <param name="options">Method and tolerance.</param>
    /// <param name="sign">Which of the two signs to report, given the coefficients and the overlap with the start: below zero flips.</param>
    private protected static (double[] Direction, ModeCoefficients Coefficients, SearchResult Search) Minimise(
        InherentState glass, CostFunction cost, ReadOnlySpan<double> direction, MinimiserOptions? options, Func<ModeCoefficients, double, double> sign)
    {
        ArgumentNullException.ThrowIfNull(glass);
        glass.CheckDirection(direction);
        options ??= new MinimiserOptions();
        options.Validate();
        LargeSystem.GiveMemoryBack(glass.ParticleCount);
        PairTable pairs = glass.Pairs;
        var at = new SearchPoint(pairs, cost);
        RowField start = pairs.Order.NewField();
        pairs.Order.Scatter(direction, start);
        FieldAlgebra.Copy(start, at.Z);
        SearchResult search = options.Method == Minimiser.Macopt
            ? new MacoptSearch(pairs, cost, at).Run(options)
            : new LineSweepSearch(pairs, cost, at).Run(options);

        double[] mode = new double[direction.Length];
        pairs.Order.Gather(at.Z, mode);
        ModeCoefficients coefficients = glass.Coefficients(at.Z, Participation.Ratio(mode, glass.Dimension));
        if (sign(coefficients, FieldAlgebra.Dot(start, at.Z)) < 0)
        {
            for (int k = 0; k < mode.Length; k++)
                mode[k] = -mode[k];
            coefficients = coefficients with { CubicCoefficient = -coefficients.CubicCoefficient };
        }
        return (mode, coefficients, search);
    }
}

/// <summary>
/// A quartic mode pi_4: a local minimum of E4 = K²/Q (eq. 12), where M·pi = c4 U(4):.pi pi pi (eq. 8). Its sign is that of its overlap with
/// the start.
/// </summary>
public sealed class QuarticMode : NonlinearMode
{
    private QuarticMode(double[] direction, ModeCoefficients coefficients, SearchResult search)
        : base(direction, coefficients, coefficients.QuarticEnergy, search)
    {
    }

    /// <summary>c4 = kappa/chi (eqs. 8, 9, 13) [length²].</summary>
    public override double ProportionalityConstant => Stiffness / QuarticCoefficient;

    /// <summary>The quartic mode that minimising E4 leads to.</summary>
    /// <param name="glass">The inherent state.</param>
    /// <param name="direction">Where to start, usually the lowest eigenvector psi: N·d numbers.</param>
    /// <param name="options">Method and tolerance, or null for the defaults.</param>
    /// <exception cref="ArgumentException">The direction has another length, is not finite, zero, or a pure translation, or a setting is out of its range.</exception>
    public static QuarticMode From(InherentState glass, ReadOnlySpan<double> direction, MinimiserOptions? options = null)
    {
        (double[] mode, ModeCoefficients coefficients, SearchResult search) =
            Minimise(glass, CostFunction.Quartic, direction, options, (_, overlap) => overlap);
        return new QuarticMode(mode, coefficients, search);
    }
}

/// <summary>
/// A cubic mode pi_3: a local minimum of E3 = K³/T² (eq. 31), where M·pi = c3 U(3):pi pi (eq. 26). E3 does not see the sign; tau is positive.
/// </summary>
public sealed class CubicMode : NonlinearMode
{
    private CubicMode(double[] direction, ModeCoefficients coefficients, SearchResult search)
        : base(direction, coefficients, coefficients.CubicEnergy, search)
    {
    }

    /// <summary>c3 = kappa/tau (eq. 27) [length].</summary>
    public override double ProportionalityConstant => Stiffness / CubicCoefficient;

    /// <summary>The cubic mode that minimising E3 leads to.</summary>
    /// <param name="glass">The inherent state.</param>
    /// <param name="direction">Where to start, usually the quartic mode: N·d numbers.</param>
    /// <param name="options">Method and tolerance, or null for the defaults.</param>
    /// <exception cref="ArgumentException">The direction has another length, is not finite, zero, or a pure translation, or a setting is out of its range.</exception>
    public static CubicMode From(InherentState glass, ReadOnlySpan<double> direction, MinimiserOptions? options = null)
    {
        (double[] mode, ModeCoefficients coefficients, SearchResult search) =
            Minimise(glass, CostFunction.Cubic, direction, options, (c, _) => c.CubicCoefficient);
        return new CubicMode(mode, coefficients, search);
    }
}

/// <summary>
/// A pseudo-harmonic mode: a local minimum of the geometric cost function C = K²/Σ_pairs (z_ij·z_ij)² (eq. C3), found from the Hessian and
/// the pair list alone. Its sign is that of its overlap with the start.
/// </summary>
public sealed class PseudoHarmonicMode : NonlinearMode
{
    private PseudoHarmonicMode(double[] direction, ModeCoefficients coefficients, SearchResult search)
        : base(direction, coefficients, coefficients.GeometricCost, search)
    {
    }

    /// <summary>kappa/Σ_pairs (z_ij·z_ij)² = C/kappa [energy/length²].</summary>
    public override double ProportionalityConstant => Energy / Stiffness;

    /// <summary>The pseudo-harmonic mode that minimising C leads to.</summary>
    /// <param name="glass">The inherent state.</param>
    /// <param name="direction">Where to start: N·d numbers.</param>
    /// <param name="options">Method and tolerance, or null for the defaults.</param>
    /// <exception cref="ArgumentException">The direction has another length, is not finite, zero, or a pure translation, or a setting is out of its range.</exception>
    public static PseudoHarmonicMode From(InherentState glass, ReadOnlySpan<double> direction, MinimiserOptions? options = null)
    {
        (double[] mode, ModeCoefficients coefficients, SearchResult search) =
            Minimise(glass, CostFunction.Geometric, direction, options, (_, overlap) => overlap);
        return new PseudoHarmonicMode(mode, coefficients, search);
    }
}
