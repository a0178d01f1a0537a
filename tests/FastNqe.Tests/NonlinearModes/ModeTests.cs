namespace FastNqe.Tests;

/// <summary>Modes against the reference's minimisers, and against the equations that define them.</summary>
[Category("Width")]
public sealed class ModeTests
{
    private static IEnumerable<TestCaseData> Cases =>
        from name in ReferenceCase.InherentStates
        from minimiser in Enum.GetValues<Minimiser>()
        select new TestCaseData(name, minimiser);

    [TestCaseSource(nameof(Cases))]
    public void Minimisers_reach_the_reference_modes(string name, Minimiser minimiser)
    {
        ReferenceCase reference = ReferenceCase.Load(name);
        InherentState glass = InherentState.At(reference.Configuration, reference.Potential);
        var options = new MinimiserOptions { Method = minimiser };
        double[] psi = reference.Mode("psi");
        QuarticMode quartic = QuarticMode.From(glass, psi, options);
        AssertReached(reference, "pi4", quartic);
        AssertReached(reference, "pi3", CubicMode.From(glass, reference.Mode("pi4"), options));
        AssertReached(reference, "piC", PseudoHarmonicMode.From(glass, psi, options));
    }

    [TestCaseSource(typeof(ReferenceCase), nameof(ReferenceCase.InherentStates))]
    public void Modes_obey_their_equations(string name)
    {
        ReferenceCase reference = ReferenceCase.Load(name);
        InherentState glass = InherentState.At(reference.Configuration, reference.Potential);
        var naive = new NaiveGlass(reference.Configuration, reference.Potential);
        double[] psi = reference.Mode("psi");

        QuarticMode quartic = QuarticMode.From(glass, psi);
        double[] product = naive.Vector2(quartic.Direction);
        // Eq. 8: M·pi = c4 U(4):.pi pi pi.
        AssertSmall(NaiveGlass.Combine(1, product, -quartic.ProportionalityConstant, naive.Vector4(quartic.Direction)), product, 2e-9, "eq. 8");
        Assert.That(NaiveGlass.Dot(quartic.Direction, psi), Is.Positive, "sign of the quartic mode");

        CubicMode cubic = CubicMode.From(glass, quartic.Direction);
        product = naive.Vector2(cubic.Direction);
        // Eq. 26: M·pi = c3 U(3):pi pi.
        AssertSmall(NaiveGlass.Combine(1, product, -cubic.ProportionalityConstant, naive.Vector3(cubic.Direction)), product, 2e-9, "eq. 26");
        Assert.That(cubic.CubicCoefficient, Is.Positive, "tau of the cubic mode");
        Assert.That(cubic.CubicCoefficient, Is.EqualTo(naive.CubicCoefficient(cubic.Direction)).Within(1e-9 * cubic.CubicCoefficient));
        Assert.That(cubic.CubicCoefficient * cubic.CubicCoefficient, Is.LessThan(3 * cubic.Stiffness * cubic.QuarticCoefficient), "eq. 32");

        PseudoHarmonicMode geometric = PseudoHarmonicMode.From(glass, psi);
        Assert.That(NaiveGlass.Dot(geometric.Direction, psi), Is.Positive, "sign of the pseudo-harmonic mode");

        foreach (NonlinearMode mode in new NonlinearMode[] { quartic, cubic, geometric })
        {
            Assert.That(mode.Converged);
            Assert.That(NaiveGlass.Dot(mode.Direction, mode.Direction), Is.EqualTo(1).Within(1e-12));
            for (int axis = 0; axis < glass.Dimension; axis++)
                Assert.That(mode.Direction.Where((_, k) => k % glass.Dimension == axis).Sum(), Is.Zero.Within(1e-11), "translation");
        }
    }

    [TestCaseSource(typeof(ReferenceCase), nameof(ReferenceCase.InherentStates))]
    public void The_stiffening_of_the_quartic_mode_is_that_of_its_distance_from_psi(string name)
    {
        // Eq. 23 with |Delta|² in its last term: kappa_4 - omega_2² = Delta·M·Delta - |Delta|² omega_2², exact for an eigenvector psi.
        ReferenceCase reference = ReferenceCase.Load(name);
        InherentState glass = InherentState.At(reference.Configuration, reference.Potential);
        double[] psi = reference.Mode("psi");
        QuarticMode quartic = QuarticMode.From(glass, psi);
        double[] delta = NaiveGlass.Combine(1, quartic.Direction, -1, psi), product = new double[delta.Length];
        double harmonic = glass.Coefficients(psi).Stiffness, curvature = glass.HessianProduct(delta, product);
        double expected = curvature - NaiveGlass.Dot(delta, delta) * harmonic;
        Assert.That(quartic.Stiffness - harmonic, Is.EqualTo(expected).Within(1e-8 * quartic.Stiffness));
    }

