namespace FastNqe;

/// <summary>What moves a liquid through its equilibrium states.</summary>
public enum LiquidMethod
{
    /// <summary>Molecular dynamics with a thermostat; times are in units of the model.</summary>
    MolecularDynamics,

    /// <summary>Monte Carlo with swaps of diameters; times are in sweeps.</summary>
    SwapMonteCarlo,

    /// <summary>Molecular dynamics with sweeps of swaps in between; times are in units of the model.</summary>
    Hybrid,
}
