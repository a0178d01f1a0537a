namespace FastNqe.Contractions;

/// <summary>Runs a <see cref="ForceSweep{TLaw, TQuantities}"/> for a potential and adds up its partial sums.</summary>
internal sealed class ForceSum(PairPotential potential, int slotCount, int dimension, SimdWidth? width = null)
{
    private readonly SweepChunks _chunks = new(slotCount / SlicedList.SliceSize, dimension, width ?? Simd.Width, HalfList.ChunkSize);

    /// <summary>Forces only.</summary>
    public void Compute(in Particles particles, HalfList list, RowField forces)
    {
        var visitor = new Visitor<ForcesOnly>(_chunks, particles, list, forces);
        potential.Accept(ref visitor);
    }

    /// <summary>Forces, energy and virial Σ_pairs phi' r.</summary>
    public double Compute(in Particles particles, HalfList list, RowField forces, out double virial)
    {
        var visitor = new Visitor<ForcesAndEnergy>(_chunks, particles, list, forces);
        potential.Accept(ref visitor);
        virial = _chunks.Sum(1);
        return _chunks.Sum(0);
    }

    private readonly struct Visitor<TQuantities>(SweepChunks chunks, Particles particles, HalfList list, RowField forces) : IPairLawVisitor
        where TQuantities : struct, IForceQuantities
    {
        public void Visit<TLaw>(in TLaw law) where TLaw : struct, IPairLaw
        {
            var sweep = new ForceSweep<TLaw, TQuantities>(law, particles, list, forces, chunks.PartialSums);
            chunks.Run(ref sweep);
        }
    }
}
