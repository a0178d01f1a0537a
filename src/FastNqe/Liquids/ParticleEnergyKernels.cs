using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FastNqe.Contractions;

namespace FastNqe;

/// <summary>The kernels of <see cref="ParticleEnergies"/>, for one law, width and dimension.</summary>
internal sealed class ParticleEnergies<TLaw, T, TDim>(TLaw law, Configuration configuration, PairPotential potential, double largestSizeChange, SimdWidth width)
    : ParticleEnergies(configuration, potential, largestSizeChange, width)
    where TLaw : struct, IPairLaw
    where T : unmanaged, ILanes<T>
    where TDim : struct, IDimension
{
    private readonly TLaw _law = law;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override double ChangeByStep(int i, ReadOnlySpan<double> step)
    {
        PairVector<T, TDim> shift = Splat(step);
        return Sum(i, new StepTerm { Shift = shift });
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private protected override double Energy(int i) => Sum(i, default(EnergyTerm));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private protected override double ChangeBySize(int i, double size) => Sum(i, new SizeTerm { Size = T.Splat(size) });

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private protected override void FilterCandidates(int i)
    {
        ReadOnlySpan<int> candidates = Candidates(i);
        SetList(i, Filter(ref MemoryMarshal.GetReference(candidates), candidates.Length, Own(Anchored, i), 0));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private protected override ReadOnlySpan<int> NotNear(int i, ReadOnlySpan<double> place, double size) =>
        Filter(ref Lists[i * Capacity], Lengths[i], new() { Position = Splat(place), Size = T.Splat(size) }, uint.MaxValue);

    // Those rows whose anchors are near enough (or, with all bits inverted, are not).
    // Bounds: up to the next multiple of eight of count, rows can be read, and Found is longer than the rows by SlicedList.SliceSize.
    // A method of its own: inlined into another, it exceeds what the compiler is willing to inline, and lanes go through memory.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private ReadOnlySpan<int> Filter(scoped ref int rows, int count, scoped in OwnParticles<T, TDim> own, uint inversion)
    {
        Particles anchored = Anchored;
        TLaw law = _law;
        T skin = T.Splat(Skin);
        ref int found = ref MemoryMarshal.GetArrayDataReference(Found);
        int length = 0;
        for (int k = 0; k < count; k += T.Count)
        {
            PairVector<T, TDim> x = anchored.Separation(ref Unsafe.Add(ref rows, k), own, out T size);
            T reach = law.Cutoff(own.Size, size) + skin;
            uint chosen = T.LessMask(PairVector<T, TDim>.Dot(x, x), reach * reach) ^ inversion;
            chosen &= (1u << Math.Min(T.Count, count - k)) - 1;
            T.Compress(chosen, ref Unsafe.Add(ref rows, k), ref Unsafe.Add(ref found, length));
            length += BitOperations.PopCount(chosen);
        }
        return Found.AsSpan(0, length);
    }

    // Bounds: Lists has Capacity entries per particle, a multiple of eight, and those up to the next multiple of eight of Lengths[i]
    // are rows of particles or row N.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double Sum<TTerm>(int i, TTerm term) where TTerm : struct, ITerm
    {
        Particles current = Current;
        TLaw pairLaw = _law;
        OwnParticles<T, TDim> own = Own(current, i);
        ref int list = ref Lists[i * Capacity];
        nint length = Lengths[i];
        Span<double> lanes = stackalloc double[SlicedList.SliceSize];
        for (int lane = 0; lane < SlicedList.SliceSize; lane += T.Count)
        {
            T sum = T.Splat(0);
            for (nint k = lane; k < length + lane; k += SlicedList.SliceSize)
            {
                PairVector<T, TDim> x = current.Separation(ref Unsafe.Add(ref list, k), own, out T size);
                sum += term.At(pairLaw, x, own.Size, size);
            }
            T.Store(sum, ref MemoryMarshal.GetReference(lanes), lane);
        }
        return LaneSum.Of(lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static OwnParticles<T, TDim> Own(Particles particles, int i)
    {
        OwnParticles<T, TDim> own;
        own.Position = Splat(particles.Positions.Values.Slice(i * TDim.RowWidth, TDim.Value));
        own.Size = T.Splat(particles.Sizes.Values[i * TDim.RowWidth + (TDim.Value == 3 ? 3 : 0)]);
        return own;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static PairVector<T, TDim> Splat(ReadOnlySpan<double> vector) => PairVector<T, TDim>.Splat(ref MemoryMarshal.GetReference(vector), 1);

    // What one pair adds to a sum.
    private interface ITerm
    {
        T At(in TLaw law, in PairVector<T, TDim> x, T own, T other);
    }

    private readonly struct EnergyTerm : ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T At(in TLaw law, in PairVector<T, TDim> x, T own, T other) => PairEnergy(law, x, own, other);
    }

    // The image of the present separation serves for the displaced one too (LargestStep).
    private struct StepTerm : ITerm
    {
        public PairVector<T, TDim> Shift;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly T At(in TLaw law, in PairVector<T, TDim> x, T own, T other) =>
            PairEnergy(law, x - Shift, own, other) - PairEnergy(law, x, own, other);
    }

    private struct SizeTerm : ITerm
    {
        public T Size;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly T At(in TLaw law, in PairVector<T, TDim> x, T own, T other) =>
            PairEnergy(law, x, Size, other) - PairEnergy(law, x, own, other);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T PairEnergy(in TLaw law, in PairVector<T, TDim> x, T sizeI, T sizeJ)
    {
        T u = PairVector<T, TDim>.Dot(x, x);
        T cutoff = law.Cutoff(sizeI, sizeJ);
        law.Energy(u, sizeI, sizeJ, out T f0, out _);
        // False for NaN, so that row N and hidden particles add nothing.
        return T.SelectLess(u, cutoff * cutoff, f0, T.Splat(0));
    }
}
