using FastNqe.Contractions;

namespace FastNqe;

/// <summary>
/// How a glass answers a small uniform deformation: the non-affine force Xi = d²U/dgamma dx, the non-affine velocity v = -M⁻¹·Xi, and the
/// second derivative of the energy, d²U/dgamma² = Born part - Xi·M⁻¹·Xi.
/// </summary>
/// <remarks>
/// Karmakar, Lerner, Procaccia, PRE 82, 026105 (2010). Derivatives are along x → exp(gamma E)·x, with displacements u measured in the
/// deformed frame. For simple shear this is the modulus at fixed box volume, x → x + gamma·y, without a pressure correction: the one of
/// the paper's Table II (the symmetrised strain's modulus differs from it by p/2).
/// </remarks>
public sealed class ElasticResponse
{
    private ElasticResponse(Deformation deformation, double born, double nonAffine, double stress, double[] force, double[] velocity, LinearSolveReport solve)
    {
        (Deformation, BornModulus, NonAffineModulus, Stress) = (deformation, born, nonAffine, stress);
        (Force, Velocity, Solve) = (force, velocity, solve);
    }

    /// <summary>What was done to the glass.</summary>
    public Deformation Deformation { get; }

    /// <summary>The affine part of the modulus, (d²U/dgamma²)/V at fixed u [energy/length^d].</summary>
    public double BornModulus { get; }

    /// <summary>What the non-affine motion takes away, Xi·M⁻¹·Xi/V [energy/length^d].</summary>
    public double NonAffineModulus { get; }

    /// <summary>The modulus: Born part minus non-affine part [energy/length^d].</summary>
    public double Modulus => BornModulus - NonAffineModulus;

    /// <summary>(dU/dgamma)/V [energy/length^d]; for simple shear ab the component sigma_ab.</summary>
    public double Stress { get; }

    /// <summary>Xi, N·d numbers in the caller's order [energy/length].</summary>
    public double[] Force { get; }

    /// <summary>v = du/dgamma, N·d numbers in the caller's order, without translation [length].</summary>
    public double[] Velocity { get; }

    /// <summary>The solve for the velocity.</summary>
    public LinearSolveReport Solve { get; }

    /// <summary>The response to a deformation.</summary>
    /// <param name="glass">The inherent state.</param>
    /// <param name="deformation">The deformation.</param>
    /// <param name="options">Tolerance and limits of the linear solve, or null for the defaults.</param>
    /// <exception cref="ArgumentException">The deformation has another dimension, or a setting is out of its range.</exception>
    public static ElasticResponse To(Deformation deformation, InherentState glass, LinearSolveOptions? options = null)
    {
        Check(deformation, glass);
        options ??= new LinearSolveOptions();
        options.Validate();
        return To(deformation, glass, new HessianSolver(glass.Pairs), options);
    }

    /// <summary>Xi of a deformation alone, N·d numbers in the caller's order [energy/length]: one pass over the pairs, no solve.</summary>
    /// <exception cref="ArgumentException">The deformation has another dimension.</exception>
    public static double[] ForceOf(Deformation deformation, InherentState glass)
    {
        Check(deformation, glass);
        RowField xi = glass.Pairs.Order.NewField();
        AffineSums.Of(glass.Pairs, deformation, xi);
        return Gathered(glass, xi);
    }

    /// <summary>The Born part alone [energy/length^d].</summary>
    internal static double BornModulusOf(in Deformation deformation, InherentState glass) =>
        BornModulusOf(deformation, glass, AffineSums.Of(glass.Pairs, deformation));

    // exp(gamma E) = 1 + gamma E + gamma² E²/2: the second order adds the first derivative along E².
    private static double BornModulusOf(in Deformation deformation, InherentState glass, in AffineSums sums) =>
        (sums.Second + AffineSums.Of(glass.Pairs, deformation.Squared()).First) / glass.Configuration.Box.Volume;

    internal static ElasticResponse To(in Deformation deformation, InherentState glass, HessianSolver solver, LinearSolveOptions options)
    {
        RowField xi = glass.Pairs.Order.NewField(), velocity = glass.Pairs.Order.NewField();
        double volume = glass.Configuration.Box.Volume;
        AffineSums sums = AffineSums.Of(glass.Pairs, deformation, xi);
        LinearSolveReport solve = solver.Solve(xi, velocity, options);
        double nonAffine = FieldAlgebra.Dot(xi, velocity) / volume;
        FieldAlgebra.Scale(velocity, -1);
        return new ElasticResponse(
            deformation, BornModulusOf(deformation, glass, sums), nonAffine, sums.First / volume, Gathered(glass, xi), Gathered(glass, velocity), solve);
    }

    private static void Check(in Deformation deformation, InherentState glass)
    {
        ArgumentNullException.ThrowIfNull(glass);
        if (deformation.Dimension != glass.Dimension)
            throw new ArgumentException($"the deformation has {deformation.Dimension} dimensions; the glass has {glass.Dimension}", nameof(deformation));
    }

    private static double[] Gathered(InherentState glass, RowField rows)
    {
        double[] field = new double[glass.ParticleCount * glass.Dimension];
        glass.Pairs.Order.Gather(rows, field);
        return field;
    }
}
