namespace FastNqe;

/// <summary>The box as LAMMPS writes it: bounds lo and hi per axis and tilts; in dumps the bounds are those of the bounding box.</summary>
internal static class LammpsCell
{
    /// <summary>The bounds of z in two dimensions: LAMMPS wants a slab around the plane z = 0.</summary>
    public static readonly (double Low, double High) PlanarSlab = (-0.5, 0.5);

    /// <summary>
    /// Whether a file is a two-dimensional system, which LAMMPS files do not say: all z are equal, and the box is a slab around z = 0,
    /// thinner than it is wide and not tilted along z. LAMMPS demands such a slab of its two-dimensional simulations.
    /// </summary>
    public static bool IsPlanar(ParticleRows rows, ReadOnlySpan<double> low, ReadOnlySpan<double> high, ReadOnlySpan<double> tilt) =>
        low[2] < 0 && high[2] > 0 && tilt[1] == 0 && tilt[2] == 0
        && high[2] - low[2] < Math.Min(high[0] - low[0], high[1] - low[1]) && rows.IsPlanar();

    /// <summary>The box between bounds. The origin is dropped.</summary>
    /// <exception cref="ConfigurationFormatException">There is no such box.</exception>
    public static Box ToBox(LineReader reader, ReadOnlySpan<double> low, ReadOnlySpan<double> high, ReadOnlySpan<double> tilt, int dimension) =>
        CellRows.ToBox(reader, [high[0] - low[0], 0, 0, tilt[0], high[1] - low[1], 0, tilt[1], tilt[2], high[2] - low[2]], dimension);

    /// <summary>How far the bounding box reaches beyond the bounds of each axis because of the tilts.</summary>
    public static (double[] Below, double[] Above) Overhang(double xy, double xz, double yz) =>
        ([Math.Min(Math.Min(0, xy), Math.Min(xz, xy + xz)), Math.Min(0, yz), 0],
         [Math.Max(Math.Max(0, xy), Math.Max(xz, xy + xz)), Math.Max(0, yz), 0]);

    /// <summary>Bounds of the bounding box from which a reader gets the side length back to the bit.</summary>
    /// <remarks>
    /// A reader takes (high - above) - (low - below). Rounding in length + above can lose the last bit of the length; a neighbouring high
    /// bound, or an origin that is off zero by a few last bits, brings it back whenever the tilts are no longer than the side: twice what
    /// LAMMPS allows by default. Beyond that the side may come back one bit off.
    /// </remarks>
    public static (double Low, double High) BoundingInterval(double length, double below, double above)
    {
        double bit = Math.BitIncrement(length) - length;
        for (int shift = 0; shift <= 4; shift++)
            foreach (double low in (ReadOnlySpan<double>)[below + shift * bit, below - shift * bit])
            {
                double high = length + above;
                foreach (double candidate in (ReadOnlySpan<double>)[high, Math.BitIncrement(high), Math.BitDecrement(high)])
                    if (candidate - above - (low - below) == length)
                        return (low, candidate);
            }
        return (below, length + above);
    }
}
