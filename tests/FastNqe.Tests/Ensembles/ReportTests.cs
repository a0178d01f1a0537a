using System.Globalization;
using System.Xml.Linq;
using FastNqe.Ensembles;
using SkiaSharp;

namespace FastNqe.Tests.Ensembles;

/// <summary>The report on samples drawn from known laws: it finds the laws, and its files are whole.</summary>
[TestFixture]
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
            "frequencies", "barriers", "strains", "modes-soft", "modes-typical", "modes-hybridised",
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
        });
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
        double[] g = [.. EnsembleTable.Samples([At(study.Name)]).Numbers("shear_modulus").ToArray().Order()];
        double mean = g.Average(), error = Math.Sqrt(g.Sum(value => (value - mean) * (value - mean)) / (g.Length - 1.0) / g.Length);
        string[] row = File.ReadAllLines(At("moduli-report/moduli.csv"))[1].Split(',');
        Assert.Multiple(() =>
        {
            Assert.That(row[..3], Is.EqualTo(new[] { "moduli", "ipl-2d", "cooled" }), "the model's own preparation");
            Assert.That(Number(row[6]), Is.EqualTo(mean).Within(1e-12));
            Assert.That(Number(row[7]), Is.EqualTo(error).Within(1e-12));
            Assert.That(Number(row[8]), Is.EqualTo((g[99] + g[100]) / 2).Within(1e-12));
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
        Assert.That((data.Kept.Length, data.UnconvergedCount, data.FailureCount), Is.EqualTo((1_960, 40, 0)));
        Assert.That(data.Frequency4.Max(), Is.LessThan(1), "in units of omega_0");
    }

    [Test]
    public void The_share_beyond_the_bound_is_counted()
    {
        StudyData data = StudyData.Of(EnsembleTable.Samples([At("plane-400")]), "plane");
        int beyond = Enumerable.Range(0, data.Kept.Length).Count(k => Math.Pow(data.Cubic3[k], 2) > 3 * Math.Pow(data.Frequency3[k], 2) * data.Quartic3[k]);
        Assert.That(Rows("fig8-shares")[0][1], Is.EqualTo(beyond.ToString(CultureInfo.InvariantCulture)));
    }

    [Test]
    public void An_ensemble_without_a_converged_mode_is_refused()
    {
        Study study = SyntheticSource.Study(5);
        EnsembleRun.Run(study, At("failed"), new SyntheticSource(study) { Fails = _ => true }, new RunOptions());
        Assert.That(() => EnsembleReport.Write([At("failed")], At("nothing")), Throws.InstanceOf<StoreException>().With.Message.Contains("nothing to report"));
        Assert.That(() => EnsembleReport.Write([], At("nothing")), Throws.ArgumentException);
    }

    private string At(string name) => Path.Combine(_folder, name);

    private string[][] Rows(string name) => [.. File.ReadAllLines(At($"report/{name}.csv")).Skip(1).Select(line => line.Split(','))];

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
