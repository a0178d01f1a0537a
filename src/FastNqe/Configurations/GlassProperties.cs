namespace FastNqe;

/// <summary>The keys under which a configuration says how it was made (<see cref="Configuration.Properties"/>), as far as more than one program writes them.</summary>
public static class GlassProperties
{
    /// <summary>The model's name.</summary>
    public const string Model = "model";

    /// <summary>The potential with its constants, in words.</summary>
    public const string Potential = "potential";

    /// <summary>The program that made it, with its version.</summary>
    public const string MadeBy = "made_by";

    /// <summary>The number of the liquid run.</summary>
    public const string Chain = "chain";

    /// <summary>The number of the sample.</summary>
    public const string Sample = "sample";

    /// <summary>The largest net force on a particle [energy/length].</summary>
    public const string MaxForce = "maxForce";

    /// <summary>The largest net force at which the quench ended [energy/length].</summary>
    public const string QuenchTolerance = "quench_tolerance";

    /// <summary>The share of swaps of diameters that were accepted, since the beginning of the liquid run.</summary>
    public const string SwapAcceptance = "swap_acceptance";

    /// <summary>The share of solid-like particles (<see cref="BondOrder.CrystallineShare"/>).</summary>
    public const string CrystallineShare = "crystalline_share";
}
