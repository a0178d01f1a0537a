using System.Text;

namespace FastNqe;

/// <summary>
/// The table of particles in the middle of every format: reads N rows of named columns, puts them in the order of the ids and
/// makes the configuration.
/// </summary>
/// <param name="count">The number of particles N.</param>
/// <param name="coordinates">The number of coordinates per particle in the file: 3 also for planar systems in formats that have a z.</param>
internal sealed class ParticleRows(int count, int coordinates)
{
    /// <summary>A larger type number is a misread column, and must not make a table of that many names.</summary>
    public const int LargestType = 1 << 16;

    private readonly List<Column> _columns = [];
    private readonly double[] _positions = new double[(long)count * coordinates];
    private readonly int[] _types = new int[count];
    private readonly List<byte[]> _species = [];
    private readonly Dictionary<int, int> _speciesOfType = [];
    private double[] _diameters = [];
    private long[] _ids = [];
    private bool _hasRadii, _hasTypes, _hasSpecies;
    private int _largestType, _firstLine;

    /// <summary>The columns that tell a particle's size, the best first; "radius" is half of it.</summary>
    public static IReadOnlyList<string> SizeColumns { get; } = ["lambda", "diameter", "radius"];

    /// <summary>How many further fields a row may have, all or none: the image flags of LAMMPS.</summary>
    public int OptionalFields { get; init; }

    /// <summary>The positions as in the file, row major.</summary>
    public Span<double> Positions => _positions;

    /// <summary>Adds a column that is not kept.</summary>
    public void AddSkipped(string name) => _columns.Add(new Column(name, ColumnKind.Skip));

    /// <summary>Adds the column of ids.</summary>
    public void AddId(string name)
    {
        _ids = new long[count];
        _columns.Add(new Column(name, ColumnKind.Id));
    }

    /// <summary>Adds the column of type numbers, counted from 1.</summary>
    public void AddType(string name, int largest)
    {
        _hasTypes = true;
        _largestType = largest;
        _columns.Add(new Column(name, ColumnKind.Type));
    }

    /// <summary>Adds the column of species names.</summary>
    public void AddSpecies(string name)
    {
        _hasSpecies = true;
        _columns.Add(new Column(name, ColumnKind.Species));
    }

    /// <summary>Adds a coordinate.</summary>
    public void AddPosition(string name, int axis) => _columns.Add(new Column(name, ColumnKind.Number, _positions, coordinates, axis));

    /// <summary>Adds the column of diameters, or of radii when the file has no diameters.</summary>
    public void AddSize(string name, bool isRadius)
    {
        _hasRadii = isRadius;
        _diameters = new double[count];
        _columns.Add(new Column(name, ColumnKind.Positive, _diameters));
    }

    /// <summary>Adds further numbers per particle, kept as the returned array of N·width numbers.</summary>
    public double[] AddField(string name, int width)
    {
        double[] field = new double[(long)count * width];
        for (int component = 0; component < width; component++)
            _columns.Add(new Column(name, ColumnKind.Number, field, width, component));
        return field;
    }

    /// <summary>Reads the rows and sorts them by id.</summary>
    /// <exception cref="ConfigurationFormatException">A row is malformed or missing, or an id stands twice.</exception>
    public void Read(LineReader reader)
    {
        _firstLine = reader.Line + 1;
        Column[] columns = [.. _columns];
        for (int row = 0; row < count; row++)
        {
            if (!reader.TryRead(out ReadOnlySpan<byte> line))
                throw reader.Ended($"{count} particles, but there are {row}");
            Fields fields = new(reader, line);
            (int type, int species) = (0, 0);
            foreach (ref readonly Column column in columns.AsSpan())
                switch (column.Kind)
                {
                    case ColumnKind.Number:
                        column.Target![row * column.Stride + column.Component] = fields.Number(column.Name);
                        break;
                    case ColumnKind.Positive:
                        column.Target![row] = fields.Positive(column.Name);
                        break;
                    case ColumnKind.Id:
                        _ids[row] = fields.Whole(column.Name, 0, long.MaxValue);
                        break;
                    case ColumnKind.Type:
                        type = (int)fields.Whole(column.Name, 1, _largestType) - 1;
                        break;
                    case ColumnKind.Species:
                        species = SpeciesIndex(fields.Next(column.Name));
                        break;
                    default:
                        fields.Next(column.Name);
                        break;
                }
            if (OptionalFields > 0 && fields.TryNext(out ReadOnlySpan<byte> _))
                for (int k = 1; k < OptionalFields; k++)
                    fields.Next("image flag");
            fields.End($"{columns.Length} fields");
            _types[row] = _hasTypes ? type : species;
            if (_hasTypes && _hasSpecies && _speciesOfType.TryAdd(type, species) is false && _speciesOfType[type] != species)
                throw reader.Error($"type {type + 1} is named {Name(species)} here and {Name(_speciesOfType[type])} before; expected one name per type");
        }
        if (_ids.Length > 0)
            SortById(reader);
        if (_hasRadii)
            for (int i = 0; i < count; i++)
                _diameters[i] *= 2;
    }

