using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FastNqe.Contractions;

/// <summary>Whether a force sweep also sums the energy and the virial.</summary>
internal interface IForceQuantities
{
    static abstract bool Energy { get; }
}

internal readonly struct ForcesOnly : IForceQuantities
{
    public static bool Energy => false;
}

internal readonly struct ForcesAndEnergy : IForceQuantities
{
    public static bool Energy => true;
}

/// <summary>
/// Forces of a moving configuration, F_i = Σ_j 2 f1 x_ij, over a list that holds more pairs than interact: those beyond their cutoff are
/// masked. Scalars: the energy Σ f0 and the virial Σ 2 f1 u (each pair counted twice).
/// </summary>
internal readonly struct ForceSweep<TLaw, TQuantities>(TLaw law, Particles particles, SlicedList list, RowField forces, RowField partialSums) : IChunkedKernel
    where TLaw : struct, IPairLaw
    where TQuantities : struct, IForceQuantities
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<T, TDim>(int firstChunk, int endChunk, int thread)
        where T : unmanaged, ILanes<T>
        where TDim : struct, IDimension
    {
        // Bounds: as in PairSweep.
        ref int rows = ref MemoryMarshal.GetArrayDataReference(list.Rows);
        int[] firstColumn = list.FirstColumn;
        Particles all = particles;
        TLaw pairLaw = law;
        T zero = T.Splat(0);
        for (int chunk = firstChunk; chunk < endChunk; chunk++)
        {
            ref double partial = ref Unsafe.Add(ref partialSums.Origin, chunk * SweepChunks.PartialSize);
            MemoryMarshal.CreateSpan(ref partial, SweepChunks.PartialSize).Clear();
            int endSlice = Math.Min((chunk + 1) * SweepChunks.Size, list.SliceCount);
            for (int slice = chunk * SweepChunks.Size; slice < endSlice; slice++)
            {
                nint begin = firstColumn[slice], end = firstColumn[slice + 1];
                for (int lane = 0; lane < SlicedList.SliceSize; lane += T.Count)
                {
                    int slot = slice * SlicedList.SliceSize + lane;
                    OwnParticles<T, TDim> own = all.Own<T, TDim>(slot);
                    PairVector<T, TDim> force = default;
                    T energy = zero, virial = zero;
                    for (nint column = begin; column < end; column++)
                    {
                        PairVector<T, TDim> x = all.Separation(ref Unsafe.Add(ref rows, column * SlicedList.SliceSize + lane), own, out T size);
                        T u = PairVector<T, TDim>.Dot(x, x);
                        T cutoff = pairLaw.Cutoff(own.Size, size);
                        pairLaw.Energy(u, own.Size, size, out T f0, out T f1);
                        // Outside the cutoff there is no force; a place filled up with the particle itself has u = 0.
                        T inside = T.SelectLess(u, cutoff * cutoff, u, zero);
                        T f = T.SelectLess(zero, inside, f1 + f1, zero);
                        force.Add(f, x);
                        if (TQuantities.Energy)
                        {
                            energy += T.SelectLess(zero, inside, f0, zero);
                            virial = T.MultiplyAdd(f, u, virial);
                        }
                    }
                    force.StoreRows(ref Unsafe.Add(ref forces.Origin, slot * TDim.RowWidth));
                    if (TQuantities.Energy)
                    {
                        T.Store(T.Load(ref partial, lane) + energy, ref partial, lane);
                        T.Store(T.Load(ref partial, lane + 8) + virial, ref partial, lane + 8);
                    }
                }
            }
        }
    }
}
