using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FastNqe.Contractions;

namespace FastNqe.Native;

/// <summary>fastnqe.h, "Contractions": one sweep over the pairs each, one copy of each field into the kernels' order and back.</summary>
internal static unsafe class ContractionExports
{
    [UnmanagedCallersOnly(EntryPoint = "fnqe_hessian_product", CallConvs = [typeof(CallConvCdecl)])]
    public static int HessianProduct(ulong glass, double* z, double* product, long size, double* k) => Boundary.Run(() =>
    {
        HeldGlass held = HeldGlass.Of(glass);
        using Held.Use reserved = held.Reserve();
        CallerFields fields = held.Fields;
        double scalar = held.Glass.HessianProduct(fields.Read(z, size, "z"), fields.Write(product, size, "product"), fields.Layout);
        if (k is not null)
            *k = scalar;
    });

    [UnmanagedCallersOnly(EntryPoint = "fnqe_cubic_contraction", CallConvs = [typeof(CallConvCdecl)])]
    public static int CubicContraction(ulong glass, double* z, double* product, double* contraction, long size, double* scalars) =>
        Contract<Cubic>(glass, z, product, contraction, size, scalars);

    [UnmanagedCallersOnly(EntryPoint = "fnqe_quartic_contraction", CallConvs = [typeof(CallConvCdecl)])]
    public static int QuarticContraction(ulong glass, double* z, double* product, double* contraction, long size, double* scalars) =>
        Contract<Quartic>(glass, z, product, contraction, size, scalars);

    [UnmanagedCallersOnly(EntryPoint = "fnqe_geometric_contraction", CallConvs = [typeof(CallConvCdecl)])]
    public static int GeometricContraction(ulong glass, double* z, double* product, double* contraction, long size, double* scalars) =>
        Contract<Geometric>(glass, z, product, contraction, size, scalars);

    [UnmanagedCallersOnly(EntryPoint = "fnqe_mixed_cubic_contraction", CallConvs = [typeof(CallConvCdecl)])]
    public static int MixedCubic(ulong glass, double* u, double* v, double* contraction, long size) => Boundary.Run(() =>
    {
        HeldGlass held = HeldGlass.Of(glass);
        using Held.Use reserved = held.Reserve();
        CallerFields fields = held.Fields;
        held.Glass.MixedCubicContraction(fields.Read(u, size, "u"), fields.Read(v, size, "v"), fields.Write(contraction, size, "contraction"), fields.Layout);
    });

    [UnmanagedCallersOnly(EntryPoint = "fnqe_mixed_quartic_contraction", CallConvs = [typeof(CallConvCdecl)])]
    public static int MixedQuartic(ulong glass, double* u, double* v, double* w, double* contraction, long size) => Boundary.Run(() =>
    {
        HeldGlass held = HeldGlass.Of(glass);
        using Held.Use reserved = held.Reserve();
        CallerFields fields = held.Fields;
        held.Glass.MixedQuarticContraction(
            fields.Read(u, size, "u"), fields.Read(v, size, "v"), fields.Read(w, size, "w"), fields.Write(contraction, size, "contraction"), fields.Layout);
    });

    [UnmanagedCallersOnly(EntryPoint = "fnqe_coefficients_of", CallConvs = [typeof(CallConvCdecl)])]
    public static int Coefficients(ulong glass, double* z, long size, CoefficientsRecord* coefficients) => Boundary.Run(() =>
    {
        HeldGlass held = HeldGlass.Of(glass);
        using Held.Use reserved = held.Reserve();
        Caller.CheckNotNull(coefficients, "coefficients");
        *coefficients = new CoefficientsRecord(held.Glass.Coefficients(held.Fields.Pack(z, size, "z")));
    });

    private static int Contract<TContraction>(ulong glass, double* z, double* product, double* contraction, long size, double* scalars)
        where TContraction : struct, IContraction => Boundary.Run(() =>
    {
        HeldGlass held = HeldGlass.Of(glass);
        using Held.Use reserved = held.Reserve();
        CallerFields fields = held.Fields;
        (double first, double second) = held.Glass.Contract<TContraction>(
            fields.Read(z, size, "z"), fields.Write(product, size, "product"), fields.Write(contraction, size, "contraction"), fields.Layout);
        if (scalars is not null)
            (scalars[0], scalars[1]) = (first, second);
    });
}
