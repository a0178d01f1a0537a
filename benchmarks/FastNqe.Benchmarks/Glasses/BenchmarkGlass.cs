using System.Globalization;

namespace FastNqe.Benchmarks.Glasses;

/// <summary>Which glass a benchmark runs on: a dimension and a number of particles of the binary inverse-power-law model.</summary>
public readonly record struct GlassSize(int Dimension, int ParticleCount)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Dimension}D {ParticleCount}");
}

/// <summary>
/// Real glasses and the liquids they were quenched from, made once and kept under artifacts/glasses. Particles are stored sorted by cells, as a
/// code that cares for locality keeps them: the peer runs in the file's order, FastNqe finds its own.
/// </summary>
internal static class BenchmarkGlass
{
    // Molecular dynamics from a jittered lattice at a temperature far above the glass transition: long enough to forget the lattice.
    public const double Temperature = 2;
    private const int Steps = 1500;

    public static GlassModel Model(int dimension) => dimension switch
    {
        2 => GlassModel.Ipl2D,
        3 => GlassModel.Ipl3D,
        4 => GlassModel.Ipl4D,
        _ => throw new ArgumentOutOfRangeException(nameof(dimension), dimension, "the dimension is 2, 3 or 4"),
    };

    /// <summary>The inherent state.</summary>
    public static Configuration Load(GlassSize size) => Load(size, "glass", () => Quench.Run(LoadLiquid(size), Model(size.Dimension).Potential).Configuration);

    /// <summary>The equilibrated liquid.</summary>
    public static Configuration LoadLiquid(GlassSize size) => Load(size, "liquid", () => Melt(size));

    private static Configuration Load(GlassSize size, string kind, Func<Configuration> make)
    {
        string folder = Path.Combine(Repository.Artifacts, "glasses");
        string file = Path.Combine(folder, $"{Model(size.Dimension).Name}-{size.ParticleCount}-{kind}.{(size.Dimension == 4 ? "txt" : "xyz")}");
        if (File.Exists(file))
            return Configuration.Read(file);
        Directory.CreateDirectory(folder);
        Console.Error.WriteLine($"making a {size} {kind} ...");
        Configuration made = SortedByCells(make());
        made.Write(file);
        return made;
    }

    private static Configuration Melt(GlassSize size)
    {
        GlassModel model = Model(size.Dimension);
        Configuration lattice = LatticeStart.Make(model, size.ParticleCount, new RandomSequence(1, 0, RandomPurpose.Start));
        var dynamics = new MolecularDynamics(lattice, model.Potential, Temperature, new RandomSequence(1, 0, RandomPurpose.Liquid));
        dynamics.Run(Steps);
        return dynamics.Snapshot();
    }

    // By cells of about two diameters, the last axis fastest.
    private static Configuration SortedByCells(Configuration glass)
    {
        int d = glass.Dimension, n = glass.ParticleCount;
        double length = glass.Box.Length(0);
        int side = Math.Max(1, (int)(length / 2));
        int[] particles = new int[n], cells = new int[n];
        double[] point = new double[d];
        for (int i = 0; i < n; i++)
        {
            glass.Positions.Slice(i * d, d).CopyTo(point);
            glass.Box.Wrap(point);
            particles[i] = i;
            foreach (double x in point)
                cells[i] = cells[i] * side + Math.Min(side - 1, (int)(x / length * side));
        }
        Array.Sort(cells, particles);
        double[] positions = new double[n * d], sizes = new double[n];
        int[] types = new int[n];
        for (int k = 0; k < n; k++)
        {
            int i = particles[k];
            glass.Positions.Slice(i * d, d).CopyTo(point);
            glass.Box.Wrap(point);
            point.CopyTo(positions, k * d);
            sizes[k] = glass.Diameters[i];
            types[k] = glass.Types[i];
        }
        return new Configuration(glass.Box, positions, sizes, types, glass.TypeNames, glass.Properties);
    }
}
