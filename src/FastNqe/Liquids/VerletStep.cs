using System.Runtime.CompilerServices;
using FastNqe.Contractions;

namespace FastNqe;

/// <summary>v = factor·v + kick·F, then x += drift·v, in one pass over memory.</summary>
internal readonly struct VerletStep(RowField velocities, RowField forces, RowField positions, double factor, double kick, double drift) : IKernel
{
    public static void Run(RowField velocities, RowField forces, RowField positions, double factor, double kick, double drift)
    {
        var step = new VerletStep(velocities, forces, positions, factor, kick, drift);
        KernelDispatch.Run(ref step, 3, Simd.Width);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<T, TDim>()
        where T : unmanaged, ILanes<T>
        where TDim : struct, IDimension
    {
        // Bounds: the three fields have the same length, a multiple of eight. Numbers of a row that are no component have v = F = 0
        // and so stay as they are.
        ref double v = ref velocities.Origin;
        ref double f = ref forces.Origin;
        ref double x = ref positions.Origin;
        (T scale, T h, T dt) = (T.Splat(factor), T.Splat(kick), T.Splat(drift));
        for (nint k = 0; k < positions.Length; k += T.Count)
        {
            T velocity = T.MultiplyAdd(h, T.Load(ref f, k), scale * T.Load(ref v, k));
            T.Store(velocity, ref v, k);
            T.Store(T.MultiplyAdd(dt, velocity, T.Load(ref x, k)), ref x, k);
        }
    }
}
