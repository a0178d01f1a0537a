using FastNqe.Ensembles;
using FastNqe.Tests.Cli;
using static FastNqe.Tests.Cli.CommandLineRunner;

namespace FastNqe.Tests.Ensembles;

/// <summary>fastnqe ensemble, from the study to the report, on glasses that take milliseconds.</summary>
public sealed class EnsembleVerbTests : WithFolder
{
    /// <summary>A study of small glasses in the plane; equilibrated just enough not to be lattices.</summary>
    internal static readonly string[] Small =
    [
        "--model", "ipl-2d", "--particles", "100", "--temperature", "1", "--preparation", "instantaneous", "--equilibration-time", "3", "--spacing", "1",
        "--chain-length", "5", "--seed", "7", "--name", "small",
    ];

    [Test]
    public void From_options_to_the_report()
    {
        CommandResult run = Run(["ensemble", "run", .. Small, "--samples", "30", "--keep", "glasses", "modes", "-o", In("small"), "--threads", "2"]);
        Assert.That(run.Code, Is.AnyOf(0, 1), run.Error);
        Assert.That(run.Error, Does.Contain("30 of 30 samples"));

        CommandResult again = Run("ensemble", "run", "-o", In("small"));
        Assert.That(again.Error, Does.Contain("30 of 30 samples").And.Contain("0 made now"));

        CommandResult status = Run("ensemble", "status", In("small"));
        Assert.That(status.Output, Does.Match("small: (30|2\\d) of 30 samples").And.Match("quartic +\\d+ +\\d+"));

        CommandResult export = Run("ensemble", "export", In("small"), "--samples", In("s.csv"), "--modes", In("m.parquet"), "--vectors", In("xyz"));
        Assert.That(export.Code, Is.Zero, export.Error);
        Assert.That(File.ReadAllLines(In("s.csv")), Has.Length.EqualTo(31));
        Assert.That(ExtendedXyz.ReadFrames(Directory.GetFiles(In("xyz"))[0]).Count(), Is.EqualTo(3));

        CommandResult merge = Run("ensemble", "merge", In("small"), "-o", In("merged.sqlite"));
        Assert.That(merge.Code, Is.Zero, merge.Error);
        Assert.That(StoreContent.Of(In("merged.sqlite")), Is.EqualTo(StoreContent.Of(Directory.GetFiles(In("small"), "*.sqlite"))));

        CommandResult report = Run("ensemble", "report", In("merged.sqlite"), "-o", In("report"));
        Assert.That(report.Code, Is.Zero, report.Error);
        Assert.That(File.Exists(In("report/index.html")));
    }

    [Test]
    public void Real_glasses_are_the_same_for_any_threads_and_shards()
    {
        Run(["ensemble", "run", .. Small, "--samples", "15", "-o", In("one"), "--threads", "1"]);
        Run(["ensemble", "run", .. Small, "--samples", "15", "-o", In("two"), "--threads", "3"]);
        foreach (string shard in new[] { "2/2", "1/2" })
            Run(["ensemble", "run", .. Small, "--samples", "15", "-o", In("shards"), "--shard", shard, "--threads", "2"]);
        string reference = StoreContent.Of(Directory.GetFiles(In("one"), "*.sqlite"));
        Assert.That(reference.Split('\n').Count(row => row.StartsWith("glass", StringComparison.Ordinal)), Is.EqualTo(15));
        Assert.That(StoreContent.Of(Directory.GetFiles(In("two"), "*.sqlite")), Is.EqualTo(reference));
        Assert.That(StoreContent.Of(Directory.GetFiles(In("shards"), "*.sqlite")), Is.EqualTo(reference));
    }

    [Test]
    public void A_store_that_is_still_empty_is_passed_over()
    {
        Run(["ensemble", "run", .. Small, "--samples", "2", "-o", In("small")]);
        File.WriteAllBytes(In("small/shard-0002-of-0002.sqlite"), []);
        Assert.Multiple(() =>
        {
            Assert.That(Run("ensemble", "status", In("small")).Output, Does.Contain("2 of 2 samples"));
            Assert.That(Run("ensemble", "merge", In("small"), "-o", In("merged.sqlite")), Has.Property("Code").Zero);
            Assert.That(Run("ensemble", "export", In("small"), "--samples", In("s.csv")), Has.Property("Code").Zero);
            Assert.That(Run("ensemble", "run", "-o", In("small")).Error, Does.Contain("0 made now"));
            Assert.That(Run("ensemble", "status", In("small/shard-0002-of-0002.sqlite")), Has.Property("Code").EqualTo(2).And.Property("Error").Contains("the stores are empty"));
        });
    }

