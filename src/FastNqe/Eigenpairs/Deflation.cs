namespace FastNqe;

/// <summary>
/// A subspace known to belong to the null space of an operator: it is projected out, so that no solve ever returns it.
/// </summary>
public abstract class Deflation
{
    // What a projection keeps on the stack: eight sums of each component.
    private const int MostComponents = 64;

    private protected Deflation()
    {
    }

    /// <summary>Nothing to project out.</summary>
    public static Deflation None { get; } = new Vectors([]);

    /// <summary>The dimension of the subspace.</summary>
    public abstract int Rank { get; }

    /// <summary>Removes from a vector, in place, its part in the subspace.</summary>
    public abstract void Project(Span<double> vector);

    /// <summary>
    /// The d uniform translations of a field of N·d numbers in row-major order: each component's mean is subtracted, no vector is stored.
    /// </summary>
    /// <param name="dimension">d, from 1 to 64.</param>
    /// <exception cref="ArgumentOutOfRangeException">The dimension is below 1 or above 64.</exception>
    public static Deflation Translations(int dimension)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dimension, MostComponents);
        return new UniformTranslations(dimension);
    }

    /// <summary>The span of given vectors and of another deflated subspace to which they are orthogonal.</summary>
    /// <param name="vectors">Orthonormal vectors; kept, not copied.</param>
    /// <param name="and">The other subspace, or nothing.</param>
    public static Deflation Of(IReadOnlyList<double[]> vectors, Deflation? and = null)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        return new Vectors(vectors, and);
    }

    private sealed class UniformTranslations(int dimension) : Deflation
    {
        public override int Rank => dimension;

        public override void Project(Span<double> vector)
        {
            if (vector.Length % dimension != 0)
                throw new ArgumentException($"the vector has {vector.Length} numbers; expected a multiple of the dimension {dimension}", nameof(vector));
            Span<double> sums = stackalloc double[8 * dimension];
            SpanAlgebra.SumColumns(vector, sums);
            SpanAlgebra.AddPeriodic(vector, sums, -(double)dimension / vector.Length);
        }
    }

    private sealed class Vectors(IReadOnlyList<double[]> vectors, Deflation? and = null) : Deflation
    {
        public override int Rank => vectors.Count + (and?.Rank ?? 0);

        public override void Project(Span<double> vector)
        {
            and?.Project(vector);
            foreach (double[] direction in vectors)
                SpanAlgebra.Add(-SpanAlgebra.Dot(direction, vector), direction, vector);
        }
    }
}
