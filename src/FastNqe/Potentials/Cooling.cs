namespace FastNqe;

/// <summary>Cooling of an equilibrium liquid at a finite rate, before the quench.</summary>
/// <param name="Rate">-dT/dt [energy/time], positive.</param>
/// <param name="FinalTemperature">Where cooling ends and the quench begins [energy], positive.</param>
public sealed record Cooling(double Rate, double FinalTemperature)
{
    /// <summary>dT/dt = -1e-3 down to T = 0.1: the protocol of Kapteijns, Bouchbinder and Lerner, PRL 121, 055501 (2018).</summary>
    public static Cooling OfTheModes { get; } = new(1e-3, 0.1);
}