    [Test]
    public void Tasks_that_would_all_measure_the_same_are_warned_of()
    {
        string[] study = ["--model", "ipl-2d", "--particles", "100", "--temperature", "0.7", "--samples", "100", "--chain-length", "10", "--shards", "2"];
        Assert.That(Run(["ensemble", "slurm", .. study, "-o", In("a")]).Error, Does.Contain("warning: every task measures the relaxation time"));
        Assert.That(Run(["ensemble", "slurm", .. study, "--equilibration-time", "9", "--spacing", "3", "-o", In("b")]).Error, Does.Not.Contain("warning"));
    }

    [TestCase("--particles", "0")]
    [TestCase("--samples", "-1")]
    [TestCase("--chain-length", "0")]
    public void Counts_of_nothing_are_refused_by_name(string option, string value)
    {
        CommandResult result = Run("ensemble", "run", "--model", "ipl-2d", option, value, "-o", In("none"));
        Assert.That((result.Code, Directory.Exists(In("none"))), Is.EqualTo((2, false)));
        Assert.That(result.Error, Does.Contain($"{option} {value}: expected"));
    }

    [Test]
    public void More_shards_than_chains_are_warned_of_in_one_line()
    {
        CommandResult idle = Run(["ensemble", "run", .. Small, "--samples", "5", "-o", In("idle"), "--shard", "2/2"]);
        Assert.That(idle.Error, Does.Contain("warning: shards beyond number 1 of 2 have nothing to do, for chains of samples are shared out whole; --chain-length 2 gives"));
        CommandResult slurm = Run("ensemble", "slurm", "--study", "demo", "--shards", "64", "-o", In("slurm"));
        Assert.That((slurm.Code, slurm.Error.Split("warning: shards beyond number 16 of 64").Length), Is.EqualTo((0, 2)), slurm.Error);
        Assert.That(Run("ensemble", "slurm", "--study", "demo", "--shards", "16", "-o", In("busy")).Error, Does.Not.Contain("warning"));
    }

    // Poly-3d swaps diameters and can crystallise, ipl-2d neither.
    [TestCase("ipl-2d", 100)]
    [TestCase("poly-3d", 160)]
    public void Exported_glasses_say_how_they_were_made_and_are_made_again_to_the_bit(string model, int particles)
    {
        Run([
            "ensemble", "run", "--model", model, "--particles", $"{particles}", "--temperature", "1.3", "--preparation", "instantaneous", "--equilibration-time", "3", "--spacing", "1",
            "--chain-length", "2", "--seed", "7", "--name", "small", "--samples", "4", "-o", In("small")]);
        CommandResult export = Run("ensemble", "export", In("small"), "--glasses", In("glasses"), "--vectors", In("modes"));
        Assert.That(export.Code, Is.Zero, export.Error);
        string file = In("glasses/sample-000003.xyz");
        CommandResult again = Run("sample", "--like", file, "-o", In("again"));
        Assert.That(again.Code, Is.Zero, again.Error);
        Assert.That(again.Error, Does.Not.Contain("the glass was made by"));
        Configuration exported = Configuration.Read(file), made = Configuration.Read(Directory.GetFiles(In("again")).Single());
        EnsembleTable table = EnsembleTable.Samples([In("small")]);
        Assert.Multiple(() =>
        {
            Assert.That(made.Positions.ToArray(), Is.EqualTo(exported.Positions.ToArray()));
            Assert.That(made.Diameters.ToArray(), Is.EqualTo(exported.Diameters.ToArray()));
            Assert.That(exported.Properties.Where(pair => pair.Key != "study"), Is.EquivalentTo(made.Properties), "as sample says it");
            Assert.That((exported.Properties["study"], exported.Properties["sample"], exported.Properties["seed"]), Is.EqualTo(("small", "3", "7")));
            bool isPolydisperse = model == "poly-3d";
            Assert.That(table.Numbers("crystalline_share")[3], Is.EqualTo(isPolydisperse ? BondOrder.CrystallineShare(exported) : double.NaN));
            Assert.That(table.Numbers("swap_acceptance")[3], isPolydisperse ? Is.InRange(0.01, 0.9) : Is.NaN);
            ExtendedXyzFrame[] frames = [.. ExtendedXyz.ReadFrames(In("modes/sample-000003.xyz"))];
            foreach (ExtendedXyzFrame frame in frames)
                Assert.That(frame.Configuration.Properties, Is.SupersetOf(exported.Properties), "and the mode's own");
        });
    }

