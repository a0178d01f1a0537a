namespace FastNqe.Tests.Elastic;

public sealed class ElasticityTests
{
    [TestCaseSource(typeof(ReferenceCase), nameof(ReferenceCase.InherentStates))]
    public void Moduli_meet_the_reference(string name)
    {
        ReferenceCase reference = ReferenceCase.Load(name);
        InherentState glass = InherentState.At(reference.Configuration, reference.Potential);
        Elasticity elasticity = Elasticity.Of(glass);
        int d = glass.Dimension;

        Assert.That(elasticity.Converged, $"residual {elasticity.Residual}");
        Assert.Multiple(() =>
        {
            for (int k = 0; k < elasticity.SimpleShears.Count; k++)
            {
                ElasticResponse shear = elasticity.SimpleShears[k];
                string plane = shear.Deformation.Name[^2..];
                reference.AssertFigure($"elasticity/G/{plane}", shear.Modulus);
                reference.AssertFigure($"elasticity/G_reverse/{plane}", elasticity.ReverseModuli[k]);
                reference.AssertFigure($"elasticity/G_born/{plane}", shear.BornModulus);
                reference.AssertFigure($"elasticity/Xi_norm/{plane}", Norm(shear.Force));
                reference.AssertFigure($"elasticity/nonaffine_velocity_norm/{plane}", Norm(shear.Velocity));
            }
            reference.AssertFigure("elasticity/G_mean_over_planes", elasticity.ShearModulus);
            reference.AssertFigure("elasticity/K", elasticity.BulkModulus);
            reference.AssertFigure("elasticity/K_born", elasticity.BornBulkModulus);
            AssertFirst(reference, "elasticity/first_Xi_xy", elasticity.SimpleShears[0].Force);
            AssertFirst(reference, "elasticity/first_nonaffine_velocity_xy", elasticity.SimpleShears[0].Velocity);
            reference.AssertFigure("configuration/pressure", elasticity.Pressure);
            double[] stress = [.. from a in Enumerable.Range(0, d) from b in Enumerable.Range(0, d) select elasticity.Stress(a, b)];
            reference.AssertFigure("configuration/stress", stress);
        });
    }

    [TestCase(0, 2)]
    [TestCase(2, 0)]
    [TestCase(-1, 1)]
    public void Axes_that_a_glass_does_not_have_are_refused(int a, int b)
    {
        ReferenceCase reference = ReferenceCase.Load("b01");
        InherentState glass = InherentState.At(reference.Configuration, reference.Potential);
        Elasticity elasticity = Elasticity.Of(glass, new LinearSolveOptions { MaxSweeps = 1 });
        Assert.That(() => elasticity.Stress(a, b), Throws.InstanceOf<ArgumentException>().With.Message.Contains("axes 0 to 1"));
        Assert.That(() => Deformation.SimpleShear(2, 0, 1)[a, b], Throws.InstanceOf<ArgumentException>().With.Message.Contains("axes 0 to 1"));
    }

    [TestCaseSource(typeof(ReferenceCase), nameof(ReferenceCase.InherentStates))]
    public void Couplings_of_stored_modes_meet_the_reference(string name)
    {
        ReferenceCase reference = ReferenceCase.Load(name);
        InherentState glass = InherentState.At(reference.Configuration, reference.Potential);
        foreach (Deformation shear in Deformation.SimpleShears(glass.Dimension))
        {
            double[] xi = ElasticResponse.ForceOf(shear, glass);
            reference.AssertFigure($"elasticity/nu3/{shear.Name[^2..]}", NaiveGlass.Dot(xi, reference.Mode("pi3")));
            reference.AssertFigure($"elasticity/nu4/{shear.Name[^2..]}", NaiveGlass.Dot(xi, reference.Mode("pi4")));
        }
    }