    [Test]
    public void Directions_that_lead_nowhere_are_refused()
    {
        ReferenceCase reference = ReferenceCase.Load("b01");
        InherentState glass = InherentState.At(reference.Configuration, reference.Potential);
        double[] zero = new double[800], translation = new double[800], bad = new double[800];
        Array.Fill(translation, 0.1);
        bad[17] = double.NaN;
        Assert.That(() => QuarticMode.From(glass, zero), Throws.ArgumentException.With.Message.Contains("zero"));
        Assert.That(() => CubicMode.From(glass, translation), Throws.ArgumentException.With.Message.Contains("translation"));
        Assert.That(() => PseudoHarmonicMode.From(glass, bad), Throws.ArgumentException.With.Message.Contains("particle 9"));
        Assert.That(() => QuarticMode.From(glass, new double[3]), Throws.ArgumentException.With.Message.Contains("800"));
    }

    [TestCaseSource(typeof(ReferenceCase), nameof(ReferenceCase.InherentStates))]
    public void Relations_between_the_modes_meet_the_reference(string name)
    {
        ReferenceCase reference = ReferenceCase.Load(name);
        InherentState glass = InherentState.At(reference.Configuration, reference.Potential);
        var options = new MinimiserOptions { Tolerance = 1e-12 };
        double[] psi = reference.Mode("psi");
        double omega2Squared = glass.Coefficients(psi).Stiffness;
        QuarticMode pi4 = QuarticMode.From(glass, psi, options);
        CubicMode pi3 = CubicMode.From(glass, pi4.Direction, options);
        PseudoHarmonicMode piC = PseudoHarmonicMode.From(glass, psi, options);

        reference.AssertFigure("harmonic/omega2_squared", omega2Squared);
        reference.AssertFigure("relations/overlap_pi4_psi", pi4.Overlap(psi));
        reference.AssertFigure("relations/one_minus_overlap_pi4_psi", 1 - pi4.Overlap(psi));
        reference.AssertFigure("relations/overlap_pi3_pi4", pi3.Overlap(pi4.Direction));
        reference.AssertFigure("relations/overlap_piC_pi4", piC.Overlap(pi4.Direction));
        reference.AssertFigure("relations/relative_stiffness_increase_quartic", 1 - omega2Squared / pi4.Stiffness);
        reference.AssertFigure("relations/relative_stiffness_increase_cubic", pi3.Stiffness / pi4.Stiffness - 1);
        reference.AssertFigure("relations/tau4_squared_over_3_kappa4_chi4", EnergyExpansion.Of(pi4).Asymmetry);
    }

    // The finish: a dozen digits of eqs. 8 and 26, by arithmetic that shares nothing with the search.
    [TestCaseSource(nameof(Cases))]
    public void A_residual_of_1e_minus_12_is_reached(string name, Minimiser minimiser)
    {
        ReferenceCase reference = ReferenceCase.Load(name);
        InherentState glass = InherentState.At(reference.Configuration, reference.Potential);
        var naive = new NaiveGlass(reference.Configuration, reference.Potential);
        var options = new MinimiserOptions { Method = minimiser, Tolerance = 1e-12 };
        QuarticMode quartic = QuarticMode.From(glass, reference.Mode("psi"), options);
        CubicMode cubic = CubicMode.From(glass, quartic.Direction, options);
        PseudoHarmonicMode geometric = PseudoHarmonicMode.From(glass, reference.Mode("psi"), options);
        (NonlinearMode Mode, double[] Form)[] modes =
        [
            (quartic, naive.Vector4(quartic.Direction)), (cubic, naive.Vector3(cubic.Direction)), (geometric, naive.VectorOfFourthPowers(geometric.Direction)),
        ];
        foreach ((NonlinearMode mode, double[] form) in modes)
        {
            Assert.That(mode.End, Is.EqualTo(SearchEnd.Converged));
            double[] product = naive.Vector2(mode.Direction);
            AssertSmall(NaiveGlass.Combine(1, product, -mode.ProportionalityConstant, form), product, 2e-12, mode.GetType().Name);
        }
    }

    [TestCase(Minimiser.LineSweep)]
    [TestCase(Minimiser.Macopt)]
    public void A_tolerance_that_rounding_does_not_allow_ends_the_search_early(Minimiser minimiser)
    {
        ReferenceCase reference = ReferenceCase.Load("b05");
        InherentState glass = InherentState.At(reference.Configuration, reference.Potential);
        QuarticMode mode = QuarticMode.From(glass, reference.Mode("psi"), new MinimiserOptions { Method = minimiser, Tolerance = 1e-17 });
        Assert.That(mode.End, Is.EqualTo(SearchEnd.Stagnated));
        Assert.That(mode.Converged, Is.False);
        Assert.That(mode.Residual, Is.LessThan(1e-12));
        Assert.That(mode.Sweeps, Is.LessThan(10_000));
    }