    [Test]
    public void Modes_in_four_dimensions_are_exported_as_fields()
    {
        ReferenceCase reference = ReferenceCase.Load("b05");
        Directory.CreateDirectory(In("files"));
        File.Copy(reference.ConfigurationPath, In("files/glass.txt"));
        Run("ensemble", "run", "--model", "ipl-4d", "--configurations", In("files"), "-o", In("store"));
        CommandResult export = Run("ensemble", "export", In("store"), "--vectors", In("modes"), "--samples", In("s.csv"));
        Assert.That(export.Code, Is.Zero, export.Error);
        Assert.That(Directory.GetFiles(In("modes")).Select(Path.GetFileName), Is.EquivalentTo(new[]
        {
            "sample-000000.txt", "sample-000000-harmonic-0.txt", "sample-000000-quartic-0.txt", "sample-000000-cubic-0.txt",
        }));
        InherentState glass = InherentState.At(GlassModel.Ipl4D.Complete(Configuration.Read(In("modes/sample-000000.txt"))), GlassModel.Ipl4D.Potential);
        double[] mode = DirectionFile.Read(In("modes/sample-000000-quartic-0.txt"), glass.ParticleCount, 4);
        double stiffness = EnsembleTable.Samples([In("store")]).Numbers("quartic_stiffness")[0];
        Assert.That(glass.Coefficients(mode).Stiffness, Is.EqualTo(stiffness).Within(1e-9 * stiffness));
    }

    [Test]
    public void Studies_are_listed_and_printed()
    {
        CommandResult list = Run("ensemble", "studies"), one = Run("ensemble", "studies", "ipl-4d-10000");
        Assert.That(list.Output, Does.Contain("ipl-3d-2048").And.Contain("320000").And.Contain("poly-0.35-8000"));
        Assert.That(Study.Parse(one.Output, "printed"), Is.EqualTo(ShippedStudies.Named("ipl-4d-10000")));
    }

    [Test]
    public void What_is_wrong_is_said_and_nothing_is_written()
    {
        string broken = Text("broken.json", "{", "  \"name\": \"x\",", "  \"temprature\": 1", "}");
        (string[] Words, string Complaint)[] cases =
        [
            (["run", broken], $"{broken}:3: unknown key \"temprature\""),
            (["run", In("none.json")], "none.json"),
            (["run"], "no study is given"),
            (["run", "--study", "ipl-9d"], "unknown study \"ipl-9d\""),
            (["run", "--particles", "100"], "--model is missing"),
            (["run", "--model", "ipl-2d", "--particles", "100"], "\"temperature\" is missing"),
            (["run", "--model", "ipl-2d", "--particles", "1", "--temperature", "1", "--samples", "5"], "particles is 1; expected an integer from 2"),
            (["run", "--study", "demo", "--shard", "3/2"], "\"3/2\"; expected I/K"),
            (["run", "--study", "demo", "--threads", "0"], "--threads 0"),
            (["run", "--study", "demo", "--keep", "forces"], "--keep forces"),
            (["run", "--study", "demo", "--preparation", "slow"], "--preparation slow"),
            (["slurm", "--study", "demo", "--shards", "0"], "the number of shards is 0"),
            (["slurm", "--shards", "4"], "no study is given"),
        ];
        Assert.Multiple(() =>
        {
            foreach ((string[] words, string complaint) in cases)
            {
                CommandResult result = Run(["ensemble", .. words, "-o", In("out")]);
                Assert.That(result.Code, Is.EqualTo(2), complaint);
                Assert.That(result.Error, Does.Contain(complaint).And.Not.Contain("fault of the program"));
                Assert.That(FilesLeft(), Is.EqualTo(new[] { "broken.json" }), complaint);
            }
            Assert.That(Run("ensemble", "status", In("nowhere")).Error, Does.Contain("no such store or folder"));
            Assert.That(Run("ensemble", "export", broken).Error, Does.Contain("nothing to export"));
            Assert.That(Run("ensemble", "export", broken, "--glasses", broken), Has.Property("Code").EqualTo(2).And.Property("Error").Contains("this is a file; expected a folder"));
            Assert.That(Run("ensemble", "report", broken, "-o", In("report")).Error, Does.Contain("not a SQLite database"));
        });
    }

    [Test]
    public void The_study_of_a_folder_may_grow_but_not_become_another()
    {
        Run(["ensemble", "run", .. Small, "--samples", "1", "-o", In("small")]);
        CommandResult result = Run("ensemble", "run", "-o", In("small"), "--seed", "5");
        Assert.That(result.Code, Is.EqualTo(2));
        Assert.That(result.Error, Does.Contain("holds another study (seed 7 there, 5 here); nothing was changed"));
        CommandResult grown = Run("ensemble", "run", "-o", In("small"), "--samples", "3");
        Assert.That(grown.Error, Does.Contain("3 of 3 samples").And.Contain("2 made now"));
        Assert.That(Run("ensemble", "status", In("small")).Output, Does.StartWith("small: "));
        Assert.That(Run("quench", In("none.xyz"), "--model", "ipl-2d", "-o", In("out.xyz")).Error, Does.StartWith("fastnqe quench: "));
    }

    [Test]
    public void A_box_too_small_is_refused_before_anything_runs()
    {
        CommandResult result = Run("ensemble", "run", "--model", "ipl-3d", "--particles", "20", "--temperature", "2", "--samples", "5", "--equilibration-time", "1", "--spacing", "1", "-o", In("out"));
        Assert.That(result.Code, Is.EqualTo(2));
        Assert.That(result.Error, Does.Contain("box").And.Match("\\d"));
    }
}
