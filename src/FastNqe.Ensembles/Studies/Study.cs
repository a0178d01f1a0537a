using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FastNqe.Ensembles;

/// <summary>How an inherent state is made of an equilibrium liquid.</summary>
public enum Preparation
{
    /// <summary>Quenched at once from the equilibrium liquid.</summary>
    Instantaneous,

    /// <summary>Cooled at a constant rate, then quenched.</summary>
    Cooled,
}

/// <summary>From where the search for a cubic mode starts.</summary>
public enum CubicStarts
{
    /// <summary>From the quartic mode only.</summary>
    Quartic,

    /// <summary>From the quartic mode and the non-affine velocities of the simple and pure shears; the mode of lowest stiffness is kept (Appendix B).</summary>
    NonAffine,
}

/// <summary>
/// What an ensemble is: the glasses, how they are made, how many, and what is measured on each.
/// </summary>
/// <remarks>
/// Numbers are in simulation units (epsilon, smallest diameter, unit mass, k_B = 1). A study with the same <see cref="Identity"/> gives the same rows, to the
/// bit, on any number of threads, shards and machines; <see cref="Samples"/> may grow later, the samples already made stay the same.
/// </remarks>
public sealed record Study
{
    /// <summary>A short name for file names, tables and legends.</summary>
    public required string Name { get; init; }

    /// <summary>A sentence about the study.</summary>
    public string About { get; init; } = "";

    /// <summary>The model's name, as --model takes it.</summary>
    public required string Model { get; init; }

    /// <summary>N; 0 when the glasses come from files.</summary>
    public int Particles { get; init; }

    /// <summary>The temperature of the equilibrium liquid (parent temperature T_p) [epsilon]; 0 when the glasses come from files.</summary>
    public double Temperature { get; init; }

    /// <summary>How many glasses; for glasses from files 0 means all.</summary>
    public int Samples { get; init; }

    /// <summary>The seed from which every sample's seed follows.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>How a liquid becomes a glass; null takes the model's own protocol.</summary>
    public Preparation? Preparation { get; init; }

    /// <summary>dT/dt of a cooled glass [epsilon/time]; null takes the default, 1e-3.</summary>
    public double? CoolingRate { get; init; }

    /// <summary>The temperature at which cooling ends and the quench begins [epsilon]; null takes the default, 0.1.</summary>
    public double? FinalTemperature { get; init; }

    /// <summary>Consecutive samples that come from one liquid run. The unit of work that threads and shards share out.</summary>
    public int ChainLength { get; init; } = 50;

    /// <summary>Time for which a chain's liquid is equilibrated before its first sample [time]; null takes the model's default.</summary>
    public double? EquilibrationTime { get; init; }

    /// <summary>Time between a chain's samples [time]; null takes the model's default.</summary>
    public double? Spacing { get; init; }

    /// <summary>dt of molecular dynamics [time]; null takes the default, 0.005/sqrt(max(1, T)).</summary>
    public double? TimeStep { get; init; }

    /// <summary>N/V in place of the model's [1/length^d].</summary>
    public double? Density { get; init; }

    /// <summary>n_a in place of the model's [1/length].</summary>
    public double? NonAdditivity { get; init; }

    /// <summary>x_c in place of the model's, in units of the pair length.</summary>
    public double? Cutoff { get; init; }

    /// <summary>q in place of the model's.</summary>
    public int? SmoothingOrder { get; init; }

    /// <summary>How many of the lowest harmonic modes are recorded; the quartic mode starts from the lowest.</summary>
    public int HarmonicModes { get; init; } = 1;

    /// <summary>From where the search for the cubic mode starts.</summary>
    public CubicStarts CubicStarts { get; init; }

    /// <summary>Whether athermal shear moduli are computed.</summary>
    public bool Moduli { get; init; }

    /// <summary>Whether the glasses (positions and diameters) of all samples are stored.</summary>
    public bool KeepGlasses { get; init; }

    /// <summary>Whether the mode vectors of all samples are stored.</summary>
    public bool KeepModes { get; init; }