    [TestCase("b01")]
    [TestCase("b04")]
    public void A_velocity_solves_its_equation_without_translation(string name)
    {
        ReferenceCase reference = ReferenceCase.Load(name);
        InherentState glass = InherentState.At(reference.Configuration, reference.Potential);
        ElasticResponse response = ElasticResponse.To(Deformation.PureShear(glass.Dimension, 0, 1), glass, new LinearSolveOptions { Tolerance = 1e-12 });
        double[] product = new double[response.Force.Length];
        glass.HessianProduct(response.Velocity, product);
        double square = 0;
        for (int k = 0; k < product.Length; k++)
            square += Math.Pow(product[k] + response.Force[k], 2);
        Assert.That(Math.Sqrt(square) / Norm(response.Force), Is.LessThan(2e-12));
        for (int axis = 0; axis < glass.Dimension; axis++)
            Assert.That(response.Velocity.Where((_, k) => k % glass.Dimension == axis).Sum(), Is.Zero.Within(1e-10));
    }

    // The curvature of the minimum's energy, taken from the energies of glasses that were really strained and quenched again.
    [TestCase("b01", 0, 1)]
    [TestCase("b02", 0, 2)]
    [TestCase("b04", 1, 2)]
    public void Simple_shear_modulus_is_the_curvature_of_the_strained_glass(string name, int a, int b)
    {
        ReferenceCase reference = ReferenceCase.Load(name);
        InherentState glass = InherentState.At(reference.Configuration, reference.Potential);
        ElasticResponse response = ElasticResponse.To(Deformation.SimpleShear(glass.Dimension, a, b), glass);
        // Stresses of strained glasses: energies would lose half of the digits.
        const double Strain = 1e-5;
        double stress(double strain) => StressAfter(glass, a, b, strain);
        double modulus = (8 * (stress(Strain) - stress(-Strain)) - (stress(2 * Strain) - stress(-2 * Strain))) / (12 * Strain);
        Assert.That(modulus, Is.EqualTo(response.Modulus).Within(1e-5 * response.BornModulus));
        Assert.That(stress(0), Is.EqualTo(response.Stress).Within(1e-9 * glass.Pressure));
    }

    [Test]
    public void Stress_is_the_slope_and_Born_modulus_the_curvature_of_the_affinely_strained_energy([Values(2, 3, 4)] int dimension)
    {
        // A liquid: the identities need no equilibrium.
        ReferenceCase reference = ReferenceCase.Load(dimension switch { 2 => "a03", 3 => "a04", _ => "a05" });
        InherentState glass = InherentState.At(reference.Configuration, reference.Potential);
        foreach (Deformation deformation in new[] { Deformation.SimpleShear(dimension, 1, 0), Deformation.PureShear(dimension, 0, 1), Deformation.Dilation(dimension) })
        {
            const double Strain = 1e-4;
            double energy(double strain) => AffineEnergy(reference, deformation, strain);
            double slope = (8 * (energy(Strain) - energy(-Strain)) - (energy(2 * Strain) - energy(-2 * Strain))) / (12 * Strain);
            double curvature = (-energy(2 * Strain) + 16 * energy(Strain) - 30 * energy(0) + 16 * energy(-Strain) - energy(-2 * Strain)) / (12 * Strain * Strain);
            double volume = reference.Configuration.Box.Volume;
            ElasticResponse response = ElasticResponse.To(deformation, glass, new LinearSolveOptions { MaxSweeps = 1 });
            Assert.That(slope / volume, Is.EqualTo(response.Stress).Within(1e-8 * glass.Pressure), deformation.Name);
            Assert.That(curvature / volume, Is.EqualTo(response.BornModulus).Within(1e-5 * Math.Abs(response.BornModulus)), deformation.Name);
        }
    }

