using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FastNqe.Native;

/// <summary>fastnqe.h, "Elasticity".</summary>
internal static unsafe class ElasticityExports
{
    [UnmanagedCallersOnly(EntryPoint = "fnqe_moduli_of", CallConvs = [typeof(CallConvCdecl)])]
    public static int Moduli(ulong glass, OptionsRecord* options, ModuliRecord* moduli) => Boundary.Run(() =>
    {
        HeldGlass held = HeldGlass.Of(glass);
        using Held.Use reserved = held.Reserve();
        using CallerOptions chosen = new(options);
        Caller.CheckNotNull(moduli, "moduli");
        Elasticity found = Elasticity.Of(held.Glass, chosen.ForLinearSolve());
        ModuliRecord record = new()
        {
            ShearModulus = found.ShearModulus,
            BulkModulus = found.BulkModulus,
            BornBulkModulus = found.BornBulkModulus,
            Pressure = found.Pressure,
            Residual = found.Residual,
        };
        int d = held.Glass.Dimension;
        for (int a = 0; a < d; a++)
            for (int b = 0; b < d; b++)
                record.Stress[a * d + b] = found.Stress(a, b);
        *moduli = record;
        return Solved(found.Converged, found.Residual);
    });

    [UnmanagedCallersOnly(EntryPoint = "fnqe_shear_response", CallConvs = [typeof(CallConvCdecl)])]
    public static int ShearResponse(ulong glass, int a, int b, OptionsRecord* options, ShearRecord* shear, double* force, double* velocity, long size) => Boundary.Run(() =>
    {
        HeldGlass held = HeldGlass.Of(glass);
        using Held.Use reserved = held.Reserve();
        using CallerOptions chosen = new(options);
        Caller.CheckNotNull(shear, "shear");
        Span<double> forces = force is null ? default : held.Fields.Write(force, size, "force");
        Span<double> velocities = velocity is null ? default : held.Fields.Write(velocity, size, "velocity");
        ElasticResponse response = ElasticResponse.To(Deformation.SimpleShear(held.Glass.Dimension, a, b), held.Glass, chosen.ForLinearSolve());
        *shear = new ShearRecord(response);
        if (force is not null)
            held.Fields.Unpack(response.Force, forces);
        if (velocity is not null)
            held.Fields.Unpack(response.Velocity, velocities);
        return Solved(response.Solve.Converged, response.Solve.Residual);
    });

    [UnmanagedCallersOnly(EntryPoint = "fnqe_shear_coupling", CallConvs = [typeof(CallConvCdecl)])]
    public static int ShearCoupling(ulong glass, int a, int b, double* mode, long size, double* nu) => Boundary.Run(() =>
    {
        HeldGlass held = HeldGlass.Of(glass);
        using Held.Use reserved = held.Reserve();
        Caller.CheckNotNull(nu, "nu");
        double[] direction = held.Fields.Pack(mode, size, "mode");
        held.Glass.CheckDirection(direction);
        double[] xi = ElasticResponse.ForceOf(Deformation.SimpleShear(held.Glass.Dimension, a, b), held.Glass);
        double product = 0, square = 0;
        for (int k = 0; k < xi.Length; k++)
        {
            product += xi[k] * direction[k];
            square += direction[k] * direction[k];
        }
        *nu = product / Math.Sqrt(square);
    });

    private static Status Solved(bool converged, double residual) =>
        Boundary.Converged(converged, $"the linear solve ended with a relative residual of {residual:G3}");
}
