namespace FastNqe;

/// <summary>A displacement field as text: N lines of d numbers in the order of the particles; lines that begin with # are comments.</summary>
public static class DirectionFile
{
    /// <summary>Reads a field.</summary>
    /// <param name="path">The file.</param>
    /// <param name="particleCount">N.</param>
    /// <param name="dimension">d.</param>
    /// <returns>N·d numbers, row major.</returns>
    /// <exception cref="ConfigurationFormatException">There are not N lines of d finite numbers; the message has the line.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static double[] Read(string path, int particleCount, int dimension)
    {
        using LineReader reader = new(path);
        double[] direction = new double[particleCount * dimension];
        int row = 0;
        while (reader.TryReadContent(out ReadOnlySpan<byte> line))
        {
            if (line.TrimStart(" \t"u8).StartsWith((byte)'#'))
                continue;
            if (row == particleCount)
                throw reader.Error($"there are more than {particleCount} rows; expected one for each of the {particleCount} particles");
            Fields fields = new(reader, line);
            for (int axis = 0; axis < dimension; axis++)
                direction[dimension * row + axis] = fields.Number($"component {axis + 1} of particle {row + 1}");
            fields.End($"{dimension} numbers, the dimension");
            row++;
        }
        return row == particleCount ? direction : throw reader.Ended($"{particleCount} rows, one per particle, but there are {row}");
    }

    /// <summary>Writes a field, with 17 significant digits.</summary>
    /// <param name="path">The file.</param>
    /// <param name="direction">N·d numbers, row major.</param>
    /// <param name="dimension">d.</param>
    /// <param name="comment">One line for the head of the file, or nothing.</param>
    /// <exception cref="ArgumentException">The length is no multiple of the dimension.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, ReadOnlySpan<double> direction, int dimension, string? comment = null)
    {
        if (direction.Length % dimension != 0)
            throw new ArgumentException($"the field has {direction.Length} numbers; expected a multiple of the dimension {dimension}", nameof(direction));
        double[] numbers = direction.ToArray();
        AtomicFile.Write(path, stream =>
        {
            using RowWriter writer = new(stream);
            if (comment is not null)
                writer.Add("#").Add(comment.ReplaceLineEndings(" ")).EndRow();
            for (int k = 0; k < numbers.Length; k += dimension)
                writer.Add(numbers.AsSpan(k, dimension)).EndRow();
        });
    }
}
