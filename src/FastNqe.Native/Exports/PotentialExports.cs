using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FastNqe.Native;

/// <summary>fastnqe.h, "Potentials".</summary>
internal static unsafe class PotentialExports
{
    // Longer than any model's name: a text without an end is not read far.
    private const int LongestName = 64;

    // Those of a thousand types.
    private const int MostTables = 500_500;

    [UnmanagedCallersOnly(EntryPoint = "fnqe_potential_model", CallConvs = [typeof(CallConvCdecl)])]
    public static int Model(byte* name, ulong* potential) => Make(potential, () =>
    {
        Caller.CheckNotNull(name, "name");
        int length = 0;
        while (length < LongestName && name[length] != 0)
            length++;
        GlassModel model = GlassModel.Named(System.Text.Encoding.UTF8.GetString(name, length));
        return new HeldPotential(model.Potential, model.Complete);
    });

    [UnmanagedCallersOnly(EntryPoint = "fnqe_potential_inverse_power", CallConvs = [typeof(CallConvCdecl)])]
    public static int InversePower(int exponent, double cutoff, int smoothingOrder, double nonAdditivity, ulong* potential) => Make(potential, () =>
        new HeldPotential(new PairPotential<InversePowerLaw>(new InversePowerLaw(exponent, cutoff, smoothingOrder, nonAdditivity))));

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
        bool byDistance = VariableOf(variable) == PairVariable.Distance;
        return new HeldPotential(new PairPotential<CallerLaw>(new CallerLaw(cutoff, derivatives, user, byDistance)));
    });

    [UnmanagedCallersOnly(EntryPoint = "fnqe_potential_tabulated", CallConvs = [typeof(CallConvCdecl)])]
    public static int Tabulated(TableRecord* tables, long count, int variable, ulong* potential) => Make(potential, () =>
    {
        Caller.CheckNotNull(tables, "tables");
        if (count is < 1 or > MostTables)
            throw new ArgumentException($"there are {count} tables; expected 1 to {MostTables}");
        TabulatedPair[] pairs = new TabulatedPair[count];
        for (int k = 0; k < pairs.Length; k++)
            pairs[k] = tables[k].ToPair(k);
        TabulatedLaw law = new(pairs, VariableOf(variable));
        return new HeldPotential(new PairPotential<TabulatedLaw>(law), law.Complete);
    });

    private static PairVariable VariableOf(int variable) => variable switch
    {
        0 => PairVariable.SquaredDistance,
        1 => PairVariable.Distance,
        _ => throw new ArgumentException($"the variable is {variable}; expected FNQE_SQUARED_DISTANCE (0) or FNQE_DISTANCE (1)"),
    };

    private static int Make(ulong* potential, Func<HeldPotential> make) => Boundary.Run(() =>
    {
        Caller.CheckNotNull(potential, "the place for the potential");
        *potential = 0;
        *potential = Handles.Add(make());
    });
}
