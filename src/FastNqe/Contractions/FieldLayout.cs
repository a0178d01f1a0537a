namespace FastNqe.Contractions;

/// <summary>
/// Where a caller's field has its numbers: component c of particle i stands at i·<paramref name="ParticleStride"/> + c·<paramref name="ComponentStride"/>.
/// </summary>
/// <remarks>Both x0 y0 z0 x1 ... (strides d and 1) and x0 x1 ... y0 y1 ... (strides 1 and N) are of this form.</remarks>
/// <param name="ParticleStride">From one particle to the next [numbers].</param>
/// <param name="ComponentStride">From one component to the next [numbers].</param>
internal readonly record struct FieldLayout(int ParticleStride, int ComponentStride)
{
    /// <summary>x0 y0 z0 x1 ..., the layout of the public API.</summary>
    public static FieldLayout RowMajor(int dimension) => new(dimension, 1);

    /// <summary>The number of doubles from a field's first to its last, both included.</summary>
    public long Extent(int particleCount, int dimension) =>
        (particleCount - 1L) * ParticleStride + (dimension - 1L) * ComponentStride + 1;

    /// <summary>Whether no two numbers of a field share a place.</summary>
    public bool IsInjective(int particleCount, int dimension) =>
        ParticleStride > 0 && ComponentStride > 0
        && (ParticleStride > (dimension - 1L) * ComponentStride || ComponentStride > (particleCount - 1L) * ParticleStride);
}
