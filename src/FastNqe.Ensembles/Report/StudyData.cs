using System.Globalization;

namespace FastNqe.Ensembles;

/// <summary>
/// The samples of one study whose nonlinear modes converged, in the paper's units: length a0 = (V/N)^(1/d), frequency omega_0 (Table II), unit mass; so
/// stiffness omega_0², cubic coefficient omega_0²/a0, quartic coefficient omega_0²/a0², shear coupling omega_0² a0, energy omega_0² a0².
/// </summary>
internal sealed class StudyData
{
    private StudyData(EnsembleTable table, string label)
    {
        Study = table.Study;
        Label = label;
        GlassModel model = Model = GlassModel.Named(Study.Model);
        Dimension = model.Dimension;
        double[] converged = Converged(table);
        Kept = [.. Enumerable.Range(0, table.RowCount).Where(row => converged[row] > 0)];
        FailureCount = Count(table.Numbers("energy"), double.IsNaN);
        UnconvergedCount = table.RowCount - FailureCount - Kept.Length;
        double[] particles = Column(table, "particles", 1);
        Particles = particles.Length > 0 ? particles[0] : Study.Particles;

        double length = Study.Density is { } density ? Math.Pow(density, -1.0 / Dimension) : model.UnitLength;
        double frequency = model.UnitFrequency, stiffness = frequency * frequency;
        (Frequency2, Frequency4, Frequency3) = (Column(table, "harmonic_frequency", frequency), Column(table, "quartic_frequency", frequency), Column(table, "cubic_frequency", frequency));
        (Participation2, Participation4, Participation3) = (Ne("harmonic"), Ne("quartic"), Ne("cubic"));
        (Quartic4, Quartic3) = (Column(table, "quartic_quartic_coefficient", stiffness / (length * length)), Column(table, "cubic_quartic_coefficient", stiffness / (length * length)));
        Cubic3 = Column(table, "cubic_cubic_coefficient", stiffness / length);
        (Overlap42, Overlap34) = (Column(table, "quartic_overlap_harmonic", 1), Column(table, "cubic_overlap_quartic", 1));
        FieldNorm = Column(table, "quartic_quartic_field_norm", length);
        // A modulus says something about a glass whatever became of its modes.
        ShearModulus = [.. table.Numbers("shear_modulus").ToArray().Where(double.IsFinite)];
        Couplings = [.. StoreSchema.Planes.Take(Dimension * (Dimension - 1) / 2).Select(plane => Column(table, $"cubic_nu_{plane}", stiffness * length))];

        double[] Ne(string kind) => [.. Column(table, $"{kind}_participation_ratio", 1).Select(e => e * Particles)];
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

    /// <summary>N.</summary>
    public double Particles { get; }

    /// <summary>L in units of a0: N^(1/d).</summary>
    public double BoxLength => Math.Pow(Particles, 1.0 / Dimension);

    /// <summary>The table's rows that are used.</summary>
    public int[] Kept { get; }

    /// <summary>Samples that failed.</summary>
    public int FailureCount { get; }

    /// <summary>Samples left out because their quartic or cubic mode did not converge.</summary>
    public int UnconvergedCount { get; }

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

    /// <summary>|U(4):.pi_4 pi_4 pi_4|/chi_4.</summary>
    public double[] FieldNorm { get; }

    /// <summary>The athermal shear modulus of every glass, also of those whose modes did not converge [energy/length^d, simulation units]; empty if none was computed.</summary>
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
            return [.. Enumerable.Range(0, Kept.Length).Select(k => planes.Min(plane => plane[k]))];
        }
    }

    /// <summary>The data of a table.</summary>
    /// <param name="table">One row per sample.</param>
    /// <param name="label">How legends call it.</param>
    public static StudyData Of(EnsembleTable table, string label) => new(table, label);

    /// <summary>f(a, b), element by element.</summary>
    public static double[] Each(double[] a, double[] b, Func<double, double, double> f) => [.. a.Zip(b, f)];

    private double[] StrainsOf(double[] coupling) =>
        [.. Enumerable.Range(0, Kept.Length).Select(k => Math.Pow(Frequency3[k], 4) / (2 * Cubic3[k] * Math.Abs(coupling[k])))];

    private double[] Column(EnsembleTable table, string name, double unit)
    {
        ReadOnlySpan<double> values = table.Numbers(name);
        double[] kept = new double[Kept.Length];
        for (int k = 0; k < kept.Length; k++)
            kept[k] = values[Kept[k]] / unit;
        return kept;
    }

    private static double[] Converged(EnsembleTable table)
    {
        double[] both = table.Numbers("quartic_converged").ToArray();
        ReadOnlySpan<double> cubic = table.Numbers("cubic_converged");
        for (int row = 0; row < both.Length; row++)
            both[row] = both[row] > 0 && cubic[row] > 0 ? 1 : 0;
        return both;
    }

    private static int Count(ReadOnlySpan<double> values, Predicate<double> condition)
    {
        int count = 0;
        foreach (double value in values)
            count += condition(value) ? 1 : 0;
        return count;
    }
}
