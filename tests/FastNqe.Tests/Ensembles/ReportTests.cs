using System.Globalization;
using System.Xml.Linq;
using FastNqe.Ensembles;
using SkiaSharp;

namespace FastNqe.Tests.Ensembles;

/// <summary>The report on samples drawn from known laws: it finds the laws, and its files are whole.</summary>
[Category("Once")]
public sealed class ReportTests
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fastnqe-report-").FullName;

    [OneTimeSetUp]
    public void Make()
    {
        foreach (int n in new[] { 400, 1600 })
        {
            Study study = new() { Name = $"plane-{n}", About = "drawn, not simulated <&>", Model = "ipl-2d", Particles = n, Temperature = 1, Samples = 3_000, ChainLength = 50, KeepModes = n == 400, KeepGlasses = n == 400 };
            if (n == 400)
                study = study with { Samples = 2_000 };
            EnsembleRun.Run(study, At(study.Name), new SoftSpotSource(study), new RunOptions());
        }
        EnsembleReport.Write([At("plane-400"), At("plane-1600")], At("report"));
    }

    [OneTimeTearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Every_figure_has_its_picture_its_drawing_and_its_numbers()
    {
        string[] names =
        [
            "fig2-quartic-coefficient", "fig4-participation", "fig5-convergence", "fig7-cubic-modes", "fig8-bound", "fig9-frequency-dependence",
            "frequencies", "barriers", "strains", "modes-soft-plane-400", "modes-typical-plane-400", "modes-hybridised-plane-400",
        ];
        Assert.Multiple(() =>
        {
            foreach (string name in names)
            {
                using SKBitmap picture = SKBitmap.Decode(At($"report/{name}.png"));
                Assert.That(picture.Pixels.Distinct().Count(), Is.GreaterThan(50), name);
                Assert.That(() => XDocument.Load(At($"report/{name}.svg")), Throws.Nothing, name);
            }
            foreach (string file in Directory.GetFiles(At("report"), "*.csv"))
                Assert.That(File.ReadAllLines(file), Has.Length.GreaterThan(2), file);
        });
    }

    [Test]
    public void The_page_holds_every_picture_and_only_links_to_files_that_are_there()
    {
        string page = File.ReadAllText(At("report/index.html"));
        string[] links = [.. page.Split("href=\"").Skip(1).Select(part => part[..part.IndexOf('"')])];
        Assert.Multiple(() =>
        {
            Assert.That(page.Split("src=\"data:image/png;base64,"), Has.Length.EqualTo(1 + 12));
            Assert.That(page, Does.Not.Contain("src=\"http").And.Not.Contain("<script"));
            Assert.That(page, Does.Contain("drawn, not simulated &lt;&amp;&gt;"));
            Assert.That(links, Has.Length.GreaterThan(20));
            Assert.That(links.Where(link => !File.Exists(At($"report/{link}"))), Is.Empty);
            string[] pictures = [.. Directory.GetFiles(At("report"), "*.png").Select(path => Path.GetFileName(path)!)];
            Assert.That(links, Is.SupersetOf(pictures), "every picture is linked beside its drawing and its numbers");
            Assert.That(page, Does.Contain("Not drawn for plane-1600: the store kept no sample"));
        });
    }

    [Test]
    public void The_numbers_of_a_picture_are_in_units_of_a0()
    {
        string[][] rows = Rows("modes-soft-plane-400");
        double unit = GlassModel.Named("ipl-2d").UnitLength;
        Assert.That(rows.Select(row => Number(row[3])), Is.All.EqualTo(1 / unit).Within(1e-9), "diameters of 1");
    }

    [Test]
    public void One_size_has_no_panel_of_growth_with_the_size_and_the_page_says_so()
    {
        EnsembleReport.Write([At("plane-400"), At("plane-400")], At("one-size"));
        string page = File.ReadAllText(At("one-size/index.html"));
        Assert.Multiple(() =>
        {
            Assert.That(page, Does.Contain("one size per ensemble, which says nothing about L").And.Contain("one size per ensemble, which says nothing about N"));
            Assert.That(PanelRows("one-size/fig5-convergence.svg"), Is.EqualTo(2), "for each distance two panels of counts and one of medians, three in a row");
            Assert.That(PanelRows("report/fig5-convergence.svg"), Is.EqualTo(3), "and f and g");
        });

        double PanelRows(string file) => Number(XDocument.Load(At(file)).Root!.Attribute("height")!.Value) / 340;
    }

    [Test]
    public void A_harmonic_mode_that_mixes_soft_spots_is_drawn_with_its_parts()
    {
        ReferenceCase reference = ReferenceCase.Load("b02");
        InherentState glass = InherentState.At(reference.Configuration, reference.Potential);
        Study study = SyntheticSource.Study(1) with { Name = "mixed", Particles = glass.ParticleCount, Cutoff = reference.Law.CutoffRatio, NonAdditivity = reference.Law.NonAdditivity, SmoothingOrder = reference.Law.SmoothingOrder };
        Eigenpair mixed = glass.LowestEigenpairs(2)[1];
        EnsembleRun.Run(study, At("mixed"), new OneGlassSource(glass, mixed), new RunOptions());
        EnsembleReport.Write([At("mixed")], At("mixed-report"));
        string[] head = File.ReadLines(At("mixed-report/modes-hybridised-mixed.csv")).First().Split(',');
        Assert.Multiple(() =>
        {
            Assert.That(head, Is.SupersetOf(new[] { "particle", "x", "diameter", "psi_x", "part1_x", "part2_z" }));
            Assert.That(File.ReadAllText(At("mixed-report/index.html")), Does.Contain("A hybridised harmonic mode and its parts"));
        });
    }

    [Test]
    public void A_value_far_out_does_not_stretch_the_axes_and_is_counted()
    {
        Study study = new() { Name = "far", Model = "ipl-2d", Particles = 400, Temperature = 1, Samples = 500, ChainLength = 50, Moduli = true };
        EnsembleRun.Run(study, At(study.Name), new SoftSpotSource(study) { FarOut = 3 }, new RunOptions());
        EnsembleReport.Write([At(study.Name)], At("far-report"));
        string page = File.ReadAllText(At("far-report/index.html"));
        Assert.That(page, Does.Contain("far ω₄").And.Contain("1 of 490 values far out and not drawn").And.Contain("1 of 499 values far out and not drawn"));
    }

    [Test]
    public void The_exponents_that_were_put_in_are_found()
    {
        foreach (string[] row in Rows("frequencies-fits").Where(row => row[0] is "omega4"))
        {
            Assert.That(Number(row[3]), Is.EqualTo(4).Within(4 * Number(row[4])), $"tail of {row[1]}");
            Assert.That(Number(row[7]), Is.EqualTo(4).Within(4 * Number(row[8])), $"Weibull of {row[1]}");
        }
        foreach (string[] row in Rows("barriers-fits"))
            Assert.That(Number(row[3]), Is.EqualTo(0.25).Within(4 * Number(row[4])), $"V_B of {row[1]}");
    }

    [Test]
    public void Moduli_stand_beside_those_of_the_paper()
    {
        Study study = new() { Name = "moduli", Model = "ipl-2d", Particles = 400, Temperature = 1, Samples = 200, ChainLength = 50, Moduli = true };
        EnsembleRun.Run(study, At(study.Name), new SoftSpotSource(study), new RunOptions());
        EnsembleReport.Write([At(study.Name)], At("moduli-report"));
        double[] g = [.. EnsembleTable.Samples([At(study.Name)]).Numbers("shear_modulus").ToArray().Where((_, sample) => sample != SoftSpotSource.NoModulus).Order()];
        double mean = g.Average(), error = Math.Sqrt(g.Sum(value => (value - mean) * (value - mean)) / (g.Length - 1.0) / g.Length);
        string[] row = File.ReadAllLines(At("moduli-report/moduli.csv"))[1].Split(',');
        Assert.Multiple(() =>
        {
            Assert.That(row[..3], Is.EqualTo(new[] { "moduli", "ipl-2d", "cooled" }), "the model's own preparation");
            Assert.That(Number(row[6]), Is.EqualTo(mean).Within(1e-12));
            Assert.That(Number(row[7]), Is.EqualTo(error).Within(1e-12));
            Assert.That(Number(row[8]), Is.EqualTo(g[99]).Within(1e-12));
            Assert.That(Number(row[11]), Is.EqualTo(15.8), "Table II");
            Assert.That(Number(row[12]), Is.EqualTo((mean - 15.8) / error).Within(1e-9));
        });
        Assert.That(File.Exists(At("report/moduli.csv")), Is.False, "studies without moduli");
    }

    [Test]
    public void Prefactors_grow_with_the_box_as_they_were_made()
    {
        string[][] rows = Rows("fig5-prefactors");
        // L doubles from 400 to 1600 particles in the plane.
        Assert.That(Number(rows[1][4]) / Number(rows[0][4]), Is.EqualTo(4).Within(10).Percent);
        Assert.That(Number(rows[1][7]) / Number(rows[0][7]), Is.EqualTo(16).Within(10).Percent);
        Assert.That(Number(rows[0][4]), Is.EqualTo(0.002 * 400).Within(10).Percent, "in the paper's units");
    }

    [Test]
    public void Modes_that_did_not_converge_are_left_out_and_counted()
    {
        EnsembleTable table = EnsembleTable.Samples([At("plane-400")]);
        StudyData data = StudyData.Of(table, "plane");
        Assert.That((data.SampleCount, data.FailureCount), Is.EqualTo((2_000, 0)));
        Assert.That((data.Count(ModeKind.Quartic), data.Count(ModeKind.Cubic)), Is.EqualTo((new ModeCount(2_000, 2_000, 0), new ModeCount(2_000, 1_960, 0))));
        Assert.That((data.Cubic3.Count(double.IsNaN), data.Overlap34.Count(double.IsNaN), data.Frequency4.Count(double.IsNaN)), Is.EqualTo((40, 40, 0)));
        Assert.That(File.ReadAllText(At("report/index.html")), Does.Contain("<td>2000</td><td>1960, 40 not converged</td>"));
        Assert.That(data.Frequency4.Max(), Is.LessThan(1), "in units of omega_0");
    }

    [Test]
    public void The_field_of_the_quartic_expansion_has_no_unit()
    {
        EnsembleTable table = EnsembleTable.Samples([At("plane-400")]);
        Assert.That(StudyData.Of(table, "plane").FieldNorm, Is.EqualTo(table.Numbers("quartic_quartic_field_norm").ToArray()));
        Assert.That(Rows("fig9a-medians").Select(row => Number(row[2])), Is.All.GreaterThan(1), "its part along the mode alone is 1");
        Assert.That(XDocument.Load(At("report/fig9-frequency-dependence.svg")).Root!.Value, Does.Contain("/χ₄").And.Not.Contain("/χ₄ ["));
    }

    [Test]
    public void The_share_beyond_the_bound_is_counted()
    {
        StudyData data = StudyData.Of(EnsembleTable.Samples([At("plane-400")]), "plane");
        int beyond = Enumerable.Range(0, data.Cubic3.Length).Count(k => Math.Pow(data.Cubic3[k], 2) > 3 * Math.Pow(data.Frequency3[k], 2) * data.Quartic3[k]);
        Assert.That(Rows("fig8-shares")[0][1], Is.EqualTo(beyond.ToString(CultureInfo.InvariantCulture)));
    }

    [TestCase(ModeKind.Quartic, new[] { "fig4-participation", "fig8-bound", "frequencies", "barriers", "strains" }, new[] { "fig2-quartic-coefficient", "fig5-convergence", "fig7-cubic-modes" })]
    [TestCase(ModeKind.Cubic, new[] { "fig2-quartic-coefficient", "fig4-participation", "fig5-convergence", "frequencies" }, new[] { "fig7-cubic-modes", "fig8-bound", "barriers", "strains" })]
    public void Without_one_kind_of_modes_the_rest_is_drawn_and_the_page_says_why(ModeKind undefined, string[] drawn, string[] missing)
    {
        Study study = new() { Name = $"no-{undefined}", Model = "ipl-2d", Particles = 400, Temperature = 1, Samples = 300, ChainLength = 50, KeepGlasses = true, KeepModes = true };
        EnsembleRun.Run(study, At(study.Name), new SoftSpotSource(study) { Undefined = undefined }, new RunOptions());
        EnsembleReport.Write([At(study.Name)], At($"{study.Name}-report"));
        string page = File.ReadAllText(At($"{study.Name}-report/index.html"));
        string why = $"none of 300 {undefined.ToString().ToLowerInvariant()} modes converged (300 undefined";
        Assert.Multiple(() =>
        {
            Assert.That(drawn.Where(name => !File.Exists(At($"{study.Name}-report/{name}.png"))), Is.Empty);
            Assert.That(missing.Where(name => File.Exists(At($"{study.Name}-report/{name}.png"))), Is.Empty);
            Assert.That(page.Split("<p>Not drawn: no study has numbers"), Has.Length.EqualTo(1 + missing.Length));
            Assert.That(page.Split(why), Has.Length.EqualTo(2 + missing.Length), "with every note, and once for the study");
            Assert.That(page, Does.Contain("<td>0, 300 undefined</td>"));
            Assert.That(page, Does.Contain("all converged (key"), "no picture of modes that are none");
            Assert.That(page, Does.Not.Contain(" NaN"));
        });
    }

    [Test]
    public void A_study_without_one_kind_of_modes_is_left_out_of_its_figures_beside_another()
    {
        Study study = new() { Name = "without", Model = "ipl-2d", Particles = 400, Temperature = 1, Samples = 300, ChainLength = 50 };
        EnsembleRun.Run(study, At(study.Name), new SoftSpotSource(study) { Undefined = ModeKind.Quartic }, new RunOptions());
        EnsembleReport.Write([At(study.Name), At("plane-1600")], At("beside"));
        Assert.Multiple(() =>
        {
            Assert.That(Studies("fig2-medians"), Is.EqualTo(new[] { "plane-1600" }));
            Assert.That(Studies("fig5-prefactors"), Is.EqualTo(new[] { "plane-1600" }));
            Assert.That(Studies("fig8-shares"), Is.EqualTo(new[] { "without", "plane-1600" }));
            Assert.That(File.ReadAllText(At("beside/index.html")), Does.Contain("Here none of 300 quartic modes converged"));
        });

        IEnumerable<string> Studies(string name) => File.ReadAllLines(At($"beside/{name}.csv")).Skip(1).Select(line => line.Split(',')[0]).Distinct();
    }

    [Test]
    public void An_ensemble_without_a_glass_is_refused()
    {
        Study study = SyntheticSource.Study(5);
        EnsembleRun.Run(study, At("failed"), new SyntheticSource(study) { Fails = _ => true }, new RunOptions());
        Assert.That(() => EnsembleReport.Write([At("failed")], At("nothing")), Throws.InstanceOf<StoreException>().With.Message.Contains("nothing to report"));
        Assert.That(() => EnsembleReport.Write([], At("nothing")), Throws.ArgumentException);
    }

    // A glass whose "lowest" harmonic mode is the given one.
    private sealed class OneGlassSource(InherentState glass, Eigenpair psi) : ISampleSource, ISampleChain
    {
        public int SampleCount => 1;

        public string Seed => "1";

        public ISampleChain Open(int chain) => this;

        public void Advance(IProgress<double> way, CancellationToken halt)
        {
        }

        public byte[]? Save() => null;

        public void Restore(byte[] state)
        {
        }

        public (SampleResult Result, SampleCost Cost) Analyse(int sample, CancellationToken halt)
        {
            QuarticMode quartic = QuarticMode.From(glass, psi.Vector);
            GlassRow row = new(glass.ParticleCount, 3, glass.Configuration.NumberDensity, "given", glass.Energy, glass.Pressure, glass.MaxForce, glass.PairCount, null);
            return (new SampleResult(0, 0, null, row, [Mode(ModeKind.Harmonic, psi.Stiffness, psi.Vector), Mode(ModeKind.Quartic, quartic.Stiffness, quartic.Direction), Mode(ModeKind.Cubic, quartic.Stiffness, quartic.Direction)])
            {
                Seed = Seed,
                Kept = glass.Configuration,
            }, default);
        }

        public void Dispose()
        {
        }

        private static ModeRow Mode(ModeKind kind, double stiffness, double[] vector) => new()
        {
            Kind = kind,
            Rank = 0,
            Stiffness = stiffness,
            Frequency = Math.Sqrt(stiffness),
            CubicCoefficient = 1,
            QuarticCoefficient = 1,
            ParticipationRatio = Participation.Ratio(vector, 3),
            Residual = 1e-9,
            Converged = true,
            Vector = vector,
        };
    }

    private string At(string name) => Path.Combine(_folder, name);

    private string[][] Rows(string name) => [.. File.ReadAllLines(At($"report/{name}.csv")).Skip(1).Select(line => line.Split(','))];

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
