namespace FastNqe.Contractions;

/// <summary>
/// The order in which kernels hold the particles: neighbours in space are neighbours in memory, and the eight of a slice have about
/// equally many neighbours. A slot is a place in this order; slots beyond the last particle are empty.
/// </summary>
internal sealed class ParticleOrder
{
    // Particles are sorted by their number of neighbours inside windows of this many: enough choice to fill slices evenly
    // (about 3 % of a slice's places stay empty), little enough to stay near in space.
    private const int Window = 128;

    private ParticleOrder(int[] particleOf, int dimension)
    {
        ParticleOf = particleOf;
        SlotOf = new int[particleOf.Length];
        for (int slot = 0; slot < particleOf.Length; slot++)
            SlotOf[particleOf[slot]] = slot;
        Dimension = dimension;
        SlotCount = (particleOf.Length + SlicedList.SliceSize - 1) / SlicedList.SliceSize * SlicedList.SliceSize;
    }

    public int Dimension { get; }

    public int ParticleCount => ParticleOf.Length;

    /// <summary>The number of slots: N rounded up to whole slices.</summary>
    public int SlotCount { get; }

    /// <summary>Numbers per row of a field.</summary>
    public int RowWidth => Dimension == 2 ? 2 : 4;

    /// <summary>Which particle of the caller's is in a slot.</summary>
    public int[] ParticleOf { get; }

    /// <summary>Which slot a particle of the caller's is in.</summary>
    public int[] SlotOf { get; }

    /// <summary>A field of zeros.</summary>
    public RowField NewField() => new(SlotCount * RowWidth);

    /// <summary>A known order.</summary>
    /// <param name="particleOf">Which particle is in each slot.</param>
    /// <param name="dimension">d.</param>
    public static ParticleOrder Of(int[] particleOf, int dimension) => new(particleOf, dimension);

    /// <summary>Along a space-filling curve.</summary>
    public static ParticleOrder AlongCurve(Configuration configuration, double cellSize)
    {
        int n = configuration.ParticleCount, d = configuration.Dimension;
        ulong[] keys = new ulong[n];
        int[] particles = new int[n];
        Span<double> point = stackalloc double[d];
        for (int i = 0; i < n; i++)
        {
            configuration.Positions.Slice(i * d, d).CopyTo(point);
            configuration.Box.Wrap(point);
            keys[i] = MortonKey(point, cellSize);
            particles[i] = i;
        }
        Array.Sort(keys, particles);
        return new ParticleOrder(particles, d);
    }

    /// <summary>The same order, but within each window by descending number of neighbours.</summary>
    /// <param name="counts">How many neighbours each slot has.</param>
    public ParticleOrder ByNeighbourCount(ReadOnlySpan<int> counts)
    {
        int[] particles = (int[])ParticleOf.Clone();
        // Many first, then by place: one key that keeps the sort stable.
        long[] keys = new long[particles.Length];
        for (int slot = 0; slot < keys.Length; slot++)
            keys[slot] = (-(long)counts[slot] << 32) + slot;
        for (int first = 0; first < particles.Length; first += Window)
        {
            int count = Math.Min(Window, particles.Length - first);
            Array.Sort(keys, particles, first, count);
        }
        return new ParticleOrder(particles, Dimension);
    }

    /// <summary>Copies a caller's field (N·d numbers) into rows.</summary>
    public void Scatter(ReadOnlySpan<double> field, RowField rows) => Scatter(field, FieldLayout.RowMajor(Dimension), rows);

    /// <summary>Copies a caller's field of any layout into rows.</summary>
    public void Scatter(ReadOnlySpan<double> field, FieldLayout layout, RowField rows)
    {
        int d = Dimension, width = RowWidth;
        (int particle, int component) = layout;
        Span<double> values = rows.Values;
        for (int slot = 0; slot < ParticleOf.Length; slot++)
        {
            int from = ParticleOf[slot] * particle, to = slot * width;
            for (int axis = 0; axis < d; axis++)
                values[to + axis] = field[from + axis * component];
        }
    }

    /// <summary>Copies rows into a caller's field (N·d numbers).</summary>
    public void Gather(RowField rows, Span<double> field) => Gather(rows, field, FieldLayout.RowMajor(Dimension));

    /// <summary>Copies rows into a caller's field of any layout.</summary>
    public void Gather(RowField rows, Span<double> field, FieldLayout layout)
    {
        int d = Dimension, width = RowWidth;
        (int particle, int component) = layout;
        ReadOnlySpan<double> values = rows.Values;
        for (int slot = 0; slot < ParticleOf.Length; slot++)
        {
            int from = slot * width, to = ParticleOf[slot] * particle;
            for (int axis = 0; axis < d; axis++)
                field[to + axis * component] = values[from + axis];
        }
    }

    /// <summary>A field of zeros for eight vectors side by side.</summary>
    public RowField NewBlock() => new(checked(SlotCount * Dimension * BlockSweep.Size));

    /// <summary>Copies eight fields of a caller's, one after another, side by side.</summary>
    public void ScatterBlock(ReadOnlySpan<double> fields, RowField block)
    {
        int d = Dimension, length = fields.Length / BlockSweep.Size;
        Span<double> values = block.Values;
        for (int slot = 0; slot < ParticleOf.Length; slot++)
            for (int axis = 0; axis < d; axis++)
                for (int vector = 0; vector < BlockSweep.Size; vector++)
                    values[(slot * d + axis) * BlockSweep.Size + vector] = fields[vector * length + ParticleOf[slot] * d + axis];
    }

    /// <summary>Copies eight vectors side by side into a caller's fields, one after another.</summary>
    public void GatherBlock(RowField block, Span<double> fields)
    {
        int d = Dimension, length = fields.Length / BlockSweep.Size;
        ReadOnlySpan<double> values = block.Values;
        for (int slot = 0; slot < ParticleOf.Length; slot++)
            for (int axis = 0; axis < d; axis++)
                for (int vector = 0; vector < BlockSweep.Size; vector++)
                    fields[vector * length + ParticleOf[slot] * d + axis] = values[(slot * d + axis) * BlockSweep.Size + vector];
    }

    private static ulong MortonKey(ReadOnlySpan<double> point, double cellSize)
    {
        ulong key = 0;
        int bits = 64 / point.Length;
        for (int bit = Math.Min(bits, 20) - 1; bit >= 0; bit--)
            for (int axis = 0; axis < point.Length; axis++)
                key = key << 1 | ((ulong)Math.Max(0, point[axis] / cellSize) >> bit & 1);
        return key;
    }
}
