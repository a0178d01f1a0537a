namespace FastNqe.Contractions;

/// <summary>Runs a <see cref="ForceSweep{TLaw, TQuantities}"/> for a potential, and one over appended pairs where there are any, and adds up the partial sums.</summary>
internal sealed class ForceSum(PairPotential potential, int slotCount, int dimension, SimdWidth? width = null)
{
    private readonly SweepChunks _chunks = new(slotCount / SlicedList.SliceSize, dimension, width ?? Simd.Width, HalfList.ChunkSize);
    private readonly RowField _appendedSums = new(SweepChunks.PartialSize);

    /// <summary>Forces only.</summary>
    /// <param name="particles">The particles.</param>
    /// <param name="list">The list.</param>
    /// <param name="appended">Pairs that are not in the list.</param>
    /// <param name="forces">Receives the forces.</param>
    public void Compute(in Particles particles, HalfList list, PairAppendix? appended, RowField forces)
    {
        var visitor = new Visitor<ForcesOnly>(this, particles, list, appended, forces);
        potential.Accept(ref visitor);
    }

    /// <summary>Forces, energy and virial Σ_pairs phi' r.</summary>
    /// <inheritdoc cref="Compute(in Particles, HalfList, PairAppendix?, RowField)"/>
    public double Compute(in Particles particles, HalfList list, PairAppendix? appended, RowField forces, out double virial)
    {
        var visitor = new Visitor<ForcesAndEnergy>(this, particles, list, appended, forces);
        potential.Accept(ref visitor);
        bool isAppended = appended is { Count: > 0 };
        virial = _chunks.Sum(1) + (isAppended ? LaneSum.Of(_appendedSums.Values[SlicedList.SliceSize..]) : 0);
        return _chunks.Sum(0) + (isAppended ? LaneSum.Of(_appendedSums.Values) : 0);
    }

    private readonly struct Visitor<TQuantities>(ForceSum sum, Particles particles, HalfList list, PairAppendix? appended, RowField forces) : IPairLawVisitor
        where TQuantities : struct, IForceQuantities
    {
        public void Visit<TLaw>(in TLaw law) where TLaw : struct, IPairLaw
        {
            var sweep = new ForceSweep<TLaw, TQuantities>(law, particles, list, forces, sum._chunks.PartialSums);
            sum._chunks.Run(ref sweep);
            if (appended is not { Count: > 0 })
                return;
            var rest = new AppendedForceSweep<TLaw, TQuantities>(law, particles, appended, forces, sum._appendedSums);
            KernelDispatch.Run(ref rest, sum._chunks.Dimension, sum._chunks.Width);
        }
    }
}
