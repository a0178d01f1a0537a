namespace FastNqe;

/// <summary>The random vector in which every solve begins: the same numbers for a seed on every machine.</summary>
internal static class StartVector
{
    /// <summary>A normalised vector with independent components, uniform in [-1, 1) before the deflated subspace is projected out.</summary>
    public static double[] Create(int size, ulong seed, Deflation deflation)
    {
        double[] vector = new double[size];
        ulong state = seed;
        for (int k = 0; k < size; k++)
            vector[k] = Next(ref state) * (1.0 / (1UL << 52)) - 1;
        deflation.Project(vector);
        SpanAlgebra.Normalise(vector);
        // Once more: normalising magnifies what rounding left of the subspace.
        deflation.Project(vector);
        SpanAlgebra.Normalise(vector);
        return vector;
    }

    // SplitMix64 (Steele, Lea, Flood 2014), its upper 53 bits.
    private static ulong Next(ref ulong state)
    {
        ulong z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (z ^ (z >> 31)) >> 11;
    }
}