    /// <summary>Of so many first samples glass and modes are stored in any case: a report draws a few of them. A sample takes 4·N·d·8 bytes.</summary>
    public int Pictured { get; init; } = 20;

    /// <summary>A folder of configuration files that are analysed in the order of their names, in place of glasses that are made; null to make them. Kept as a full path, so that it is the same however it was written.</summary>
    public string? Configurations
    {
        get;
        init => field = value is null ? null : Path.TrimEndingDirectorySeparator(Path.GetFullPath(value));
    }

    /// <summary>Whether configurations from files are quenched first; if not, one that is not at mechanical equilibrium is a failure.</summary>
    public bool Quench { get; init; }

    /// <summary>Whether a sample's glass is stored.</summary>
    public bool KeepsGlass(int sample) => KeepGlasses || sample < Pictured;

    /// <summary>Whether a sample's mode vectors are stored.</summary>
    public bool KeepsModes(int sample) => KeepModes || sample < Pictured;

    /// <summary>How many chains the samples make.</summary>
    public int ChainCount => (int)(((long)Samples + ChainLength - 1) / ChainLength);

    /// <summary>
    /// Everything on which a sample's numbers depend, as canonical JSON: all but the name, the sentence, the number of samples and what is kept.
    /// Stores with different identities are never mixed.
    /// </summary>
    public string Identity => Write(withIdentityOnly: true, indented: false);

    /// <summary>The study as the JSON text that <see cref="StudyFile"/> reads back to the same study.</summary>
    public string ToJson() => Write(withIdentityOnly: false, indented: true);

    /// <summary>Reads back what <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The text.</param>
    /// <param name="origin">The name used in messages.</param>
    /// <exception cref="StudyFormatException">The text is not a study.</exception>
    public static Study Parse(string json, string origin) => StudyFile.Parse(System.Text.Encoding.UTF8.GetBytes(json), origin);

    /// <summary>The chain that a sample belongs to.</summary>
    public int ChainOf(int sample) => sample / ChainLength;

    /// <summary>The samples of a chain.</summary>
    public Range SamplesOf(int chain) =>
        (chain * ChainLength)..(int)Math.Min(Samples, (chain + 1L) * ChainLength);

    private string Write(bool withIdentityOnly, bool indented)
    {
        JsonObject json = [];
        if (!withIdentityOnly)
        {
            json["name"] = Name;
            Add("about", About, "");
        }
        json["model"] = Model;
        Add("configurations", Configurations, null);
        Add("quench", Quench, false);
        Add("particles", Particles, 0);
        Add("temperature", Temperature, 0.0);
        if (!withIdentityOnly)
            Add("samples", Samples, 0);
        json["seed"] = Seed;
        Add("preparation", Preparation?.ToString().ToLowerInvariant(), null);
        Add("coolingRate", CoolingRate, null);
        Add("finalTemperature", FinalTemperature, null);
        if (Configurations is null)
            json["chainLength"] = ChainLength;
        Add("equilibrationTime", EquilibrationTime, null);
        Add("spacing", Spacing, null);
        Add("timeStep", TimeStep, null);
        Add("density", Density, null);
        Add("nonAdditivity", NonAdditivity, null);
        Add("cutoff", Cutoff, null);
        Add("smoothingOrder", SmoothingOrder, null);
        json["harmonicModes"] = HarmonicModes;
        Add("cubicStarts", CubicStarts.ToString().ToLowerInvariant(), "quartic");
        Add("moduli", Moduli, false);
        // Without the key the first samples are kept, with an empty one none.
        if (!withIdentityOnly && (KeepGlasses || KeepModes || Pictured == 0))
        {
            JsonArray keep = [];
            if (KeepGlasses)
                keep.Add("glasses");
            if (KeepModes)
                keep.Add("modes");
            json["keep"] = keep;
        }
        // Plain characters: an accented letter stays readable in the file.
        return json.ToJsonString(new JsonSerializerOptions { WriteIndented = indented, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

        void Add<T>(string key, T value, T absent)
        {
            if (!EqualityComparer<T>.Default.Equals(value, absent))
                json[key] = JsonValue.Create(value);
        }
    }
}
