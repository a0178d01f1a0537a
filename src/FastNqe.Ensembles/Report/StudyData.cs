using System.Globalization;

namespace FastNqe.Ensembles;

/// <summary>
/// The glasses of one study and their modes, in the paper's units: length a0 = (V/N)^(1/d), frequency omega_0 (Table II), unit mass; so
/// stiffness omega_0², cubic coefficient omega_0²/a0, quartic coefficient omega_0²/a0², shear coupling omega_0² a0, energy omega_0² a0²;
/// overlaps, participation and the field of Fig. 9a have none.
/// </summary>
/// <remarks>One number per glass, in the order of the samples; of a mode that did not converge, NaN.</remarks>
internal sealed class StudyData
{
    private readonly Dictionary<ModeKind, ModeCount> _counts;

    private StudyData(EnsembleTable table, string label)
    {
        Study = table.Study;
        Label = label;
        GlassModel model = Model = GlassModel.Named(Study.Model);
        Dimension = model.Dimension;
        int[] made = [.. Enumerable.Range(0, table.RowCount).Where(row => IsMade(table, row))];
        SampleCount = table.RowCount;
        FailureCount = table.RowCount - made.Length;
        Dictionary<ModeKind, bool[]> converged = Enum.GetValues<ModeKind>().ToDictionary(kind => kind, kind => Converged(table, kind));
        _counts = converged.ToDictionary(pair => pair.Key, pair => new ModeCount(made.Length, pair.Value.Count(mode => mode), UndefinedCount(table, pair.Key)));
        // Glasses from files may be of several sizes and densities.
        double[] particles = [.. made.Select(row => table.Numbers("particles")[row])];
        double[] lengths = [.. made.Select(row => Math.Pow(table.Numbers("density")[row], -1.0 / Dimension))];
        Particles = made.Length > 0 ? particles[0] : Study.Particles;

        double frequency = model.UnitFrequency, stiffness = frequency * frequency;
        (Frequency2, Frequency4, Frequency3) = (Column(ModeKind.Harmonic, "frequency", frequency), Column(ModeKind.Quartic, "frequency", frequency), Column(ModeKind.Cubic, "frequency", frequency));
        (Participation2, Participation4, Participation3) = (Ne(ModeKind.Harmonic), Ne(ModeKind.Quartic), Ne(ModeKind.Cubic));
        (Quartic4, Quartic3) = (Column(ModeKind.Quartic, "quartic_coefficient", stiffness, perLength: 2), Column(ModeKind.Cubic, "quartic_coefficient", stiffness, perLength: 2));
        Cubic3 = Column(ModeKind.Cubic, "cubic_coefficient", stiffness, perLength: 1);
        Overlap42 = Column(ModeKind.Quartic, "overlap_harmonic", 1);
        Overlap34 = Column(ModeKind.Cubic, "overlap_quartic", 1, and: ModeKind.Quartic);
        FieldNorm = Column(ModeKind.Quartic, "quartic_field_norm", 1);
        // A modulus says something about a glass whatever became of its modes.
        ShearModulus = [.. table.Numbers("shear_modulus").ToArray().Zip(table.Numbers("shear_modulus_converged").ToArray()).Where(modulus => modulus.Second > 0).Select(modulus => modulus.First)];
        Couplings = [.. StoreSchema.Planes.Take(Dimension * (Dimension - 1) / 2).Select(plane => Column(ModeKind.Cubic, $"nu_{plane}", stiffness, perLength: -1))];

        double[] Ne(ModeKind kind) => [.. Column(kind, "participation_ratio", 1).Zip(particles, (e, n) => e * n)];

        double[] Column(ModeKind kind, string name, double unit, int perLength = 0, ModeKind? and = null)
        {
            double[] values = table.Numbers($"{StoreSql.Word(kind)}_{name}").ToArray();
            return [.. made.Select((row, k) => converged[kind][row] && converged[and ?? kind][row] ? values[row] / unit * Math.Pow(lengths[k], perLength) : double.NaN)];
        }
    }

    /// <summary>The study.</summary>
    public Study Study { get; }

    /// <summary>The model with its own constants.</summary>
    public GlassModel Model { get; }

    /// <summary>Whether its liquids were cooled before the quench.</summary>
    public bool IsCooled => (Study.Preparation ?? (Model.Cooling is null ? Preparation.Instantaneous : Preparation.Cooled)) == Preparation.Cooled;

    /// <summary>How legends call it.</summary>
    public string Label { get; }

    /// <summary>What studies of different sizes have in common: the model and the temperature.</summary>
    public string Ensemble => Study.Temperature > 0 ? $"{Study.Model}, T = {Study.Temperature.ToString(CultureInfo.InvariantCulture)}" : Study.Model;

    /// <summary>d.</summary>
    public int Dimension { get; }

    /// <summary>N; of glasses of several sizes, that of the first.</summary>
    public double Particles { get; }

    /// <summary>L in units of a0: N^(1/d).</summary>
    public double BoxLength => Math.Pow(Particles, 1.0 / Dimension);

    /// <summary>All samples, failures among them.</summary>
    public int SampleCount { get; }

