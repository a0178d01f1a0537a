namespace FastNqe;

/// <summary>
/// A model glass: potential, composition, density and preparation protocol, under the name that --model takes.
/// </summary>
/// <remarks>
/// Constants and where they come from: the paper, Table II and Appendix A, and the literature it cites. The units of the paper's
/// figures are a0 = (V/N)^(1/d) for length and omega_0 = sqrt(G/rho)/a0 for frequency, with G and rho from Table II; for models that are
/// not the paper's, G is that of glasses quenched instantaneously (README.md of this folder).
/// </remarks>
public sealed record GlassModel
{
    /// <summary>The name that --model takes.</summary>
    public required string Name { get; init; }

    /// <summary>The spatial dimension d.</summary>
    public required int Dimension { get; init; }

    /// <summary>The pair potential.</summary>
    public required PairPotential Potential { get; init; }

    /// <summary>N/V at which glasses are made [1/length^d].</summary>
    public required double NumberDensity { get; init; }

    /// <summary>G(T_p = ∞), for the paper's models that of Table II [energy/length^d]; sets the unit of frequency.</summary>
    public required double ShearModulus { get; init; }

    /// <summary>Whether <see cref="ShearModulus"/> is from the paper's Table II; otherwise it was computed with this library.</summary>
    public bool IsOfTableII { get; init; }

    /// <summary>The diameters of the species of a mixture (by type number), or empty for a polydisperse model.</summary>
    public IReadOnlyList<double> SpeciesDiameters { get; init; } = [];

    /// <summary>The share of each species, adding up to 1; empty for equal shares.</summary>
    public IReadOnlyList<double> SpeciesShares { get; init; } = [];

    /// <summary>The distribution of diameters of a polydisperse model; null for a mixture of species.</summary>
    public DiameterDistribution? Polydispersity { get; init; }

    /// <summary>The parent temperatures of the literature, the default one first [energy, k_B = 1].</summary>
    public IReadOnlyList<double> ParentTemperatures { get; init; } = [1.0];

    /// <summary>How a liquid becomes a glass by default: cooled at a finite rate before the quench, or quenched as it is (null).</summary>
    public Cooling? Cooling { get; init; }

    /// <summary>The 50:50 binary inverse power law in two dimensions, cooled at 1e-3 from T = 1.0 to 0.1 before the quench.</summary>
    public static GlassModel Ipl2D { get; } = Binary("ipl-2d", 2, 0.86, 15.8) with { Cooling = FastNqe.Cooling.OfTheModes };

    /// <summary>The 50:50 binary inverse power law in three dimensions, quenched from T = 2.0.</summary>
    public static GlassModel Ipl3D { get; } = Binary("ipl-3d", 3, 0.82, 12.4) with { ParentTemperatures = [2.0] };

    /// <summary>The 50:50 binary inverse power law in four dimensions, cooled at 1e-3 from T = 1.0 to 0.1 before the quench.</summary>
    public static GlassModel Ipl4D { get; } = Binary("ipl-4d", 4, 0.80, 10.9) with { Cooling = FastNqe.Cooling.OfTheModes };

    /// <summary>The polydisperse inverse power law in three dimensions, for swap Monte Carlo: n_a = 0.2 at N/V = 0.65, which reproduces Table II.</summary>
    public static GlassModel Poly3D { get; } = new()
    {
        Name = "poly-3d",
        Dimension = 3,
        Potential = InversePowerLaw.Polydisperse3D,
        NumberDensity = 0.65,
        ShearModulus = 9.22,
        IsOfTableII = true,
        Polydispersity = DiameterDistribution.InverseCube,
        ParentTemperatures = [0.50, 1.30, 0.35],
    };

    /// <summary>The polydisperse model with the other constants in use in the literature: n_a = 0.1 at N/V = 0.58.</summary>
    public static GlassModel Poly3DWeaklyNonAdditive { get; } = Poly3D with
    {
        Name = "poly-3d-na01",
        Potential = new PairPotential<InversePowerLaw>(new(10, 1.40, 3, 0.1)),
        NumberDensity = 0.58,
    };

