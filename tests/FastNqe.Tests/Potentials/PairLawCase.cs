namespace FastNqe.Tests;

/// <summary>A pair law under test.</summary>
/// <param name="Name">Its name in the test list.</param>
/// <param name="Potential">The law with its constants.</param>
/// <param name="SmoothOrder">q: f and its first q derivatives vanish at the cutoff.</param>
public sealed record PairLawCase(string Name, PairPotential Potential, int SmoothOrder)
{
    /// <summary>Every law there is, one line each; the tests of all laws follow from it.</summary>
    public static IEnumerable<PairLawCase> All { get; } =
    [
        new("binary inverse power law", InversePowerLaw.Binary3D, 3),
        new("polydisperse inverse power law", InversePowerLaw.Polydisperse3D, 3),
        new("inverse power law, beta 12, q 4", new PairPotential<InversePowerLaw>(new InversePowerLaw(12, 2.5, 4, 0)), 4),
        new("inverse power law, beta 4, q 1", new PairPotential<InversePowerLaw>(new InversePowerLaw(4, 1.3, 1, 0.1)), 1),
        new("Kob-Andersen Lennard-Jones", LennardJones.KobAndersen, 3),
        new("Kob-Andersen Lennard-Jones, q 4", new PairPotential<LennardJones>(new LennardJones(1.8, 4)), 4),
        new("harmonic spheres", HarmonicSpheres.Potential, 1),
        // The second derivative vanishes too, but as a square root.
        new("Hertzian spheres", HertzianSpheres.Potential, 1),
    ];

    public override string ToString() => Name;
}
