using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FastNqe.Contractions;

namespace FastNqe.Native;

/// <summary>fastnqe.h, "Glasses".</summary>
internal static unsafe class GlassExports
{
    [UnmanagedCallersOnly(EntryPoint = "fnqe_glass_at", CallConvs = [typeof(CallConvCdecl)])]
    public static int At(SystemRecord* system, ulong potential, ulong* glass) => Boundary.Run(() =>
    {
        (Configuration configuration, HeldPotential held, FieldLayout layout) = Begin(system, potential, glass);
        *glass = Handles.Add(new HeldGlass(InherentState.At(configuration, held.Potential), layout));
    });

    [UnmanagedCallersOnly(EntryPoint = "fnqe_glass_quench", CallConvs = [typeof(CallConvCdecl)])]
    public static int Quench(SystemRecord* system, ulong potential, OptionsRecord* options, ulong* glass) => Boundary.Run(() =>
    {
        (Configuration configuration, HeldPotential held, FieldLayout layout) = Begin(system, potential, glass);
        using CallerOptions chosen = new(options);
        QuenchOptions quench = chosen.ForQuench();
        InherentState state = FastNqe.Quench.Run(configuration, held.Potential, quench);
        *glass = Handles.Add(new HeldGlass(state, layout));
        QuenchReport report = state.Quench!;
        return Boundary.Converged(report.Converged,
            $"after {report.Sweeps} sweeps the largest force is {report.MaxForce:G3}, above the tolerance {quench.ForceTolerance:G3}");
    });

    [UnmanagedCallersOnly(EntryPoint = "fnqe_glass_info_of", CallConvs = [typeof(CallConvCdecl)])]
    public static int Info(ulong glass, GlassRecord* info) => Boundary.Run(() =>
    {
        InherentState state = HeldGlass.Of(glass).Glass;
        Caller.CheckNotNull(info, "info");
        *info = new GlassRecord
        {
            Dimension = state.Dimension,
            Quenched = state.Quench is null ? 0 : 1,
            Particles = state.ParticleCount,
            Pairs = state.PairCount,
            Energy = state.Energy,
            Pressure = state.Pressure,
            MaxForce = state.MaxForce,
            Iterations = state.Quench?.Iterations ?? 0,
            Sweeps = state.Quench?.Sweeps ?? 0,
        };
    });

    [UnmanagedCallersOnly(EntryPoint = "fnqe_glass_positions", CallConvs = [typeof(CallConvCdecl)])]
    public static int Positions(ulong glass, double* positions, long size) => Boundary.Run(() =>
    {
        HeldGlass held = HeldGlass.Of(glass);
        held.Fields.Unpack(held.Glass.Configuration.Positions, held.Fields.Write(positions, size, "positions"));
    });

    /// <summary>What glasses and force fields are made of, and an empty handle until they are.</summary>
    internal static (Configuration Configuration, HeldPotential Potential, FieldLayout Layout) Begin(SystemRecord* system, ulong potential, ulong* result)
    {
        Caller.CheckNotNull(result, "the place for the handle");
        *result = 0;
        Caller.CheckNotNull(system, "system");
        HeldPotential held = HeldPotential.Of(potential);
        return (held.Complete(system->ToConfiguration(out FieldLayout layout)), held, layout);
    }
}
