namespace FastNqe.Cli.Output;

/// <summary>The elasticity of a glass, under the names its JSON has. Simulation units.</summary>
/// <param name="Particles">N.</param>
/// <param name="Dimension">d.</param>
/// <param name="EnergyPerParticle">U/N.</param>
/// <param name="MaxForce">The largest net force on a particle.</param>
/// <param name="Pressure">p.</param>
/// <param name="Stress">sigma_ab by rows, tension positive.</param>
/// <param name="ShearModulus">G, the mean over planes of simple shear.</param>
/// <param name="BulkModulus">K.</param>
/// <param name="BornBulkModulus">The affine part of K.</param>
/// <param name="SimpleShear">x_a → x_a + gamma x_b.</param>
/// <param name="PureShear">Stretched along a, compressed along b.</param>
/// <param name="Converged">Whether the quench and all linear solves reached their tolerances.</param>
/// <param name="Residual">The largest relative residual of the linear solves.</param>
/// <param name="Sweeps">Hessian products of all linear solves.</param>
/// <param name="Units">a0 and omega_0.</param>
/// <param name="Provenance">What made this.</param>
internal sealed record ElasticityReport(
    int Particles,
    int Dimension,
    double EnergyPerParticle,
    double MaxForce,
    double Pressure,
    double[][] Stress,
    double ShearModulus,
    double BulkModulus,
    double BornBulkModulus,
    ShearReport[] SimpleShear,
    ShearReport[] PureShear,
    bool Converged,
    double Residual,
    int Sweeps,
    UnitsReport Units,
    ProvenanceReport Provenance)
{
    public static ElasticityReport Of(InherentState glass, Elasticity elasticity, GlassArguments arguments)
    {
        int d = glass.Dimension;
        return new(
            glass.ParticleCount, d, glass.Energy / glass.ParticleCount, glass.MaxForce, elasticity.Pressure,
            [.. Enumerable.Range(0, d).Select(a => Enumerable.Range(0, d).Select(b => elasticity.Stress(a, b)).ToArray())],
            elasticity.ShearModulus, elasticity.BulkModulus, elasticity.BornBulkModulus,
            [.. elasticity.SimpleShears.Zip(elasticity.ReverseModuli, (shear, reverse) => ShearReport.Of(shear, reverse))],
            [.. elasticity.PureShears.Select(shear => ShearReport.Of(shear, null))],
            elasticity.Converged && glass.Quench is not { Converged: false }, elasticity.Residual,
            elasticity.SimpleShears.Concat(elasticity.PureShears).Append(elasticity.Dilation).Sum(response => response.Solve.Sweeps),
            UnitsReport.Of(arguments.Model), ProvenanceReport.Of(arguments.File, arguments.Model));
    }
}

/// <summary>The modulus of one shear plane.</summary>
/// <param name="Plane">Such as "xy".</param>
/// <param name="Modulus">Born part minus non-affine part.</param>
/// <param name="Born">Born part.</param>
/// <param name="NonAffine">Non-affine part.</param>
/// <param name="ReverseModulus">For x_b → x_b + gamma x_a; null for pure shear, which has no reverse.</param>
/// <param name="NonAffineForceNorm">|Xi|.</param>
/// <param name="NonAffineVelocityNorm">|v|.</param>
internal sealed record ShearReport(
    string Plane, double Modulus, double Born, double NonAffine, double? ReverseModulus, double NonAffineForceNorm, double NonAffineVelocityNorm)
{
    public static ShearReport Of(ElasticResponse shear, double? reverse) => new(
        shear.Deformation.Name[^2..], shear.Modulus, shear.BornModulus, shear.NonAffineModulus, reverse, Norm(shear.Force), Norm(shear.Velocity));

    private static double Norm(double[] field) => Math.Sqrt(field.Sum(component => component * component));
}
