namespace FastNqe;

/// <summary>A box as the rows of a 3x3 matrix of lattice vectors, the form in which three-dimensional formats have it.</summary>
internal static class CellRows
{
    /// <summary>The box of lattice vectors a, b, c; of a and b alone in two dimensions.</summary>
    /// <exception cref="ConfigurationFormatException">The vectors are not those of a box in the LAMMPS convention.</exception>
    public static Box ToBox(LineReader reader, ReadOnlySpan<double> rows, int dimension)
    {
        if (rows[1] != 0 || rows[2] != 0 || rows[5] != 0)
            throw reader.Error($"the lattice vectors are ({RowWriter.Join(rows[..3])}), ({RowWriter.Join(rows[3..6])}), ({RowWriter.Join(rows[6..])}); expected a = (Lx 0 0), b = (xy Ly 0), c = (xz yz Lz)");
        try
        {
            return Box.Tilted(dimension == 2 ? [rows[0], rows[4]] : [rows[0], rows[4], rows[8]], rows[3], rows[6], rows[7]);
        }
        catch (ArgumentException error)
        {
            throw reader.Error(error.Message);
        }
    }

    /// <summary>The lattice vectors; the third is (0, 0, 1) in two dimensions.</summary>
    public static double[] Of(Box box) =>
        [box.Length(0), 0, 0, box.XY, box.Length(1), 0, box.XZ, box.YZ, box.Dimension == 2 ? 1 : box.Length(2)];
}
