using FastNqe.Contractions;

namespace FastNqe.Benchmarks.Studies.Layouts;

/// <summary>A sweep over a glass's pairs in one layout of memory.</summary>
internal abstract class Layout<TContraction>(LayoutGlass glass)
    where TContraction : struct, IContraction
{
    /// <summary>Bytes that one sweep must move if every array passes once.</summary>
    public abstract long Bytes { get; }

    /// <summary>The contraction's scalars, each pair counted once.</summary>
    public double[] Scalars { get; } = new double[4];

    /// <summary>N·d.</summary>
    public int VectorLength => glass.Order.ParticleCount * glass.Order.Dimension;

    protected LayoutGlass Glass => glass;

    /// <summary>Bytes of a field of rows.</summary>
    protected long FieldBytes => (long)glass.Z.Length * sizeof(double);

    /// <summary>Sweeps.</summary>
    public abstract void Run();

    /// <summary>One of the contraction's vectors, in the caller's order.</summary>
    public abstract void Vector(int number, Span<double> to);
}