    [Test]
    public void Pure_shears_of_three_planes_add_up_to_nothing()
    {
        ReferenceCase reference = ReferenceCase.Load("b04");
        InherentState glass = InherentState.At(reference.Configuration, reference.Potential);
        double[][] forces = [.. Deformation.PureShears(3).Select(shear => ElasticResponse.ForceOf(shear, glass))];
        double[] sum = [.. forces[0].Select((_, k) => forces[0][k] - forces[1][k] + forces[2][k])];
        Assert.That(Norm(sum), Is.LessThan(1e-12 * Norm(forces[0])));
    }

    [Test]
    public void A_solve_that_runs_out_of_sweeps_says_so()
    {
        ReferenceCase reference = ReferenceCase.Load("b01");
        InherentState glass = InherentState.At(reference.Configuration, reference.Potential);
        Elasticity elasticity = Elasticity.Of(glass, new LinearSolveOptions { MaxSweeps = 5 });
        Assert.That(elasticity.Converged, Is.False);
        Assert.That(elasticity.Residual, Is.GreaterThan(1e-11));
    }

    [Test]
    public void A_liquid_with_negative_curvature_does_not_converge()
    {
        ReferenceCase reference = ReferenceCase.Load("a04");
        InherentState liquid = InherentState.At(reference.Configuration, reference.Potential);
        Assert.That(Elasticity.Of(liquid).Converged, Is.False);
    }

    [Test]
    public void A_deformation_of_another_dimension_is_refused()
    {
        ReferenceCase reference = ReferenceCase.Load("b01");
        InherentState glass = InherentState.At(reference.Configuration, reference.Potential);
        Assert.That(() => ElasticResponse.ForceOf(Deformation.Dilation(3), glass), Throws.ArgumentException.With.Message.Contains("3 dimensions; the glass has 2"));
        Assert.That(() => Deformation.SimpleShear(3, 1, 1), Throws.ArgumentException);
        Assert.That(() => Deformation.SimpleShear(2, 0, 2), Throws.ArgumentException.With.Message.Contains("from 0 to 1"));
    }

    private static double StressAfter(InherentState glass, int a, int b, double strain)
    {
        Configuration configuration = glass.Configuration;
        int d = configuration.Dimension;
        double[] positions = configuration.Positions.ToArray();
        for (int row = 0; row < positions.Length; row += d)
            positions[row + a] += strain * positions[row + b];
        Configuration strained = configuration.WithPositions(configuration.Box.Sheared(a, b, strain), positions);
        InherentState relaxed = Quench.Run(strained, glass.Potential, new QuenchOptions { ForceTolerance = 1e-11 });
        return Elasticity.Of(relaxed, new LinearSolveOptions { MaxSweeps = 1 }).Stress(a, b);
    }

    // Σ phi of all pairs with x → exp(gamma E)·x, pairs as they were: strains this small move none past its cutoff's tail of third order.
    private static double AffineEnergy(ReferenceCase reference, Deformation deformation, double strain)
    {
        int d = deformation.Dimension;
        double energy = 0;
        ReadOnlySpan<double> sizes = reference.Configuration.Diameters;
        foreach ((int i, int j, double[] x, PairDerivatives _) in new NaiveGlass(reference.Configuration, reference.Potential).Pairs)
        {
            double[] moved = [.. x], term = [.. x];
            for (int order = 1; order < 6; order++)
            {
                term = [.. Enumerable.Range(0, d).Select(a => Enumerable.Range(0, d).Sum(b => deformation[a, b] * term[b]) * strain / order)];
                for (int a = 0; a < d; a++)
                    moved[a] += term[a];
            }
            energy += reference.Potential.At(NaiveGlass.Dot(moved, moved), sizes[i], sizes[j]).F0;
        }
        return energy;
    }

    private static void AssertFirst(ReferenceCase reference, string path, double[] measured) =>
        reference.AssertFigure(path, measured.AsSpan(0, reference.Figure(path).Values.Length));

    private static double Norm(double[] field) => Math.Sqrt(NaiveGlass.Dot(field, field));
}
