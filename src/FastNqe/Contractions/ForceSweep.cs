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

/// <summary>Whom a column of pairs acts on.</summary>
internal interface ISides
{
    /// <summary>On both particles of every pair; otherwise on the slice's own.</summary>
    static abstract bool Both { get; }
}

internal readonly struct BothSides : ISides
{
    public static bool Both => true;
}

internal readonly struct OwnSide : ISides
{
    public static bool Both => false;
}

/// <summary>
/// Forces of a moving configuration, F_i = Σ_j 2 f1 x_ij, over a list that holds more pairs than interact: those beyond their cutoff are
/// masked. Scalars: the energy Σ f0 and the virial Σ 2 f1 u, over pairs.
/// </summary>
/// <remarks>
/// A chunk first clears its particles' rows. A slice's shared columns add to the neighbours' rows, column by column and in each from lane 0 to lane 7,
/// whatever the width; after its last column the slice adds its own sums.
/// </remarks>
internal readonly struct ForceSweep<TLaw, TQuantities>(TLaw law, Particles particles, HalfList list, RowField forces, RowField partialSums) : IChunkedKernel
    where TLaw : struct, IPairLaw
    where TQuantities : struct, IForceQuantities
{
    // Bounds: as in PairSweep; the rows that shared columns name belong to the chunk (HalfList sees to that), so no other thread writes them.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<T, TDim>(int firstChunk, int endChunk, int thread)
        where T : unmanaged, ILanes<T>
        where TDim : struct, IDimension
    {
        ref int rows = ref MemoryMarshal.GetArrayDataReference(list.Rows);
        ref int ownRows = ref MemoryMarshal.GetArrayDataReference(list.OwnRows);
        Span<ForceOnLanes<T, TDim>> groups = stackalloc ForceOnLanes<T, TDim>[SlicedList.SliceSize / T.Count];
        TLaw pairLaw = law;
        bool ahead = list.SliceCount > Prefetch.SmallestList;
        for (int chunk = firstChunk; chunk < endChunk; chunk++)
        {
            ref double partial = ref Unsafe.Add(ref partialSums.Origin, chunk * SweepChunks.PartialSize);
            MemoryMarshal.CreateSpan(ref partial, SweepChunks.PartialSize).Clear();
            int firstSlice = chunk * HalfList.ChunkSize, endSlice = Math.Min(firstSlice + HalfList.ChunkSize, list.SliceCount);
            forces.Values[(firstSlice * SlicedList.SliceSize * TDim.RowWidth)..(endSlice * SlicedList.SliceSize * TDim.RowWidth)].Clear();
            for (int slice = firstSlice; slice < endSlice; slice++)
            {
                int begin = list.FirstColumn[slice], shared = list.SharedColumns[slice], across = list.FirstColumn[slice + 1] - begin - shared;
                SumSlice<T, TDim>(
                    ref pairLaw, particles, ref Unsafe.Add(ref ownRows, slice * SlicedList.SliceSize), ref Unsafe.Add(ref rows, (nint)begin * SlicedList.SliceSize), shared, across, ahead, groups, ref forces.Origin, ref partial);
            }
        }
    }

    /// <summary>One slice.</summary>
    /// <param name="law">The law.</param>
    /// <param name="particles">All particles.</param>
    /// <param name="own">The eight rows of the slice's own particles; one may stand there several times.</param>
    /// <param name="neighbours">The rows of its columns, of which those of one more are read.</param>
    /// <param name="shared">How many columns act on both sides.</param>
    /// <param name="across">How many after them act on the slice's own only.</param>
    /// <param name="ahead">Whether memory is asked ahead.</param>
    /// <param name="groups">Working memory.</param>
    /// <param name="forces">All forces.</param>
    /// <param name="partial">Sums of energy and virial, eight of each.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void SumSlice<T, TDim>(
        ref TLaw law, in Particles particles, ref int own, ref int neighbours, int shared, int across, bool ahead, Span<ForceOnLanes<T, TDim>> groups, ref double forces, ref double partial)
        where T : unmanaged, ILanes<T>
        where TDim : struct, IDimension
    {
        for (int group = 0; group < groups.Length; group++)
            groups[group] = new() { Own = particles.Own<T, TDim>(ref Unsafe.Add(ref own, group * T.Count)) };

        SumColumns<T, TDim, BothSides>(ref law, particles, ref neighbours, shared, ahead, ref groups[0], ref forces);
        if (across > 0)
            SumColumns<T, TDim, OwnSide>(ref law, particles, ref Unsafe.Add(ref neighbours, shared * SlicedList.SliceSize), across, ahead, ref groups[0], ref forces);

        for (int group = 0; group < groups.Length; group++)
        {
            int lane = group * T.Count;
            groups[group].Force.AddRows(ref forces, ref Unsafe.Add(ref own, lane));
            if (TQuantities.Energy)
            {
                T.Store(T.Load(ref partial, lane) + groups[group].Energy, ref partial, lane);
                T.Store(T.Load(ref partial, lane + 8) + groups[group].Virial, ref partial, lane + 8);
            }
        }
    }

    // A method to itself for the reason given in PairSweep. Separations are taken one group of lanes ahead of the law: from index to sum a column is
    // one chain of some ninety cycles, and a processor that cannot look a whole column ahead by itself finds two independent halves to work on.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void SumColumns<T, TDim, TSides>(
        ref TLaw law, in Particles particles, ref int neighbours, int columns, bool ahead, ref ForceOnLanes<T, TDim> groups, ref double forces)
        where T : unmanaged, ILanes<T>
        where TDim : struct, IDimension
        where TSides : struct, ISides
    {
        // A copy, because nothing that is reached by reference stays in a register once rows are written to. The law's many constants are better
        // read from memory each time.
        PeriodicCell cell = particles.Cell;
        ref double positions = ref particles.Positions.Origin;
        ref double sizes = ref particles.Sizes.Origin;
        // Shared columns and those across add to the same sums, in this order at every width.
        T zero = T.Splat(0), energy = groups.Energy, virial = groups.Virial;
        PairVector<T, TDim> force = default;
        groups.Force.CopyTo(ref force);
        PairVector<T, TDim> next = Particles.Separation(ref positions, ref sizes, cell, ref neighbours, groups.Own, out T nextSize);
        // With fewer lanes than eight groups of them take turns, and their sums wait in memory meanwhile.
        int others = SlicedList.SliceSize / T.Count - 1;
        for (int step = 0; step < columns * (others + 1); step++)
        {
            ref ForceOnLanes<T, TDim> group = ref Unsafe.Add(ref groups, step & others);
            PairVector<T, TDim> x = next;
            T size = nextSize, ownSize = group.Own.Size;
            ref int here = ref neighbours;
            // Bounds: what follows the last column is the next slice's first, or one of those that the list keeps beyond the end.
            neighbours = ref Unsafe.Add(ref neighbours, T.Count);
            if (ahead)
                Prefetch.Rows<T>(ref positions, ref neighbours);
            next = Particles.Separation(ref positions, ref sizes, cell, ref neighbours, Unsafe.Add(ref groups, (step + 1) & others).Own, out nextSize);

            T u = PairVector<T, TDim>.Dot(x, x);
            T cutoff = law.Cutoff(ownSize, size);
            cutoff *= cutoff;
            // A single lane need not compute what it would discard.
            if (T.Count == 1 && T.LessMask(u, cutoff) == 0)
                continue;
            law.Energy(u, ownSize, size, out T f0, out T f1);
            // Outside the cutoff there is no force; a place filled up with the particle itself has u = 0.
            T.KeepBetween(zero, u, cutoff, ref f0, ref f1);
            // A pair that stands with both of its particles gives half of its energy here and half of it there.
            if (!TSides.Both)
                f0 *= T.Splat(0.5);
            T slope = TSides.Both ? f1 + f1 : f1;
            PairVector<T, TDim> push = (zero - (f1 + f1)) * x;
            if (TSides.Both)
                push.AddRows(ref forces, ref here);
            if (T.Count < SlicedList.SliceSize)
            {
                group.Force.Subtract(push);
                if (TQuantities.Energy)
                    (group.Energy, group.Virial) = (group.Energy + f0, T.MultiplyAdd(slope, u, group.Virial));
            }
            else
            {
                force.Subtract(push);
                if (TQuantities.Energy)
                    (energy, virial) = (energy + f0, T.MultiplyAdd(slope, u, virial));
            }
        }
        if (T.Count < SlicedList.SliceSize)
            return;
        force.CopyTo(ref groups.Force);
        groups.Energy = energy;
        groups.Virial = virial;
    }
}

/// <summary>A group of a slice's particles, as many as there are lanes, and what a force sweep sums over their neighbours.</summary>
internal struct ForceOnLanes<T, TDim>
    where T : unmanaged, ILanes<T>
    where TDim : struct, IDimension
{
    public OwnParticles<T, TDim> Own;
    public PairVector<T, TDim> Force;
    public T Energy, Virial;
}
