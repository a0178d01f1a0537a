using FastNqe.Contractions;

namespace FastNqe.Native;

/// <summary>How a caller's fields lie in memory, and the checks that come before a pointer is read.</summary>
internal sealed unsafe class CallerFields
{
    private readonly int _particles;
    private readonly int _dimension;

    /// <exception cref="ArgumentException">Two numbers of a field would share a place, or a field is too long for 32-bit indices.</exception>
    public CallerFields(long particles, int dimension, FieldLayout layout)
    {
        if (particles < 1 || particles > int.MaxValue / 4)
            throw new ArgumentException($"there are {particles} particles; expected 1 to {int.MaxValue / 4}");
        (_particles, _dimension, Layout) = ((int)particles, dimension, layout);
        if (!layout.IsInjective(_particles, dimension))
            throw new ArgumentException($"the particle stride is {layout.ParticleStride} and the component stride {layout.ComponentStride}; two numbers of a field of {particles} particles would share a place");
        if (layout.Extent(_particles, dimension) > int.MaxValue)
            throw new ArgumentException($"a field of {particles} particles with strides {layout.ParticleStride} and {layout.ComponentStride} has more than {int.MaxValue} numbers");
    }

    public FieldLayout Layout { get; }

    /// <summary>The number of doubles from a field's first to its last.</summary>
    public int Extent => (int)Layout.Extent(_particles, _dimension);

    /// <summary>The number of doubles of a field without gaps, N·d.</summary>
    public int Count => _particles * _dimension;

    public ReadOnlySpan<double> Read(double* field, long size, string name) => Write(field, size, name);

    /// <summary>The caller's field; it ends with its last number, whatever room there is behind.</summary>
    /// <exception cref="ArgumentException">The pointer is null, or the room too small.</exception>
    public Span<double> Write(double* field, long size, string name)
    {
        Caller.CheckNotNull(field, name);
        return size >= Extent
            ? new Span<double>(field, Extent)
            : throw new ArgumentException($"{name} has room for {size} doubles; {_particles} particles in {_dimension} dimensions with strides {Layout.ParticleStride} and {Layout.ComponentStride} need {Extent}");
    }

    /// <summary>A copy in the row-major layout of the library.</summary>
    public double[] Pack(double* field, long size, string name)
    {
        ReadOnlySpan<double> from = Read(field, size, name);
        double[] packed = new double[Count];
        for (int i = 0, k = 0; i < _particles; i++)
            for (int axis = 0; axis < _dimension; axis++, k++)
                packed[k] = from[i * Layout.ParticleStride + axis * Layout.ComponentStride];
        return packed;
    }

    /// <summary>Copies a row-major field into the caller's layout.</summary>
    public void Unpack(ReadOnlySpan<double> packed, Span<double> to)
    {
        for (int i = 0, k = 0; i < _particles; i++)
            for (int axis = 0; axis < _dimension; axis++, k++)
                to[i * Layout.ParticleStride + axis * Layout.ComponentStride] = packed[k];
    }
}

/// <summary>Checks of single arguments.</summary>
internal static unsafe class Caller
{
    public static void CheckNotNull(void* pointer, string name)
    {
        if (pointer is null)
            throw new ArgumentException($"{name} is a null pointer");
    }

    /// <summary>N numbers for N particles, or nothing for a null pointer.</summary>
    public static ReadOnlySpan<T> PerParticle<T>(T* values, long size, long particles, string name) where T : unmanaged
    {
        if (values is null)
            return default;
        return size >= particles
            ? new ReadOnlySpan<T>(values, (int)particles)
            : throw new ArgumentException($"{name} has room for {size} numbers; there are {particles} particles");
    }
}
