using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FastNqe.Contractions;

/// <summary>Adds the forces of pairs that were appended to a list, and their energy and virial; on one thread, after all chunks, because they act across chunks.</summary>
internal readonly struct AppendedForceSweep<TLaw, TQuantities>(TLaw law, Particles particles, PairAppendix appended, RowField forces, RowField partialSums) : IKernel
    where TLaw : struct, IPairLaw
    where TQuantities : struct, IForceQuantities
{
    // Bounds: the appendix is filled up to whole slices, and one more.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<T, TDim>()
        where T : unmanaged, ILanes<T>
        where TDim : struct, IDimension
    {
        TLaw pairLaw = law;
        ref int ownRows = ref MemoryMarshal.GetArrayDataReference(appended.OwnRows);
        ref int rows = ref MemoryMarshal.GetArrayDataReference(appended.Rows);
        Span<ForceOnLanes<T, TDim>> groups = stackalloc ForceOnLanes<T, TDim>[SlicedList.SliceSize / T.Count];
        partialSums.Values.Clear();
        for (int slice = 0; slice < appended.SliceCount; slice++)
        {
            int first = slice * SlicedList.SliceSize;
            ForceSweep<TLaw, TQuantities>.SumSlice<T, TDim>(
                ref pairLaw, particles, ref Unsafe.Add(ref ownRows, first), ref Unsafe.Add(ref rows, first), shared: 1, across: 0, ahead: false, groups, ref forces.Origin, ref partialSums.Origin);
        }
    }
}
