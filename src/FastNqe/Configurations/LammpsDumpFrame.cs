using System.Text;

namespace FastNqe;

/// <summary>A frame of a LAMMPS dump: passed over, or read.</summary>
internal sealed class LammpsDumpFrame(LineReader reader)
{
    private static readonly string[][] Coordinates = [["x", "y", "z"], ["xu", "yu", "zu"], ["xs", "ys", "zs"], ["xsu", "ysu", "zsu"]];

    private readonly double[] _low = new double[3], _high = new double[3], _tilt = new double[3];
    private bool _hasBounds;
    private int _count;

    /// <summary>Passes over a frame without looking at its rows; false at the end of the file.</summary>
    public static bool Skip(LineReader reader)
    {
        if (!reader.TryReadContent(out ReadOnlySpan<byte> line))
            return false;
        int count = 0;
        do
        {
            if (line.StartsWith("ITEM: ATOMS"u8))
            {
                for (int row = 0; row < count; row++)
                    if (!reader.TryRead(out _))
                        throw reader.Ended($"{count} particles, but there are {row}");
                return count > 0 ? true : throw reader.Error("the rows begin before their number is known; expected ITEM: NUMBER OF ATOMS before");
            }
            if (line.StartsWith("ITEM: NUMBER OF ATOMS"u8))
                count = reader.ReadFields("the number of atoms").Count("the number of atoms");
            else
                SkipItem(reader, line);
        }
        while (reader.TryReadContent(out line));
        throw reader.Ended("ITEM: ATOMS");
    }

    /// <exception cref="ConfigurationFormatException">The frame is malformed.</exception>
    public Configuration Read()
    {
        while (true)
        {
            string item = Encoding.UTF8.GetString(reader.Read("ITEM: ATOMS")).Trim();
            string[] words = item.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words is ["ITEM:", "ATOMS", .. string[] columns])
                return ReadAtoms(columns);
            if (words is ["ITEM:", "BOX", "BOUNDS", .. string[] labels])
                ReadBounds(labels);
            else if (words is ["ITEM:", "NUMBER", ..])
                _count = reader.ReadFields("the number of atoms").Count("the number of atoms");
            else if (words.Length > 0)
                SkipItem(reader, Encoding.UTF8.GetBytes(item));
        }
    }

    private static void SkipItem(LineReader reader, ReadOnlySpan<byte> item)
    {
        int lines = item.StartsWith("ITEM: BOX BOUNDS"u8) ? 3
            : item.StartsWith("ITEM: TIMESTEP"u8) || item.StartsWith("ITEM: UNITS"u8) || item.StartsWith("ITEM: TIME"u8) ? 1
            : throw reader.Error($"the line is \"{Fields.Show(item)}\"; expected ITEM: TIMESTEP, NUMBER OF ATOMS, BOX BOUNDS or ATOMS");
        for (int k = 0; k < lines; k++)
            reader.Read($"{lines} lines after {Fields.Show(item)}");
    }

    private void ReadBounds(string[] labels)
    {
        bool isTilted = labels is ["xy", "xz", "yz", ..];
        foreach (string boundary in isTilted ? labels[3..] : labels)
            if (boundary != "pp")
                throw reader.Error($"a boundary of the box is \"{boundary}\"; expected pp, periodic, for all (the general form \"abc origin\" is not read)");
        for (int axis = 0; axis < 3; axis++)
        {
            Fields fields = reader.ReadFields("the bounds of the box");
            _low[axis] = fields.Number("the low bound");
            _high[axis] = fields.Number("the high bound");
            if (isTilted)
                _tilt[axis] = fields.Number("the tilt");
            fields.End("the bounds");
        }
        (double[] below, double[] above) = LammpsCell.Overhang(_tilt[0], _tilt[1], _tilt[2]);
        for (int axis = 0; axis < 3; axis++)
        {
            _low[axis] -= below[axis];
            _high[axis] -= above[axis];
        }
        _hasBounds = true;
    }

    private Configuration ReadAtoms(string[] columns)
    {
        if (!_hasBounds)
            throw reader.Error("the rows begin before the box is known; expected ITEM: BOX BOUNDS before");
        string[] axes = Coordinates.FirstOrDefault(names => names[..2].All(columns.Contains))
            ?? throw reader.Error($"the columns are \"{string.Join(' ', columns)}\"; expected x y z, xu yu zu, xs ys zs or xsu ysu zsu among them");
        int coordinates = columns.Contains(axes[2]) ? 3 : 2;
        ParticleRows rows = new(_count, coordinates);
        AddColumns(rows, columns, axes);
        rows.Read(reader);
        if (axes[0].StartsWith("xs", StringComparison.Ordinal))
            Unscale(rows.Positions, coordinates);
        int dimension = coordinates == 2 || LammpsCell.IsPlanar(rows, _low, _high, _tilt) ? 2 : 3;
        return rows.ToConfiguration(reader, LammpsCell.ToBox(reader, _low, _high, _tilt, dimension));
    }

    private static void AddColumns(ParticleRows rows, string[] columns, string[] axes)
    {
        string? size = ParticleRows.SizeColumns.FirstOrDefault(columns.Contains);
        HashSet<string> added = [];
        foreach (string name in columns)
            if (!added.Add(name))
                rows.AddSkipped(name);
            else if (Array.IndexOf(axes, name) is >= 0 and int axis)
                rows.AddPosition(name, axis);
            else if (name == "id")
                rows.AddId(name);
            else if (name == "type")
                rows.AddType(name, ParticleRows.LargestType);
            else if (name == "element")
                rows.AddSpecies(name);
            else if (name == size)
                rows.AddSize(name, isRadius: name == "radius");
            else
                rows.AddSkipped(name);
    }

    // Fractions of the lattice vectors a = (Lx, 0, 0), b = (xy, Ly, 0), c = (xz, yz, Lz), from the low corner.
    private void Unscale(Span<double> positions, int width)
    {
        for (int k = 0; k < positions.Length; k += width)
        {
            Span<double> point = positions.Slice(k, width);
            (double a, double b, double c) = (point[0], point[1], width > 2 ? point[2] : 0);
            point[0] = _low[0] + (_high[0] - _low[0]) * a + _tilt[0] * b + _tilt[1] * c;
            point[1] = _low[1] + (_high[1] - _low[1]) * b + _tilt[2] * c;
            if (width > 2)
                point[2] = _low[2] + (_high[2] - _low[2]) * c;
        }
    }
}
