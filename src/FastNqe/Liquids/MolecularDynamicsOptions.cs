namespace FastNqe;

/// <summary>How molecular dynamics steps.</summary>
public sealed record MolecularDynamicsOptions
{
    /// <summary>dt [time]; 0 for 0.005/sqrt(max(1, T)).</summary>
    public double TimeStep { get; init; }

    /// <summary>Whether a thermostat keeps the temperature; without it the energy is conserved.</summary>
    public bool HasThermostat { get; init; } = true;

    /// <summary>The time over which the thermostat brings the kinetic energy back [time].</summary>
    public double CouplingTime { get; init; } = 0.5;

    /// <summary>How far beyond the cutoff pairs are listed [length]; 0 for 0.12 + 0.09 sqrt(T): the faster the particles, the wider.</summary>
    public double Skin { get; init; }

    /// <summary>dt for a temperature: fast particles need short steps.</summary>
    public static double DefaultTimeStep(double temperature) => 0.005 / Math.Sqrt(Math.Max(1, temperature));

    internal double ActualSkin(double temperature) => Skin > 0 ? Skin : 0.12 + 0.09 * Math.Sqrt(Math.Min(temperature, 4));
}
