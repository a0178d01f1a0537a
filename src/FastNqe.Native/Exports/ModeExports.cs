using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FastNqe.Native;

/// <summary>fastnqe.h, "Modes".</summary>
internal static unsafe class ModeExports
{
    [UnmanagedCallersOnly(EntryPoint = "fnqe_lowest_eigenpairs", CallConvs = [typeof(CallConvCdecl)])]
    public static int LowestEigenpairs(ulong glass, int count, OptionsRecord* options, EigenpairRecord* pairs, double* vectors, long size) => Boundary.Run(() =>
    {
        HeldGlass held = HeldGlass.Of(glass);
        using Held.Use reserved = held.Reserve();
        using CallerOptions chosen = new(options);
        EigenpairOptions settings = chosen.ForEigenpairs();
        CallerFields fields = held.Fields;
        Caller.CheckNotNull(pairs, "pairs");
        // Checked before the work is done; the solver refuses the count itself.
        if (vectors is not null && size < (long)count * fields.Extent)
            throw new ArgumentException($"vectors has room for {size} doubles; {count} fields of {fields.Extent} need {(long)count * fields.Extent}");

        EigenpairSet found = Eigensolver.Lowest(new WatchedHessian(held.Glass, chosen), count, settings);
        for (int k = 0; k < found.Pairs.Length; k++)
        {
            Eigenpair pair = found.Pairs[k];
            pairs[k] = new EigenpairRecord
            {
                Stiffness = pair.Stiffness,
                Frequency = pair.Frequency,
                ParticipationRatio = Participation.Ratio(pair.Vector, held.Glass.Dimension),
                Residual = pair.Residual,
            };
            if (vectors is not null)
                fields.Unpack(pair.Vector, fields.Write(vectors + (long)k * fields.Extent, fields.Extent, "vectors"));
        }
        for (int k = found.Pairs.Length; k < count; k++)
            pairs[k] = new EigenpairRecord { Stiffness = double.NaN, Frequency = double.NaN, ParticipationRatio = double.NaN, Residual = double.PositiveInfinity };
        return Boundary.Converged(found.Converged, $"not every eigenpair has a residual below {settings.Tolerance:G3}");
    });

    [UnmanagedCallersOnly(EntryPoint = "fnqe_quartic_mode", CallConvs = [typeof(CallConvCdecl)])]
    public static int QuarticModeFrom(ulong glass, double* direction, OptionsRecord* options, ModeRecord* found, double* mode, long size) =>
        Find(glass, direction, options, found, mode, size, (state, start, how) => QuarticMode.From(state, start, how));

    [UnmanagedCallersOnly(EntryPoint = "fnqe_cubic_mode", CallConvs = [typeof(CallConvCdecl)])]
    public static int CubicModeFrom(ulong glass, double* direction, OptionsRecord* options, ModeRecord* found, double* mode, long size) =>
        Find(glass, direction, options, found, mode, size, (state, start, how) => CubicMode.From(state, start, how));

    [UnmanagedCallersOnly(EntryPoint = "fnqe_pseudo_harmonic_mode", CallConvs = [typeof(CallConvCdecl)])]
    public static int PseudoHarmonicModeFrom(ulong glass, double* direction, OptionsRecord* options, ModeRecord* found, double* mode, long size) =>
        Find(glass, direction, options, found, mode, size, (state, start, how) => PseudoHarmonicMode.From(state, start, how));

    private static int Find(
        ulong glass, double* direction, OptionsRecord* options, ModeRecord* found, double* mode, long size,
        Func<InherentState, double[], MinimiserOptions, NonlinearMode> search) => Boundary.Run(() =>
    {
        HeldGlass held = HeldGlass.Of(glass);
        using Held.Use reserved = held.Reserve();
        using CallerOptions chosen = new(options);
        MinimiserOptions settings = chosen.ForMode();
        Caller.CheckNotNull(found, "found");
        double[] start = held.Fields.Pack(direction, size, "direction");
        Span<double> room = mode is null ? default : held.Fields.Write(mode, size, "mode");
        NonlinearMode result = search(held.Glass, start, settings);
        *found = new ModeRecord(result);
        if (mode is not null)
            held.Fields.Unpack(result.Direction, room);
        return Boundary.Converged(result.Converged, $"after {result.Sweeps} sweeps {WhyEnded(result, settings.Tolerance)}");
    });

    private static string WhyEnded(NonlinearMode mode, double tolerance) => mode.End switch
    {
        // The residual may be anything there, even below the tolerance.
        SearchEnd.Undefined => $"the search came to where its cost has no minimum or no value: kappa is {mode.Stiffness:G3}, tau {mode.CubicCoefficient:G3}, chi {mode.QuarticCoefficient:G3}",
        SearchEnd.Stagnated => $"neither the residual nor the cost gets smaller: the residual is {mode.Residual:G3}, above the tolerance {tolerance:G3}",
        _ => $"the residual is {mode.Residual:G3}, above the tolerance {tolerance:G3}",
    };
}
