using System.Collections.Immutable;

namespace FastNqe;

/// <summary>
/// N particles in a periodic box: positions, diameters and types. Immutable; what changes it returns a new one.
/// </summary>
/// <remarks>
/// Positions are N·d numbers, row major (x0 y0 z0 x1 ...), in units of the smallest diameter. They need not lie inside the box.
/// <see cref="Diameters"/> holds the size lambda_i that the pair potential reads, or nothing when the source gave none:
/// <see cref="GlassModel.Complete"/> then takes it from the species.
/// </remarks>
public sealed class Configuration
{
    private const int MostTypes = 1 << 16;

    private readonly double[] _positions;
    private readonly double[] _diameters;
    private readonly int[] _types;

    /// <summary>A configuration that copies the caller's arrays.</summary>
    /// <param name="box">The periodic cell; fixes the dimension d.</param>
    /// <param name="positions">N·d finite numbers, row major [length].</param>
    /// <param name="diameters">N positive numbers [length], or nothing if they are unknown.</param>
    /// <param name="types">N type numbers counted from 0, up to 65535, or nothing for one type.</param>
    /// <param name="typeNames">A name for each type (element symbols let viewers read the files), or nothing for Ar, Kr, Xe, ...</param>
    /// <param name="properties">Provenance: keys and values kept in the comment line of written files.</param>
    /// <exception cref="ArgumentException">A length does not fit, a position is not finite, a diameter is not positive, or a type is out of range.</exception>
    public Configuration(
        Box box,
        ReadOnlySpan<double> positions,
        ReadOnlySpan<double> diameters = default,
        ReadOnlySpan<int> types = default,
        IReadOnlyList<string>? typeNames = null,
        IReadOnlyDictionary<string, string>? properties = null)
    {
        int d = box.Dimension;
        if (d == 0)
            throw new ArgumentException("the box is empty (default); make it with Box.Cubic, Orthogonal or Tilted", nameof(box));
        if (positions.Length == 0 || positions.Length % d != 0)
            throw new ArgumentException($"there are {positions.Length} coordinates; expected a positive multiple of the dimension {d}", nameof(positions));
        int n = positions.Length / d;
        if (diameters.Length != 0 && diameters.Length != n)
            throw new ArgumentException($"there are {diameters.Length} diameters for {n} particles", nameof(diameters));
        if (types.Length != 0 && types.Length != n)
            throw new ArgumentException($"there are {types.Length} types for {n} particles", nameof(types));
        for (int k = 0; k < positions.Length; k++)
            if (!double.IsFinite(positions[k]))
                throw new ArgumentException($"coordinate {k % d} of particle {k / d + 1} is {positions[k]}; expected a finite number", nameof(positions));
        for (int i = 0; i < diameters.Length; i++)
            if (!(diameters[i] > 0) || !double.IsFinite(diameters[i]))
                throw new ArgumentException($"diameter of particle {i + 1} is {diameters[i]}; expected a positive finite number", nameof(diameters));
        int typeCount = 1;
        foreach (int type in types)
        {
            // Every number up to the largest has a name: a number out of the blue would ask for gigabytes of them.
            if (type is < 0 or >= MostTypes)
                throw new ArgumentException($"a type is {type}; expected 0 to {MostTypes - 1}", nameof(types));
            typeCount = Math.Max(typeCount, type + 1);
        }
        if (typeNames is not null && typeNames.Count < typeCount)
            throw new ArgumentException($"there are {typeNames.Count} type names for {typeCount} types", nameof(typeNames));

        Box = box;
        ParticleCount = n;
        _positions = positions.ToArray();
        _diameters = diameters.ToArray();
        _types = types.Length == 0 ? new int[n] : types.ToArray();
        TypeNames = typeNames?.ToImmutableArray() ?? SpeciesNames.Default(typeCount);
        Properties = properties?.ToImmutableSortedDictionary(StringComparer.Ordinal) ?? ImmutableSortedDictionary<string, string>.Empty;
    }

    /// <summary>The periodic cell.</summary>
    public Box Box { get; }

    /// <summary>The spatial dimension d.</summary>
    public int Dimension => Box.Dimension;

    /// <summary>The number of particles N.</summary>
    public int ParticleCount { get; }

    /// <summary>N·d coordinates, row major [length].</summary>
    public ReadOnlySpan<double> Positions => _positions;

    /// <summary>N sizes lambda_i [length]; empty if unknown.</summary>
    public ReadOnlySpan<double> Diameters => _diameters;

    /// <summary>N type numbers, counted from 0.</summary>
    public ReadOnlySpan<int> Types => _types;

    /// <summary>The name of each type.</summary>
    public ImmutableArray<string> TypeNames { get; }

    /// <summary>Provenance: how the sample was made, as keys and values that files carry along.</summary>
    public ImmutableSortedDictionary<string, string> Properties { get; }

    /// <summary>N/V [1/length^d].</summary>
    public double NumberDensity => ParticleCount / Box.Volume;

    /// <summary>a0 = (V/N)^(1/d) [length].</summary>
    public double UnitLength => Math.Pow(NumberDensity, -1.0 / Dimension);

    /// <summary>Reads a configuration; the format is told by the content (see <see cref="ConfigurationFile"/>).</summary>
    /// <param name="path">Extended XYZ, LAMMPS data, LAMMPS text dump, or plain text.</param>
    /// <exception cref="ConfigurationFormatException">The file is malformed: the message has the file, the line and what was expected.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Configuration Read(string path) => ConfigurationFile.Read(path);

    /// <summary>Writes the configuration; the format is told by the ending (see <see cref="ConfigurationFile"/>). The file appears whole or not at all.</summary>
    /// <param name="path">*.xyz extended XYZ, *.data LAMMPS data, *.dump or *.lammpstrj LAMMPS dump, *.txt plain text.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Write(string path) => ConfigurationFile.Write(path, this);

    /// <summary>The same particles at other positions.</summary>
    public Configuration WithPositions(ReadOnlySpan<double> positions) => new(Box, positions, _diameters, _types, TypeNames, Properties);

    /// <summary>The same particles at other positions in another cell.</summary>
    public Configuration WithPositions(Box box, ReadOnlySpan<double> positions) => new(box, positions, _diameters, _types, TypeNames, Properties);

    /// <summary>The same particles with other diameters.</summary>
    public Configuration WithDiameters(ReadOnlySpan<double> diameters) => new(Box, _positions, diameters, _types, TypeNames, Properties);

    /// <summary>The same particles with some provenance added or replaced.</summary>
    public Configuration WithProperties(IEnumerable<KeyValuePair<string, string>> properties) =>
        new(Box, _positions, _diameters, _types, TypeNames, Properties.SetItems(properties));
}
