namespace FastNqe;

/// <summary>Structural relaxation times of the presets, measured once (README.md in this folder says how).</summary>
public static class KnownRelaxationTime
{
    private static readonly (string Model, double Temperature, LiquidMethod Method, double Time)[] Measured =
    [
        ("ipl-2d", 1.0, LiquidMethod.MolecularDynamics, 4.0),
        ("ipl-3d", 2.0, LiquidMethod.MolecularDynamics, 0.46),
        ("ipl-4d", 1.0, LiquidMethod.MolecularDynamics, 0.76),
        ("poly-3d", 1.30, LiquidMethod.Hybrid, 0.90),
        ("poly-3d", 0.50, LiquidMethod.Hybrid, 75),
        ("poly-3d", 1.30, LiquidMethod.SwapMonteCarlo, 355),
        ("poly-3d", 0.50, LiquidMethod.SwapMonteCarlo, 15_500),
    ];

    /// <summary>The relaxation time [time, or sweeps], or null if it was not measured for this model at this temperature and its own constants.</summary>
    public static double? Of(GlassModel model, double temperature, LiquidMethod method)
    {
        ArgumentNullException.ThrowIfNull(model);
        // A model whose constants were changed keeps its name but relaxes otherwise.
        if (!GlassModel.All.Contains(model))
            return null;
        foreach ((string name, double at, LiquidMethod by, double time) in Measured)
            if (name == model.Name && at == temperature && by == method)
                return time;
        return null;
    }
}
