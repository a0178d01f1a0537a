using System.Globalization;
using System.Security.Cryptography;

namespace FastNqe.Cli.Output;

/// <summary>
/// The table of a shear run: comment lines with what made it, a header, a row per step. Beside it stands the glass at the last row, so that a
/// run that was stopped goes on where it was, to the same bits.
/// </summary>
internal sealed class ShearTable
{
    private const string Header = "strain,energy,stress,pressure,dissipated,plastic,max_force,sweeps";
    private const int PlasticColumn = 5, ForceColumn = 6, SweepsColumn = 7;
    // Two strains are one if they differ by rounding only, in units of the strain or of 1 where that is more.
    private const double Rounding = 1e-13;

    private const string StepKey = "shear_step", StrainKey = "shear_strain";

    private readonly string _path;
    private readonly string _comment;
    private readonly List<string> _rows = [];

    private ShearTable(string path, string comment) => (_path, _comment) = (path, comment);

    /// <summary>The rows there are.</summary>
    public int Count => _rows.Count;

    /// <summary>Rows at the end of a plastic step, of this run and of those before.</summary>
    public int PlasticEvents => _rows.Count(row => row.Split(',')[PlasticColumn] == "1");

    /// <summary>The strain of the last row.</summary>
    public double Strain => StrainOf(_rows[^1]);

    /// <summary>The glass at the last row, or null if there is none.</summary>
    public Configuration? Glass { get; private set; }

    /// <summary>Where the glass stands.</summary>
    public string GlassPath => GlassOf(_path);

    /// <summary>Where the glass of a table stands.</summary>
    public static string GlassOf(string path) => path + ".glass.xyz";

    /// <summary>Opens a table: a new one, or one that was begun with the same settings.</summary>
    /// <exception cref="ArgumentException">There is a table with other settings, or it does not fit the glass beside it or the path.</exception>
    public static ShearTable Open(string path, string comment, ShearPath strains)
    {
        var table = new ShearTable(path, comment);
        if (!File.Exists(path))
            return table;
        string[] lines = File.ReadAllLines(path);
        if (lines.Length < 2 || lines[0] != comment || lines[1] != Header)
            throw new ArgumentException($"{path} is there already and was made with other settings: {(lines.Length > 0 ? lines[0] : "it is empty")}; expected {comment}; remove it or choose another name");
        // Stopped before the first glass was kept: nothing was won yet.
        if (!File.Exists(table.GlassPath))
            return table;
        table.Glass = Configuration.Read(table.GlassPath);
        int step = table.Glass.Properties.TryGetValue(StepKey, out string? text) && int.TryParse(text, CultureInfo.InvariantCulture, out int parsed) ? parsed : -1;
        if (step < 0 || lines.Length - 2 <= step)
            throw new ArgumentException($"{table.GlassPath} does not belong to {path}; remove both");
        // Rows after the glass was kept are made again.
        table._rows.AddRange(lines.Skip(2).Take(step + 1));
        if (Exact(table.Strain) != table.Glass.Properties.GetValueOrDefault(StrainKey))
            throw new ArgumentException($"{table.GlassPath} does not belong to {path}; remove both");
        if (table.Count > strains.Strains.Count || !table._rows.Zip(strains.Strains).All(row => IsSame(StrainOf(row.First), row.Second)))
            throw new ArgumentException($"{path} has come to strain {Exact(table.Strain)} in {step} steps, which is not on the way given by --step and --to");
        return table;
    }

    /// <summary>Tells whether a file is the same as before, whatever its name.</summary>
    public static string Fingerprint(string path)
    {
        using FileStream file = File.OpenRead(path);
        return $"SHA-256 {Convert.ToHexStringLower(SHA256.HashData(file)[..8])}";
    }

    /// <summary>Whether every quench came down to a tolerance, of this run and of those before.</summary>
    /// <param name="forceTolerance">The tolerance of the quenches; twice as much passes, because the forces of a row are computed anew.</param>
    public bool HasConverged(double forceTolerance) => _rows.Select(row => row.Split(',')).All(row =>
        row[SweepsColumn] == "0" || double.Parse(row[ForceColumn], CultureInfo.InvariantCulture) <= 2 * forceTolerance);

    /// <summary>Adds a row.</summary>
    public void Add(in ShearStep step, InherentState glass) => _rows.Add(string.Join(',',
        Exact(step.Strain), Exact(step.Energy), Exact(step.Stress), Exact(step.Pressure), Exact(step.Dissipated), step.IsPlastic ? "1" : "0",
        Exact(glass.MaxForce), ((step.Quench ?? glass.Quench)?.Sweeps ?? 0).ToString(CultureInfo.InvariantCulture)));

    /// <summary>Writes the table, then the glass at its last row; both appear whole or not at all.</summary>
    public void Save(QuasistaticShear shear, Configuration glass)
    {
        byte[] content = System.Text.Encoding.UTF8.GetBytes(string.Join('\n', [_comment, Header, .. _rows, ""]));
        AtomicFile.Write(_path, stream => stream.Write(content), CancellationToken.None);
        glass.WithProperties(
        [
            new(StepKey, (_rows.Count - 1).ToString(CultureInfo.InvariantCulture)),
            new(StrainKey, Exact(shear.Last.Strain)),
        ]).Write(GlassPath);
    }

    private static double StrainOf(string row) =>
        double.TryParse(row.AsSpan(0, Math.Max(0, row.IndexOf(',', StringComparison.Ordinal))), CultureInfo.InvariantCulture, out double strain) ? strain : double.NaN;

    private static bool IsSame(double a, double b) => Math.Abs(a - b) <= Rounding * Math.Max(1, Math.Abs(b));

    private static string Exact(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
