using FastNqe.Ensembles;

namespace FastNqe.Tests.Ensembles;

/// <summary>Reference glasses analysed as an ensemble of files: every number of a row is the independent code's.</summary>
[TestFixture]
public sealed class ReferenceEnsembleTests
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fastnqe-files-").FullName;

    [OneTimeTearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase("b01", "ipl-2d")]
    [TestCase("b02", "ipl-3d")]
    [TestCase("b05", "ipl-4d")]
    public void A_glass_from_a_file_has_the_reference_numbers(string name, string model)
    {
        ReferenceCase reference = ReferenceCase.Load(name);
        EnsembleTable table = Analysed(reference, new Study { Name = name, Model = model, Configurations = Folder(reference), ChainLength = 1, Moduli = true, HarmonicModes = 3 });
        int n = reference.Configuration.ParticleCount;
        Assert.Multiple(() =>
        {
            reference.AssertFigure("configuration/U", One(table, "energy"));
            reference.AssertFigure("configuration/pressure", One(table, "pressure"));
            reference.AssertFigure("configuration/pairs", One(table, "pairs"));
            reference.AssertFigure("elasticity/G_mean_over_planes", One(table, "shear_modulus"));
            reference.AssertFigure("harmonic/omega2_squared", One(table, "harmonic_stiffness"));
            foreach ((string mode, string prefix) in new[] { ("pi4", "quartic"), ("pi3", "cubic") })
            {
                string path = $"modes/{mode}/as_result_of_minimisation";
                reference.AssertFigure($"{path}/kappa", One(table, $"{prefix}_stiffness"));
                reference.AssertFigure($"{path}/abs_tau", Math.Abs(One(table, $"{prefix}_cubic_coefficient")));
                reference.AssertFigure($"{path}/chi", One(table, $"{prefix}_quartic_coefficient"));
                reference.AssertFigure($"{path}/Ne", n * One(table, $"{prefix}_participation_ratio"));
                reference.AssertFigure($"{path}/cost", One(table, $"{prefix}_energy"));
            }
            Assert.That(One(table, "quartic_overlap_harmonic"), Is.EqualTo(Math.Abs(Dot(reference.Mode("psi"), reference.Mode("pi4")))).Within(1e-6));
            Assert.That(One(table, "cubic_overlap_quartic"), Is.EqualTo(Math.Abs(Dot(reference.Mode("pi4"), reference.Mode("pi3")))).Within(1e-6));
            Assert.That(One(table, "quartic_quartic_field_norm"), Is.EqualTo(reference.Figure("modes/pi4/norm_U4zzz").Value / reference.Figure("modes/pi4/chi").Value).Within(1e-5).Percent);
        });
    }

    [TestCase("b01", "ipl-2d", "xy")]
    [TestCase("b02", "ipl-3d", "xy", "xz", "yz")]
    [TestCase("b05", "ipl-4d", "xy", "xz", "yz", "xw", "yw", "zw")]
    public void Couplings_stand_in_the_column_of_their_plane(string name, string model, params string[] planes)
    {
        ReferenceCase reference = ReferenceCase.Load(name);
        EnsembleTable table = Analysed(reference, new Study { Name = name, Model = model, Configurations = Folder(reference), ChainLength = 1 });
        foreach (string plane in planes)
            Assert.That(Math.Abs(One(table, $"cubic_nu_{plane}")), Is.EqualTo(Math.Abs(reference.Figure($"elasticity/nu3/{plane}").Value)).Within(1e-4).Percent, plane);
        Assert.That(StoreSchema.Planes.Count(plane => !double.IsNaN(One(table, $"cubic_nu_{plane}"))), Is.EqualTo(planes.Length));
    }

    [Test]
    public void Of_seven_cubic_modes_the_softest_is_kept_and_all_are_recorded()
    {
        ReferenceCase reference = ReferenceCase.Load("b06");
        Study study = new() { Name = "b06", Model = "poly-3d", Configurations = Folder(reference), ChainLength = 1, CubicStarts = CubicStarts.NonAffine };
        Analysed(reference, study);
        EnsembleTable modes = EnsembleTable.Modes([Path.Combine(_folder, "b06-store")]);
        TableColumn kind = modes.Columns.Single(column => column.Name == "kind"), start = modes.Columns.Single(column => column.Name == "start");
        int[] cubic = [.. Enumerable.Range(0, modes.RowCount).Where(row => (string)kind[row]! == "cubic")];
        Assert.Multiple(() =>
        {
            Assert.That(cubic, Has.Length.EqualTo(7));
            Assert.That(cubic.Select(row => modes.Numbers("rank")[row]), Is.EqualTo(Enumerable.Range(0, 7).Select(rank => (double)rank)));
            double[] stiffness = [.. cubic.Select(row => modes.Numbers("stiffness")[row])];
            Assert.That(stiffness.Skip(1).Zip(stiffness, (next, before) => next / before), Is.All.GreaterThan(1 - 1e-8), "but for rounding");
            Assert.That((string)start[cubic[0]]!, Is.EqualTo("pi4"), "several shears lead to this mode, and come later");
            Assert.That(cubic.Select(row => (string)start[row]!), Is.EqualTo(Ranked(reference)));
            Assert.That(cubic.Select(row => (string)start[row]!).Distinct().Count(), Is.EqualTo(7));
            int fromQuartic = cubic.Single(row => (string)start[row]! == "pi4");
            reference.AssertFigure("modes/pi3/as_result_of_minimisation/kappa", modes.Numbers("stiffness")[fromQuartic]);
        });
    }

    [TestCase(50_000, true)]
    [TestCase(3, false)]
    public void A_modulus_says_whether_its_solves_converged(int sweeps, bool converged)
    {
        ReferenceCase reference = ReferenceCase.Load("b01");
        Study study = new() { Name = "b01", Model = "ipl-2d", Configurations = "none", ChainLength = 1, Moduli = true };
        GlassAnalysis analysis = new(study, SampleSource.Model(study), new LinearSolveOptions { MaxSweeps = sweeps });
        GlassRow glass = analysis.Run(0, default, SampleSource.Model(study).Complete(reference.Configuration), quench: false, default).Result.Glass!;
        Assert.That((glass.ShearModulus is not null, glass.ShearModulusConverged), Is.EqualTo((true, (bool?)converged)));
    }

    [Test]
    public void A_file_that_is_no_glass_is_a_failure_that_says_why()
    {
        string folder = Directory.CreateDirectory(Path.Combine(_folder, "mixed")).FullName;
        File.Copy(ReferenceCase.Load("b01").ConfigurationPath, Path.Combine(folder, "a.xyz"));
        File.Copy(ReferenceCase.Load("a03").ConfigurationPath, Path.Combine(folder, "b.xyz"));
        File.WriteAllText(Path.Combine(folder, "c.xyz"), "2\nnonsense\n");
        Study study = new() { Name = "mixed", Model = "ipl-2d", Configurations = folder, ChainLength = 1 };
        RunProgress end = EnsembleRun.Run(study, Path.Combine(_folder, "mixed-store"), SampleSource.Of(study), new RunOptions());
        IReadOnlyList<SampleFailure> failures = EnsembleStatus.Of([Path.Combine(_folder, "mixed-store")]).Failures;
        Assert.Multiple(() =>
        {
            Assert.That(end, Has.Property("Wanted").EqualTo(3).And.Property("Failed").EqualTo(2));
            Assert.That(failures[0].Reason, Does.Contain("not at mechanical equilibrium"));
            Assert.That(failures[1].Reason, Does.Contain("c.xyz:"));
            Assert.That(StoreContent.Rows(Path.Combine(_folder, "mixed-store", ShardRange.Whole.FileName), "SELECT source FROM glass WHERE failure IS NULL"), Is.EqualTo(new[] { "a.xyz|" }));
        });
    }

    [Test]
    public void A_folder_without_enough_configurations_is_refused()
    {
        Study study = new() { Name = "none", Model = "ipl-2d", Configurations = Path.Combine(_folder, "nowhere"), ChainLength = 1 };
        Assert.That(() => SampleSource.Of(study), Throws.ArgumentException.With.Message.Contains("does not exist"));
        string folder = Directory.CreateDirectory(Path.Combine(_folder, "empty")).FullName;
        Assert.That(() => SampleSource.Of(study with { Configurations = folder }), Throws.ArgumentException.With.Message.Contains("has 0 configurations"));
    }

    // What the library says itself, from the same harmonic mode.
    private static IEnumerable<string> Ranked(ReferenceCase reference)
    {
        InherentState glass = InherentState.At(reference.Configuration, reference.Potential);
        QuarticMode quartic = QuarticMode.From(glass, glass.LowestEigenpairs(1, new EigenpairOptions { Seed = 1 })[0].Vector);
        return SevenStarts.From(glass, quartic).Ranked.Select(start => start.Start);
    }

    // A folder with nothing but the case's configuration.
    private string Folder(ReferenceCase reference)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_folder, reference.Name)).FullName;
        File.Copy(reference.ConfigurationPath, Path.Combine(folder, Path.GetFileName(reference.ConfigurationPath)), overwrite: true);
        return folder;
    }

    private EnsembleTable Analysed(ReferenceCase reference, Study study)
    {
        string store = Path.Combine(_folder, $"{study.Name}-store");
        if (Directory.Exists(store))
            Directory.Delete(store, recursive: true);
        RunProgress end = EnsembleRun.Run(study, store, SampleSource.Of(study), new RunOptions { Threads = 1 });
        Assert.That(end, Has.Property("Done").EqualTo(1).And.Property("Failed").EqualTo(0), () => EnsembleStatus.Of([store]).Failures[0].Reason);
        Assert.That(reference.Configuration.Dimension, Is.EqualTo(GlassModel.Named(study.Model).Dimension));
        return EnsembleTable.Samples([store]);
    }

    private static double One(EnsembleTable table, string column) => table.Numbers(column)[0];

    private static double Dot(double[] left, double[] right) => left.Zip(right, (a, b) => a * b).Sum();
}
