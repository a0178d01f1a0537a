namespace FastNqe;

/// <summary>
/// LAMMPS text dumps (dump custom), in two and three dimensions.
/// </summary>
/// <remarks>
/// <para>Read: the last frame, which is where a run has arrived. Columns in any order: x y z, or xu yu zu, or scaled xs ys zs or xsu ysu zsu;
/// optionally id, type, element, diameter or radius; others are skipped. The box may be tilted (BOX BOUNDS xy xz yz, whose bounds are
/// those of the bounding box) and must be periodic. Its origin is dropped; positions stay as they are.</para>
/// <para>A dump is two-dimensional when it has no z, or by the same rule as <see cref="LammpsData"/>.</para>
/// <para>Written: one frame, columns id type element diameter x y z with 17 significant digits. Everything is kept but
/// <see cref="Configuration.Properties"/>, types without particles, and the last bit of a side that is shorter than a tilt.</para>
/// </remarks>
public static class LammpsDump
{
    /// <summary>Reads the last frame.</summary>
    /// <exception cref="ConfigurationFormatException">The file is malformed.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Configuration Read(string path)
    {
        using LineReader reader = new(path);
        (long position, int line) last = (0, -1);
        (long position, int line) next = (reader.Position, reader.Line);
        while (LammpsDumpFrame.Skip(reader))
        {
            last = next;
            next = (reader.Position, reader.Line);
        }
        if (last.line < 0)
            throw reader.Ended("ITEM: TIMESTEP");
        reader.Seek(last.position, last.line);
        return new LammpsDumpFrame(reader).Read();
    }

    /// <summary>Writes one frame.</summary>
    /// <exception cref="ArgumentException">The configuration has four dimensions or names that the format cannot hold.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, Configuration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        if (configuration.Dimension > 3)
            throw new ArgumentException("LAMMPS has no fourth coordinate; expected two or three dimensions, or write plain text (*.txt)", nameof(configuration));
        SpeciesNames.Check(configuration);
        AtomicFile.Write(path, stream =>
        {
            using RowWriter writer = new(stream);
            WriteHeader(writer, configuration);
            for (int i = 0; i < configuration.ParticleCount; i++)
            {
                int type = configuration.Types[i];
                writer.Add(i + 1).Add(type + 1).Add(configuration.TypeNames[type]);
                if (!configuration.Diameters.IsEmpty)
                    writer.Add(configuration.Diameters[i]);
                writer.AddVector(configuration.Positions.Slice(configuration.Dimension * i, configuration.Dimension)).EndRow();
            }
        });
    }

    private static void WriteHeader(RowWriter writer, Configuration configuration)
    {
        Box box = configuration.Box;
        writer.Add("ITEM: TIMESTEP").EndRow();
        writer.Add(0).EndRow();
        writer.Add("ITEM: NUMBER OF ATOMS").EndRow();
        writer.Add(configuration.ParticleCount).EndRow();
        writer.Add($"ITEM: BOX BOUNDS {(box.IsTilted ? "xy xz yz " : "")}pp pp pp").EndRow();
        (double[] below, double[] above) = LammpsCell.Overhang(box.XY, box.XZ, box.YZ);
        double[] tilt = [box.XY, box.XZ, box.YZ];
        for (int axis = 0; axis < 3; axis++)
        {
            (double low, double high) = axis == 2 && box.Dimension == 2
                ? LammpsCell.PlanarSlab
                : LammpsCell.BoundingInterval(box.Length(axis), below[axis], above[axis]);
            writer.Add(low).Add(high);
            if (box.IsTilted)
                writer.Add(tilt[axis]);
            writer.EndRow();
        }
        writer.Add($"ITEM: ATOMS id type element {(configuration.Diameters.IsEmpty ? "" : "diameter ")}x y z").EndRow();
    }
}
