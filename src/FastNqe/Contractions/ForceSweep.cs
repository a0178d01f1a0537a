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
    // Bounds: as in PairSweep.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<T, TDim>(int firstChunk, int endChunk, int thread)
        where T : unmanaged, ILanes<T>
        where TDim : struct, IDimension
    {
        ref int rows = ref MemoryMarshal.GetArrayDataReference(list.Rows);
        int[] firstColumn = list.FirstColumn;
        ForceOnParticle<T, TDim> sums = default;
        TLaw pairLaw = law;
        bool ahead = list.SliceCount > Prefetch.SmallestList;
        for (int chunk = firstChunk; chunk < endChunk; chunk++)
        {
            ref double partial = ref Unsafe.Add(ref partialSums.Origin, chunk * SweepChunks.PartialSize);
            MemoryMarshal.CreateSpan(ref partial, SweepChunks.PartialSize).Clear();
            int endSlice = Math.Min((chunk + 1) * SweepChunks.Size, list.SliceCount);
            for (int slice = chunk * SweepChunks.Size; slice < endSlice; slice++)
            {
                int begin = firstColumn[slice], count = firstColumn[slice + 1] - begin;
                for (int lane = 0; lane < SlicedList.SliceSize; lane += T.Count)
                {
                    int slot = slice * SlicedList.SliceSize + lane;
                    OwnParticles<T, TDim> own = particles.Own<T, TDim>(slot);
                    SumColumns(ref pairLaw, particles, own, ref Unsafe.Add(ref rows, (nint)begin * SlicedList.SliceSize + lane), count, ahead, ref sums);
                    sums.Force.StoreRows(ref Unsafe.Add(ref forces.Origin, slot * TDim.RowWidth));
                    if (TQuantities.Energy)
                    {
                        T.Store(T.Load(ref partial, lane) + sums.Energy, ref partial, lane);
                        T.Store(T.Load(ref partial, lane + 8) + sums.Virial, ref partial, lane + 8);
                    }
                }
            }
        }
    }

    // A method to itself for the reason given in PairSweep. Separations are taken one column ahead of the law: from index to sum a column is
    // one chain of some ninety cycles, and a processor that cannot look a whole column ahead by itself finds two independent halves to work on.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void SumColumns<T, TDim>(
        ref TLaw law, in Particles particles, in OwnParticles<T, TDim> own, ref int neighbours, int count, bool ahead, ref ForceOnParticle<T, TDim> result)
        where T : unmanaged, ILanes<T>
        where TDim : struct, IDimension
    {
        T ownSize = own.Size, zero = T.Splat(0), energy = zero, virial = zero;
        PairVector<T, TDim> force = default;
        PairVector<T, TDim> next = particles.Separation(ref neighbours, own, out T nextSize);
        for (; count > 0; count--)
        {
            PairVector<T, TDim> x = next;
            T size = nextSize;
            // Bounds: the column after the slice's last is the next slice's first, or one of those that SlicedList keeps beyond the end.
            neighbours = ref Unsafe.Add(ref neighbours, SlicedList.SliceSize);
            if (ahead)
                Prefetch.Rows<T>(ref particles.Positions.Origin, ref neighbours);
            next = particles.Separation(ref neighbours, own, out nextSize);

            T u = PairVector<T, TDim>.Dot(x, x);
            T cutoff = law.Cutoff(ownSize, size);
            cutoff *= cutoff;
            // A single lane need not compute what it would discard.
            if (T.Count == 1 && T.LessMask(u, cutoff) == 0)
                continue;
            law.Energy(u, ownSize, size, out T f0, out T f1);
            // Outside the cutoff there is no force; a place filled up with the particle itself has u = 0.
            T.KeepBetween(zero, u, cutoff, ref f0, ref f1);
            force.Add(f1, x);
            if (TQuantities.Energy)
            {
                energy += f0;
                virial = T.MultiplyAdd(f1, u, virial);
            }
        }
        // The factor 2 of 2 f1, once for all neighbours.
        force.Add(T.Splat(1), force);
        force.CopyTo(ref result.Force);
        result.Energy = energy;
        result.Virial = virial + virial;
    }
}

/// <summary>What a force sweep sums over a particle's neighbours.</summary>
internal struct ForceOnParticle<T, TDim>
    where T : unmanaged, ILanes<T>
    where TDim : struct, IDimension
{
    public PairVector<T, TDim> Force;
    public T Energy, Virial;
}
