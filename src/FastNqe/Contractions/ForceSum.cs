namespace FastNqe.Contractions;

/// <summary>Runs a <see cref="ForceSweep{TLaw, TQuantities}"/> for a potential and adds up its partial sums.</summary>
internal sealed class ForceSum(PairPotential potential, int slotCount, int dimension, SimdWidth? width = null)
{
    private const int SlotsPerChunk = ForceSweep<InversePowerLaw, ForcesOnly>.ChunkSize * SlicedList.SliceSize;
    private const int PartialSize = ForceSweep<InversePowerLaw, ForcesOnly>.PartialSize;

    private readonly int _chunks = (slotCount + SlotsPerChunk - 1) / SlotsPerChunk;
    private readonly RowField _partialSums = new((slotCount + SlotsPerChunk - 1) / SlotsPerChunk * PartialSize);

    /// <summary>Forces only.</summary>
    public void Compute(in Particles particles, SlicedList list, RowField forces)
    {
        var visitor = new Visitor<ForcesOnly>(this, particles, list, forces);
        potential.Accept(ref visitor);
    }

    /// <summary>Forces, energy and virial Σ_pairs phi' r.</summary>
    public double Compute(in Particles particles, SlicedList list, RowField forces, out double virial)
    {
        var visitor = new Visitor<ForcesAndEnergy>(this, particles, list, forces);
        potential.Accept(ref visitor);
        double energy = 0;
        virial = 0;
        for (int chunk = 0; chunk < _chunks; chunk++)
        {
            ReadOnlySpan<double> partial = _partialSums.Values.Slice(chunk * PartialSize, PartialSize);
            energy += LaneSum.Of(partial);
            virial += LaneSum.Of(partial[SlicedList.SliceSize..]);
        }
        // Every pair was met twice.
        virial *= 0.5;
        return 0.5 * energy;
    }

    private readonly struct Visitor<TQuantities>(ForceSum owner, Particles particles, SlicedList list, RowField forces) : IPairLawVisitor
        where TQuantities : struct, IForceQuantities
    {
        public void Visit<TLaw>(in TLaw law) where TLaw : struct, IPairLaw
        {
            var sweep = new ForceSweep<TLaw, TQuantities>(law, particles, list, forces, owner._partialSums, 0, owner._chunks);
            KernelDispatch.Run(ref sweep, owner.Dimension, owner.Width);
        }
    }

    private int Dimension => dimension;

    private SimdWidth Width { get; } = width ?? Simd.Width;
}

/// <summary>The sum of eight lanes, always in the same order.</summary>
internal static class LaneSum
{
    public static double Of(ReadOnlySpan<double> lanes) =>
        ((lanes[0] + lanes[4]) + (lanes[2] + lanes[6])) + ((lanes[1] + lanes[5]) + (lanes[3] + lanes[7]));
}