    /// <summary>Samples that failed.</summary>
    public int FailureCount { get; }

    /// <summary>Why figures are missing, in half sentences: kinds of which no mode converged; empty for most studies.</summary>
    public IEnumerable<string> Lacks => _counts.Where(pair => pair.Value.Converged == 0).Select(pair => string.Create(
        CultureInfo.InvariantCulture, $"none of {pair.Value.Glasses} {StoreSql.Word(pair.Key)} modes converged ({pair.Value.Undefined} undefined: the cost function has no minimum there)"));

    /// <summary>What became of the modes of a kind.</summary>
    public ModeCount Count(ModeKind kind) => _counts[kind];

    /// <summary>omega_2.</summary>
    public double[] Frequency2 { get; }

    /// <summary>omega_4.</summary>
    public double[] Frequency4 { get; }

    /// <summary>omega_3.</summary>
    public double[] Frequency3 { get; }

    /// <summary>N e of the harmonic mode.</summary>
    public double[] Participation2 { get; }

    /// <summary>N e of the quartic mode.</summary>
    public double[] Participation4 { get; }

    /// <summary>N e of the cubic mode.</summary>
    public double[] Participation3 { get; }

    /// <summary>chi of the quartic mode.</summary>
    public double[] Quartic4 { get; }

    /// <summary>chi of the cubic mode.</summary>
    public double[] Quartic3 { get; }

    /// <summary>tau of the cubic mode.</summary>
    public double[] Cubic3 { get; }

    /// <summary>|pi_4·psi|.</summary>
    public double[] Overlap42 { get; }

    /// <summary>|pi_3·pi_4|.</summary>
    public double[] Overlap34 { get; }

    /// <summary>|U(4):.pi_4 pi_4 pi_4|/chi_4, a pure number: the part along pi_4 is 1.</summary>
    public double[] FieldNorm { get; }

    /// <summary>The athermal shear modulus of every glass, also of those whose modes did not converge [energy/length^d, simulation units]; empty if none was computed, without those that did not converge themselves.</summary>
    public double[] ShearModulus { get; }

    /// <summary>nu of the cubic mode for each plane of simple shear.</summary>
    public double[][] Couplings { get; }

    /// <summary>(omega_4² - omega_2²)/omega_4²: the energetic distance.</summary>
    public double[] EnergeticDistance => Each(Frequency4, Frequency2, (w4, w2) => 1 - w2 * w2 / (w4 * w4));

    /// <summary>1 - |pi_4·psi|: the structural distance.</summary>
    public double[] StructuralDistance => [.. Overlap42.Select(overlap => 1 - overlap)];

    /// <summary>The barrier of the cubic expansion along pi_3, (2/3) kappa³/tau² (eq. 35 with its factor).</summary>
    public double[] Barrier => Each(Frequency3, Cubic3, (w, tau) => 2.0 / 3 * Math.Pow(w, 6) / (tau * tau));

    /// <summary>The strain to instability of each plane, kappa²/(2 tau |nu|) (eq. 37 with its factor), plane after plane.</summary>
    public double[] Strains => [.. Couplings.SelectMany(StrainsOf)];

    /// <summary>The smallest strain to instability of each glass over its planes.</summary>
    public double[] SmallestStrain
    {
        get
        {
            double[][] planes = [.. Couplings.Select(StrainsOf)];
            return [.. Enumerable.Range(0, Frequency3.Length).Select(k => planes.Min(plane => plane[k]))];
        }
    }

    /// <summary>The data of a table.</summary>
    /// <param name="table">One row per sample.</param>
    /// <param name="label">How legends call it.</param>
    public static StudyData Of(EnsembleTable table, string label) => new(table, label);

    /// <summary>f(a, b), element by element.</summary>
    public static double[] Each(double[] a, double[] b, Func<double, double, double> f) => [.. a.Zip(b, f)];

    private double[] StrainsOf(double[] coupling) =>
        [.. Enumerable.Range(0, Frequency3.Length).Select(k => Math.Pow(Frequency3[k], 4) / (2 * Cubic3[k] * Math.Abs(coupling[k])))];

    private static bool IsMade(EnsembleTable table, int row) => !double.IsNaN(table.Numbers("energy")[row]);

    private static bool[] Converged(EnsembleTable table, ModeKind kind) => [.. table.Numbers($"{StoreSql.Word(kind)}_converged").ToArray().Select(value => value > 0)];

    // Harmonic modes are always defined.
    private static int UndefinedCount(EnsembleTable table, ModeKind kind) =>
        kind == ModeKind.Harmonic ? 0 : table.Texts($"{StoreSql.Word(kind)}_end").Count(end => end == StoreSql.Word(SearchEnd.Undefined));
}

/// <summary>What became of a study's modes of one kind, one per glass.</summary>
/// <param name="Glasses">How many glasses there are.</param>
/// <param name="Converged">Modes that converged.</param>
/// <param name="Undefined">Modes whose cost function has no minimum there.</param>
internal readonly record struct ModeCount(int Glasses, int Converged, int Undefined);
