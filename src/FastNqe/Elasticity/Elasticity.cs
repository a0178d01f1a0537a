namespace FastNqe;

/// <summary>
/// The linear elasticity of a glass at zero temperature: stress, shear moduli for every plane, bulk modulus, and the non-affine forces
/// and velocities behind them.
/// </summary>
public sealed class Elasticity
{
    private readonly double[] _stress;
    private readonly double _pressure;

    private Elasticity(InherentState glass, LinearSolveOptions options)
    {
        int d = glass.Dimension;
        var solver = new HessianSolver(glass.Pairs);
        SimpleShears = Respond(Deformation.SimpleShears(d), glass, solver, options);
        PureShears = Respond(Deformation.PureShears(d), glass, solver, options);
        Dilation = ElasticResponse.To(Deformation.Dilation(d), glass, solver, options);
        ReverseModuli = [.. SimpleShears.Select(forward => ReverseModulus(forward, glass))];
        _pressure = glass.Pressure;
        _stress = StressOf(glass, SimpleShears);
    }

    /// <summary>Simple shears x_a → x_a + gamma x_b, a &lt; b: xy, (xz, yz, ...).</summary>
    public IReadOnlyList<ElasticResponse> SimpleShears { get; }

    /// <summary>The moduli of the reverse shears x_b → x_b + gamma x_a, in the order of <see cref="SimpleShears"/>. They differ by the stress difference sigma_aa - sigma_bb [energy/length^d].</summary>
    public IReadOnlyList<double> ReverseModuli { get; }

    /// <summary>Pure shears, stretched along a and compressed along b, in the order of <see cref="SimpleShears"/>.</summary>
    public IReadOnlyList<ElasticResponse> PureShears { get; }

    /// <summary>Uniform dilation.</summary>
    public ElasticResponse Dilation { get; }

    /// <summary>G: the mean of the simple shears' moduli over planes [energy/length^d].</summary>
    public double ShearModulus => SimpleShears.Average(shear => shear.Modulus);

    /// <summary>K = -V dp/dV of the relaxed glass [energy/length^d].</summary>
    /// <remarks>With V = V0 exp(d gamma): d²U/dgamma² = d² V (K - p).</remarks>
    public double BulkModulus => Dilation.Modulus / (Dimension * Dimension) + _pressure;

    /// <summary>The affine part of <see cref="BulkModulus"/> [energy/length^d].</summary>
    public double BornBulkModulus => Dilation.BornModulus / (Dimension * Dimension) + _pressure;

    /// <summary>p [energy/length^d].</summary>
    public double Pressure => _pressure;

    /// <summary>Whether every linear solve reached its tolerance.</summary>
    public bool Converged => Responses.All(response => response.Solve.Converged);

    /// <summary>The largest relative residual of the linear solves.</summary>
    public double Residual => Responses.Max(response => response.Solve.Residual);

    /// <summary>d.</summary>
    private int Dimension => Dilation.Deformation.Dimension;

    private IEnumerable<ElasticResponse> Responses => [.. SimpleShears, .. PureShears, Dilation];

    /// <summary>sigma_ab = (1/V) Σ_pairs (phi'/r) x_a x_b, tension positive [energy/length^d].</summary>
    /// <exception cref="ArgumentOutOfRangeException">An axis is not from 0 to d - 1.</exception>
    public double Stress(int a, int b)
    {
        Deformation.CheckAxis(Dimension, a);
        Deformation.CheckAxis(Dimension, b);
        return _stress[a * Dimension + b];
    }

    /// <summary>The elasticity of a glass.</summary>
    /// <param name="glass">The inherent state.</param>
    /// <param name="options">Tolerance and limits of the linear solves, or null for the defaults.</param>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    public static Elasticity Of(InherentState glass, LinearSolveOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(glass);
        options ??= new LinearSolveOptions();
        options.Validate();
        return new Elasticity(glass, options);
    }

    private static ElasticResponse[] Respond(IReadOnlyList<Deformation> deformations, InherentState glass, HessianSolver solver, LinearSolveOptions options) =>
        [.. deformations.Select(deformation => ElasticResponse.To(deformation, glass, solver, options))];

    // A rotation turns the forces on a particle, and they add up to zero: both directions of shear have the same Xi.
    private static double ReverseModulus(ElasticResponse forward, InherentState glass)
    {
        (int a, int b) = Axes(forward.Deformation);
        return ElasticResponse.BornModulusOf(Deformation.SimpleShear(glass.Dimension, b, a), glass) - forward.NonAffineModulus;
    }

    private static double[] StressOf(InherentState glass, IReadOnlyList<ElasticResponse> shears)
    {
        int d = glass.Dimension;
        double[] stress = new double[d * d];
        foreach (ElasticResponse shear in shears)
        {
            (int a, int b) = Axes(shear.Deformation);
            stress[a * d + b] = stress[b * d + a] = shear.Stress;
        }
        for (int axis = 0; axis < d; axis++)
            stress[axis * d + axis] = glass.Stress(axis, axis);
        return stress;
    }

    private static (int A, int B) Axes(in Deformation shear)
    {
        for (int a = 0; a < shear.Dimension; a++)
            for (int b = 0; b < shear.Dimension; b++)
                if (shear[a, b] != 0)
                    return (a, b);
        throw new ArgumentException("not a simple shear", nameof(shear));
    }
}