    /// <summary>Whether all particles have the same third coordinate.</summary>
    public bool IsPlanar()
    {
        for (int i = 1; i < count; i++)
            if (_positions[3 * i + 2] != _positions[2])
                return false;
        return true;
    }

    /// <summary>Gives every particle the diameter of its type.</summary>
    public void SetDiametersByType(ReadOnlySpan<double> diameters)
    {
        _diameters = new double[count];
        for (int i = 0; i < count; i++)
            _diameters[i] = diameters[_types[i]];
    }

    /// <summary>The configuration; in two dimensions a third coordinate is dropped.</summary>
    /// <param name="reader">For the place in messages.</param>
    /// <param name="box">The cell.</param>
    /// <param name="typeNames">The names of the types in their order, or nothing if the file gives no order.</param>
    /// <param name="properties">Provenance.</param>
    /// <exception cref="ConfigurationFormatException">The table contradicts the header.</exception>
    public Configuration ToConfiguration(
        LineReader reader, Box box, IReadOnlyList<string>? typeNames = null, IReadOnlyDictionary<string, string>? properties = null)
    {
        try
        {
            IReadOnlyList<string>? names = NameTypes(typeNames);
            return new Configuration(box, FirstComponents(_positions, coordinates, box.Dimension), _diameters, _types, names, properties);
        }
        catch (ArgumentException error)
        {
            throw new ConfigurationFormatException(reader.Path, _firstLine, error.Message);
        }
    }

    /// <summary>The first components of each row.</summary>
    public static double[] FirstComponents(double[] values, int width, int kept)
    {
        if (width == kept)
            return values;
        double[] rows = new double[values.Length / width * kept];
        for (int i = 0; i < values.Length / width; i++)
            values.AsSpan(width * i, kept).CopyTo(rows.AsSpan(kept * i));
        return rows;
    }

    // In the order of first appearance. There are few species, and mostly the first few.
    private int SpeciesIndex(ReadOnlySpan<byte> name)
    {
        for (int k = 0; k < _species.Count; k++)
            if (name.SequenceEqual(_species[k]))
                return k;
        _species.Add(name.ToArray());
        return _species.Count - 1;
    }

    private string Name(int species) => Encoding.UTF8.GetString(_species[species]);

    private IReadOnlyList<string>? NameTypes(IReadOnlyList<string>? given)
    {
        if (_hasTypes && _hasSpecies)
        {
            string[] names = [.. SpeciesNames.Default(_speciesOfType.Keys.Max() + 1)];
            foreach ((int type, int species) in _speciesOfType)
                names[type] = Name(species);
            return names;
        }
        if (!_hasSpecies)
            return given;
        string[] found = [.. Enumerable.Range(0, _species.Count).Select(Name)];
        string[] order = given?.ToArray() ?? SpeciesNames.Order(found);
        int[] typeOf = new int[found.Length];
        for (int species = 0; species < found.Length; species++)
        {
            typeOf[species] = Array.IndexOf(order, found[species]);
            if (typeOf[species] < 0)
                throw new ArgumentException($"species {found[species]} is not in {SpeciesNames.Key} \"{string.Join(' ', order)}\"");
        }
        for (int i = 0; i < count; i++)
            _types[i] = typeOf[_types[i]];
        return order;
    }

    private void SortById(LineReader reader)
    {
        bool isSorted = true;
        for (int i = 1; i < count && isSorted; i++)
            isSorted = _ids[i - 1] < _ids[i];
        if (isSorted)
            return;
        int[] order = [.. Enumerable.Range(0, count)];
        Array.Sort(_ids, order);
        for (int i = 1; i < count; i++)
            if (_ids[i - 1] == _ids[i])
                throw new ConfigurationFormatException(
                    reader.Path, _firstLine + Math.Max(order[i - 1], order[i]), $"id {_ids[i]} stands twice; expected every id once");
        foreach (Column column in _columns)
            if (column.Target is not null && column.Component == 0)
                Permute(column.Target, column.Stride, order);
        Permute(_types, 1, order);
    }

    private static void Permute<T>(T[] rows, int width, int[] order)
    {
        T[] old = [.. rows];
        for (int i = 0; i < order.Length; i++)
            old.AsSpan(width * order[i], width).CopyTo(rows.AsSpan(width * i, width));
    }
}
