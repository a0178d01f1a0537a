using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FastNqe.Contractions;

namespace FastNqe.Native;

/// <summary>fastnqe.h, "Forces of particles that move".</summary>
internal static unsafe class ForceFieldExports
{
    [UnmanagedCallersOnly(EntryPoint = "fnqe_force_field_create", CallConvs = [typeof(CallConvCdecl)])]
    public static int Create(SystemRecord* system, ulong potential, double skin, ulong* forceField) => Boundary.Run(() =>
    {
        (Configuration configuration, HeldPotential held, FieldLayout layout) = GlassExports.Begin(system, potential, forceField);
        if (!(skin > 0) || !double.IsFinite(skin))
            throw new ArgumentException($"the skin is {skin}; expected a positive finite length");
        *forceField = Handles.Add(new HeldForceField(new PairForces(configuration, held.Potential, skin), layout));
    });

    [UnmanagedCallersOnly(EntryPoint = "fnqe_forces", CallConvs = [typeof(CallConvCdecl)])]
    public static int Compute(ulong forceField, double* positions, double* forces, long size, double* energy, double* virial) => Boundary.Run(() =>
    {
        HeldForceField held = HeldForceField.Of(forceField);
        using Held.Use reserved = held.Reserve();
        CallerFields fields = held.Fields;
        ReadOnlySpan<double> from = fields.Read(positions, size, "positions");
        Span<double> to = fields.Write(forces, size, "forces");
        PairForces pairs = held.Forces;
        pairs.Order.Scatter(from, fields.Layout, pairs.Particles.Positions);
        double total = pairs.Compute(held.Work, out double sum);
        // Positions that are not finite were refused when the list was renewed.
        if (!double.IsFinite(total))
            throw new ArgumentException($"the energy is {total}: two particles are at the same place, or where their potential has no finite value");
        pairs.Order.Gather(held.Work, to, fields.Layout);
        if (energy is not null)
            *energy = total;
        if (virial is not null)
            *virial = sum;
    });
}
