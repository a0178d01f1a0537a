using System.Text.Json;

namespace FastNqe.Tests;

/// <summary>
/// A case of Data/reference (its README says how the figures were made): the configuration, stored fields and expected figures.
/// </summary>
internal sealed class ReferenceCase
{
    private readonly JsonElement _expected;
    private readonly string _folder;

    private ReferenceCase(string folder)
    {
        _folder = folder;
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "expected.json")));
        _expected = document.RootElement.Clone();
        Configuration = Configuration.Read(Path.Combine(folder, Text("files/configuration")));
        Law = ReadLaw(At("model")!.Value);
    }

    /// <summary>The names of all cases.</summary>
    public static IEnumerable<string> All =>
        Directory.GetDirectories(Root).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal);

    /// <summary>The names of the cases whose box is large enough for the minimum image.</summary>
    public static IEnumerable<string> Unambiguous => All.Where(name => !name.StartsWith("a09", StringComparison.Ordinal));

    /// <summary>The names of the inherent states, which have modes, eigenvalues and moduli.</summary>
    public static IEnumerable<string> InherentStates => All.Where(name => name.StartsWith('b'));

    public string Name => Path.GetFileName(_folder);

    public Configuration Configuration { get; }

    public InversePowerLaw Law { get; }

    public PairPotential Potential => new PairPotential<InversePowerLaw>(Law);

    /// <summary>The file with the configuration.</summary>
    public string ConfigurationPath => Path.Combine(_folder, Text("files/configuration"));

    /// <summary>The names under "directions" and "modes": where figures of fields stand.</summary>
    public IEnumerable<string> Fields =>
        new[] { "directions", "modes" }.SelectMany(group => At(group) is JsonElement fields ? fields.EnumerateObject().Select(entry => $"{group}/{entry.Name}") : []);

    private static string Root => Path.Combine(TestContext.CurrentContext.TestDirectory, "Data", "reference");

    /// <summary>Loads a case by its name or the beginning of it, such as "b02".</summary>
    public static ReferenceCase Load(string name) =>
        new(Directory.GetDirectories(Root).Single(folder => Path.GetFileName(folder).StartsWith(name, StringComparison.Ordinal)));

    /// <summary>A stored direction: "extended" or "localised". N·d numbers.</summary>
    public double[] Direction(string name) => ReadField($"direction_{name}.txt", Configuration.Dimension);

    /// <summary>A stored mode: "psi", "pi4", "pi3" or "piC". N·d numbers.</summary>
    public double[] Mode(string name) => ReadField($"mode_{name}.txt", Configuration.Dimension);

    /// <summary>The field that figures stand for: a name of <see cref="Fields"/>.</summary>
    public double[] Field(string path) => ReadField(Text($"{path}/file"), Configuration.Dimension);

    /// <summary>
    /// The stored vectors of a direction, N·d numbers each: M·z, U3:zz, U4:.zzz and the gradients of E4, E3, C. Null where none are stored.
    /// </summary>
    public double[][]? Vectors(string direction)
    {
        string file = $"vectors_{direction}.txt";
        if (!File.Exists(Path.Combine(_folder, file)))
            return null;
        const int VectorCount = 6;
        int d = Configuration.Dimension;
        double[] rows = ReadField(file, VectorCount * d);
        double[][] vectors = new double[VectorCount][];
        for (int v = 0; v < VectorCount; v++)
        {
            vectors[v] = new double[Configuration.ParticleCount * d];
            for (int k = 0; k < vectors[v].Length; k++)
                vectors[v][k] = rows[k / d * VectorCount * d + v * d + k % d];
        }
        return vectors;
    }

    public bool Has(string path) => At(path) is not null;

    /// <summary>A figure by its path in expected.json, such as "configuration/U" or "modes/psi/kappa".</summary>
    public Figure Figure(string path) => Tests.Figure.Parse(path, At(path) ?? throw new ArgumentException($"{Name} has no {path}"));

    /// <summary>A text by its path.</summary>
    public string Text(string path) => At(path)?.GetString() ?? throw new ArgumentException($"{Name} has no {path}");

    /// <summary>A list of plain numbers by its path.</summary>
    public double[] Numbers(string path) =>
        At(path) is JsonElement list ? [.. list.EnumerateArray().Select(number => number.GetDouble())] : throw new ArgumentException($"{Name} has no {path}");

    /// <summary>A truth value by its path.</summary>
    public bool IsTrue(string path) => At(path) is { ValueKind: JsonValueKind.True };

    public void AssertFigure(string path, double measured) => Figure(path).Assert([measured]);

    public void AssertFigure(string path, ReadOnlySpan<double> measured) => Figure(path).Assert(measured);

    public override string ToString() => Name;

    private static InversePowerLaw ReadLaw(JsonElement model)
    {
        // The binary mixture's 1, 1.18, 1.4 is n_a = 1/24.
        double nonAdditivity = model.TryGetProperty("non_additivity", out JsonElement number) ? number.GetDouble() : 1.0 / 24;
        return new InversePowerLaw(model.GetProperty("beta").GetInt32(), model.GetProperty("x_c").GetDouble(), model.GetProperty("q").GetInt32(), nonAdditivity);
    }

    private double[] ReadField(string file, int width) => DirectionFile.Read(Path.Combine(_folder, file), Configuration.ParticleCount, width);

    private JsonElement? At(string path)
    {
        JsonElement element = _expected;
        foreach (string key in path.Split('/'))
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(key, out element))
                return null;
        return element;
    }
}
