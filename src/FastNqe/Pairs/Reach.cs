using System.Runtime.CompilerServices;

namespace FastNqe.Contractions;

/// <summary>A law of which only the reach counts, the same for all pairs: to search for who is near whom.</summary>
internal readonly struct Reach(double reach) : IPairLaw
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Cutoff<T>(T sizeI, T sizeJ) where T : unmanaged, ILanes<T> => T.Splat(reach);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Energy<T>(T u, T sizeI, T sizeJ, out T f0, out T f1) where T : unmanaged, ILanes<T> => f0 = f1 = T.Splat(0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Derivatives<T>(T u, T sizeI, T sizeJ, out T f1, out T f2, out T f3, out T f4) where T : unmanaged, ILanes<T> =>
        f1 = f2 = f3 = f4 = T.Splat(0);
}
