using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FastNqe.Native;

/// <summary>fastnqe.h, "Potentials".</summary>
internal static unsafe class PotentialExports
{
    // Longer than any model's name: a text without an end is not read far.
    private const int LongestName = 64;

    [UnmanagedCallersOnly(EntryPoint = "fnqe_potential_model", CallConvs = [typeof(CallConvCdecl)])]
    public static int Model(byte* name, ulong* potential) => Make(potential, () =>
    {
        Caller.CheckNotNull(name, "name");
        int length = 0;
        while (length < LongestName && name[length] != 0)
            length++;
        GlassModel model = GlassModel.Named(System.Text.Encoding.UTF8.GetString(name, length));
        return new HeldPotential(model.Potential, model);
    });

    [UnmanagedCallersOnly(EntryPoint = "fnqe_potential_inverse_power", CallConvs = [typeof(CallConvCdecl)])]
    public static int InversePower(int exponent, double cutoff, int smoothingOrder, double nonAdditivity, ulong* potential) => Make(potential, () =>
        new HeldPotential(new PairPotential<InversePowerLaw>(new InversePowerLaw(exponent, cutoff, smoothingOrder, nonAdditivity)), null));

    [UnmanagedCallersOnly(EntryPoint = "fnqe_potential_custom", CallConvs = [typeof(CallConvCdecl)])]
    public static int Custom(
        delegate* unmanaged[Cdecl]<void*, double, double, double> cutoff,
        delegate* unmanaged[Cdecl]<void*, double, double, double, double*, void> derivatives,
        int variable,
        void* user,
        ulong* potential) => Make(potential, () =>
    {
        Caller.CheckNotNull(cutoff, "cutoff");
        Caller.CheckNotNull(derivatives, "derivatives");
        if (variable is not (0 or 1))
            throw new ArgumentException($"the variable is {variable}; expected FNQE_SQUARED_DISTANCE (0) or FNQE_DISTANCE (1)");
        return new HeldPotential(new PairPotential<CallerLaw>(new CallerLaw(cutoff, derivatives, user, byDistance: variable == 1)), null);
    });

    private static int Make(ulong* potential, Func<HeldPotential> make) => Boundary.Run(() =>
    {
        Caller.CheckNotNull(potential, "the place for the potential");
        *potential = 0;
        *potential = Handles.Add(make());
    });
}