    [TestCase(Minimiser.LineSweep)]
    [TestCase(Minimiser.Macopt)]
    public void Where_a_cost_has_no_lower_bound_or_no_value_the_search_ends_at_once(Minimiser minimiser)
    {
        var options = new MinimiserOptions { Method = minimiser };
        ReferenceCase liquid = ReferenceCase.Load("a03");
        InherentState saddle = InherentState.At(liquid.Configuration, liquid.Potential);
        QuarticMode unstable = QuarticMode.From(saddle, saddle.LowestEigenpairs(1)[0].Vector, options);
        Assert.That(unstable.Stiffness, Is.Negative);
        AssertUndefined(unstable);

        // One pair at the distance where the force vanishes, near the cutoff: nothing resists a motion at right angles to the bond, and tau is zero there.
        var pair = new Configuration(Box.Cubic(2, 10), [3, 5, 4.2, 5], [1, 1]);
        InherentState dimer = InherentState.At(pair, GlassModel.Ipl2D.Potential);
        AssertUndefined(CubicMode.From(dimer, [0, 1, 0, -1], options));
        // At 60 degrees to the bond chi is negative.
        double[] oblique = [-0.5, -Math.Sqrt(0.75), 0.5, Math.Sqrt(0.75)];
        ModeCoefficients c = dimer.Coefficients(oblique);
        Assert.That(c.Stiffness, Is.Positive);
        Assert.That(c.QuarticCoefficient, Is.Negative);
        AssertUndefined(QuarticMode.From(dimer, oblique, options));

        static void AssertUndefined(NonlinearMode mode)
        {
            Assert.That(mode.End, Is.EqualTo(SearchEnd.Undefined));
            Assert.That(mode.Converged, Is.False);
            Assert.That(mode.Sweeps, Is.EqualTo(1));
        }
    }

    [TestCase(Minimiser.LineSweep)]
    [TestCase(Minimiser.Macopt)]
    public void A_search_that_runs_out_of_sweeps_says_so(Minimiser minimiser)
    {
        ReferenceCase reference = ReferenceCase.Load("b01");
        InherentState glass = InherentState.At(reference.Configuration, reference.Potential);
        QuarticMode mode = QuarticMode.From(glass, reference.Mode("psi"), new MinimiserOptions { Method = minimiser, MaxSweeps = 5 });
        Assert.That(mode.End, Is.EqualTo(SearchEnd.OutOfSweeps));
        Assert.That(mode.Converged, Is.False);
        Assert.That(mode.Residual, Is.GreaterThan(1e-9));
    }

    [TestCase(Minimiser.LineSweep)]
    [TestCase(Minimiser.Macopt)]
    public void Iterations_allocate_nothing(Minimiser minimiser)
    {
        ReferenceCase reference = ReferenceCase.Load("b01");
        InherentState glass = InherentState.At(reference.Configuration, reference.Potential);
        double[] psi = reference.Mode("psi");
        long Allocated(int sweeps)
        {
            var options = new MinimiserOptions { Method = minimiser, MaxSweeps = sweeps };
            return Allocation.Of(() => QuarticMode.From(glass, psi, options));
        }
        Allocated(20);
        Assert.That(Allocated(120), Is.EqualTo(Allocated(20)));
    }

    private static void AssertReached(ReferenceCase reference, string mode, NonlinearMode reached)
    {
        string figures = $"modes/{mode}/as_result_of_minimisation";
        Assert.That(reference.IsTrue($"{figures}/robust"), $"{mode} is robust");
        Assert.That(reached.Converged, $"{mode} converged");
        Assert.That(reached.Residual, Is.LessThanOrEqualTo(1e-9));
        Assert.That(1 - reached.Overlap(reference.Mode(mode)), Is.LessThan(1e-7), mode);
        reference.AssertFigure($"{figures}/kappa", reached.Stiffness);
        reference.AssertFigure($"{figures}/abs_tau", Math.Abs(reached.CubicCoefficient));
        reference.AssertFigure($"{figures}/chi", reached.QuarticCoefficient);
        reference.AssertFigure($"{figures}/cost", reached.Energy);
        reference.AssertFigure($"{figures}/Ne", reference.Configuration.ParticleCount * reached.ParticipationRatio);
    }

    private static void AssertSmall(double[] difference, double[] whole, double tolerance, string what) =>
        Assert.That(Math.Sqrt(NaiveGlass.Dot(difference, difference) / NaiveGlass.Dot(whole, whole)), Is.LessThan(tolerance), what);
}