    /// <summary>The Kob-Andersen Lennard-Jones mixture in three dimensions, 80:20 at N/V = 1.2, smoothed at 2.5 sigma.</summary>
    public static GlassModel KobAndersen3D { get; } = new()
    {
        Name = "kalj-3d",
        Dimension = 3,
        Potential = LennardJones.KobAndersen,
        NumberDensity = 1.2,
        ShearModulus = 16.0,
        SpeciesDiameters = [1.0, 0.88],
        SpeciesShares = [0.8, 0.2],
        ParentTemperatures = [1.0],
    };

    /// <summary>50:50 harmonic spheres of diameters 1 and 1.4 in three dimensions, at N/V = 0.70 (packing fraction 0.69, above jamming).</summary>
    public static GlassModel Harmonic3D { get; } = Spheres("harmonic-3d", HarmonicSpheres.Potential, 0.70, 0.0392);

    /// <summary>50:50 Hertzian spheres of diameters 1 and 1.4 in three dimensions, at N/V = 0.80 (packing fraction 0.78, above jamming).</summary>
    public static GlassModel Hertzian3D { get; } = Spheres("hertzian-3d", HertzianSpheres.Potential, 0.80, 0.0208);

    /// <summary>Every preset, in the order in which help lists them.</summary>
    public static IReadOnlyList<GlassModel> All { get; } =
        [Ipl2D, Ipl3D, Ipl4D, Poly3D, Poly3DWeaklyNonAdditive, KobAndersen3D, Harmonic3D, Hertzian3D];

    /// <summary>a0 = rho^(-1/d) [length].</summary>
    public double UnitLength => Math.Pow(NumberDensity, -1.0 / Dimension);

    /// <summary>omega_0 = sqrt(G/rho)/a0 [1/time].</summary>
    public double UnitFrequency => Math.Sqrt(ShearModulus / NumberDensity) / UnitLength;

    /// <summary>The preset of that name.</summary>
    /// <exception cref="ArgumentException">There is no such model; the message lists those there are.</exception>
    public static GlassModel Named(string name) =>
        All.FirstOrDefault(model => model.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException($"unknown model \"{name}\"; expected one of {string.Join(", ", All.Select(model => model.Name))}", nameof(name));

    /// <summary>The model with other constants of its potential; its units stay those of the preset.</summary>
    /// <exception cref="ArgumentException">Its law has no such constant, or one is out of its range.</exception>
    public GlassModel With(PotentialConstants constants)
    {
        ArgumentNullException.ThrowIfNull(constants);
        return this with { Potential = constants.In(Potential) };
    }

    /// <summary>The configuration with its diameters: those it has, else those of its species.</summary>
    /// <exception cref="ArgumentException">The dimension is another, or the diameters are missing and cannot be told from the species.</exception>
    public Configuration Complete(Configuration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        if (configuration.Dimension != Dimension)
            throw new ArgumentException($"the configuration has {configuration.Dimension} dimensions; model {Name} has {Dimension}", nameof(configuration));
        if (configuration.Diameters.Length > 0)
            return configuration;
        if (SpeciesDiameters.Count == 0)
            throw new ArgumentException($"the configuration has no diameters (column lambda or radius), and model {Name} is polydisperse", nameof(configuration));
        if (configuration.TypeNames.Length > SpeciesDiameters.Count)
            throw new ArgumentException($"the configuration has {configuration.TypeNames.Length} species; model {Name} has {SpeciesDiameters.Count}", nameof(configuration));
        double[] diameters = new double[configuration.ParticleCount];
        for (int i = 0; i < diameters.Length; i++)
            diameters[i] = SpeciesDiameters[configuration.Types[i]];
        return configuration.WithDiameters(diameters);
    }

    private static GlassModel Spheres(string name, PairPotential law, double density, double shearModulus) => new()
    {
        Name = name,
        Dimension = 3,
        Potential = law,
        NumberDensity = density,
        ShearModulus = shearModulus,
        SpeciesDiameters = [1.0, 1.4],
        // In units of the overlap energy; glassy dynamics sets in at some thousandths.
        ParentTemperatures = [0.02],
    };

    private static GlassModel Binary(string name, int dimension, double density, double shearModulus) => new()
    {
        Name = name,
        Dimension = dimension,
        Potential = InversePowerLaw.Binary3D,
        NumberDensity = density,
        ShearModulus = shearModulus,
        IsOfTableII = true,
        SpeciesDiameters = [1.0, 1.4],
    };
}
