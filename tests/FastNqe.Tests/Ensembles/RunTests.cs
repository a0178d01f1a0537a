using FastNqe.Ensembles;
using Microsoft.Data.Sqlite;

namespace FastNqe.Tests.Ensembles;

/// <summary>The run engine and its store: nothing lost, nothing twice, the same bits whatever the threads, shards and interruptions.</summary>
[TestFixture]
public sealed class RunTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("fastnqe-runs-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Any_number_of_threads_and_shards_gives_the_same_table()
    {
        Study study = SyntheticSource.Study(100) with { KeepGlasses = true, KeepModes = true };
        string reference = Made(study, "one", threads: 1);
        Assert.Multiple(() =>
        {
            Assert.That(reference.Split('\n'), Has.Length.EqualTo(100 * (1 + 3 + 1 + 3)));
            Assert.That(Made(study, "threads", threads: 5), Is.EqualTo(reference));
            Assert.That(Made(study, "shards", threads: 2, shards: 3), Is.EqualTo(reference));
            Assert.That(Made(study, "many shards", threads: 1, shards: 40), Is.EqualTo(reference), "more shards than chains");
        });
    }

    [Test]
    public void What_was_killed_in_the_middle_of_a_commit_can_be_read_at_once()
    {
        Study study = SyntheticSource.Study(20);
        string reference = Made(study, "whole", threads: 1);
        Directory.CreateDirectory(Folder("killed"));
        using (SqliteConnection writer = new($"Data Source={Store("whole")};Pooling=False"))
        {
            writer.Open();
            using SqliteCommand command = writer.CreateCommand();
            // So little memory for changes that they are on the disk before they are committed.
            command.CommandText = "PRAGMA cache_size = 1; BEGIN; DELETE FROM mode; DELETE FROM cost; DELETE FROM glass";
            command.ExecuteNonQuery();
            foreach (string suffix in (string[])["", "-journal"])
                File.Copy(Store("whole") + suffix, Store("killed") + suffix);
        }
        Assert.That(EnsembleStatus.Of([Folder("killed")]).Shards.Sum(shard => shard.Done), Is.EqualTo(20));
        Assert.That(Content("killed"), Is.EqualTo(reference));
    }

    [Test]
    public void A_stopped_run_goes_on_where_it_was()
    {
        Study study = SyntheticSource.Study(60);
        string reference = Made(study, "reference", threads: 1);
        List<int> analysed = [];
        for (int attempt = 0; attempt < 20; attempt++)
        {
            using CancellationTokenSource stop = new();
            int budget = 7;
            SyntheticSource source = new(study)
            {
                Analysed = sample =>
                {
                    lock (analysed)
                        analysed.Add(sample);
                    if (Interlocked.Decrement(ref budget) == 0)
                        stop.Cancel();
                },
            };
            EnsembleRun.Run(study, Folder("stopped"), source, new RunOptions { Threads = 2 }, stop.Token);
        }
        Assert.That(Content("stopped"), Is.EqualTo(reference));
        Assert.That(analysed.GroupBy(sample => sample).Max(group => group.Count()), Is.LessThanOrEqualTo(3), "finished samples are not made again");
    }

    [Test]
    public void Everything_finished_before_a_stop_is_committed()
    {
        Study study = SyntheticSource.Study(50, chainLength: 50);
        using CancellationTokenSource stop = new();
        SyntheticSource source = new(study)
        {
            Analysed = sample =>
            {
                if (sample == 20)
                    stop.Cancel();
            },
        };
        RunProgress progress = EnsembleRun.Run(study, Folder("stop"), source, new RunOptions { Threads = 1 }, stop.Token);
        Assert.That(progress.Done, Is.InRange(20, 21));
        Assert.That(StoreContent.Rows(Store("stop"), "SELECT sample FROM glass"), Has.Count.EqualTo(progress.Done));
    }

    [Test]
    public void A_stopped_chain_goes_on_from_its_kept_liquid()
    {
        Study study = SyntheticSource.Study(40, chainLength: 20);
        RunOptions careful = new() { Threads = 1, LiquidAtRisk = TimeSpan.Zero };
        using CancellationTokenSource stop = new();
        EnsembleRun.Run(study, Folder("kept"), new SyntheticSource(study) { Analysed = sample => Stop(sample == 12, stop) }, careful, stop.Token);
        int made = StoreContent.Rows(Store("kept"), "SELECT sample FROM glass").Count;
        Assert.That(StoreContent.Rows(Store("kept"), "SELECT chain, sample FROM chain_state"), Is.EqualTo(new[] { $"0|{made - 1}|" }));

        List<(int, int)> advanced = [];
        EnsembleRun.Run(study, Folder("kept"), new SyntheticSource(study) { Advanced = (chain, position) => advanced.Add((chain, position)) }, careful);
        Assert.That(advanced, Has.Count.EqualTo(40 - made), "no liquid is run again");
        Assert.That(Content("kept"), Is.EqualTo(Made(study, "undisturbed", threads: 1)));
        Assert.That(StoreContent.Rows(Store("kept"), "SELECT * FROM chain_state"), Is.Empty, "finished chains keep nothing");
    }

    [TestCase("ipl-2d", 100)]
    [TestCase("poly-3d", 160)]
    public void A_real_liquid_goes_on_to_the_bit(string model, int particles)
    {
        Study study = new()
        {
            Name = "real",
            Model = model,
            Particles = particles,
            Temperature = 1.3,
            Samples = 8,
            ChainLength = 8,
            Preparation = Preparation.Instantaneous,
            EquilibrationTime = 20,
            Spacing = 5,
        };
        EnsembleRun.Run(study, Folder("undisturbed"), SampleSource.Of(study), new RunOptions { Threads = 1 });
        RunOptions careful = new() { Threads = 1, LiquidAtRisk = TimeSpan.Zero };
        for (int attempt = 0; attempt < 8; attempt++)
        {
            using CancellationTokenSource stop = new();
            EnsembleRun.Run(study, Folder("stopped"), SampleSource.Of(study), careful with { Progress = progress => Stop(progress.MadeNow >= 1, stop) }, stop.Token);
        }
        Assert.That(Content("undisturbed").Split('\n').Count(row => row.StartsWith("glass", StringComparison.Ordinal)), Is.EqualTo(8));
        Assert.That(Content("stopped"), Is.EqualTo(Content("undisturbed")));
    }

    [TestCase("ipl-3d")]
    [TestCase("poly-3d")]
    public void A_liquid_that_is_not_yet_at_its_first_sample_is_kept_too(string model)
    {
        Study study = new()
        {
            Name = "long",
            Model = model,
            Particles = 160,
            Temperature = 1.3,
            Samples = 1,
            ChainLength = 1,
            Preparation = Preparation.Instantaneous,
            EquilibrationTime = 200,
            Spacing = 5,
        };
        EnsembleRun.Run(study, Folder("undisturbed"), SampleSource.Of(study), new RunOptions { Threads = 1 });
        RunOptions careful = new() { Threads = 1, LiquidAtRisk = TimeSpan.FromMilliseconds(20) };
        using (CancellationTokenSource stop = new())
        {
            // The progress is told once at the beginning, and then after every commit: of a liquid on its way.
            List<double?> ways = [];
            EnsembleRun.Run(study, Folder("stopped"), SampleSource.Of(study), careful with { Progress = progress => Watch(progress.Way) }, stop.Token);
            Assert.That(ways[0], Is.Null);
            Assert.That(ways[1..], Is.All.InRange(0.001, 0.999));
            Assert.That(ways[1..], Is.Ordered);

            void Watch(double? way)
            {
                ways.Add(way);
                Stop(ways.Count > 2, stop);
            }
        }
        Assert.That(StoreContent.Rows(Store("stopped"), "SELECT chain, sample FROM chain_state"), Is.EqualTo(new[] { "0|-1|" }), "before the first sample");
        Assert.That(StoreContent.Rows(Store("stopped"), "SELECT sample FROM glass"), Is.Empty);
        RunProgress end = EnsembleRun.Run(study, Folder("stopped"), SampleSource.Of(study), careful);
        Assert.That((end.Done, end.Way), Is.EqualTo((1, (double?)null)), "arrived");
        Assert.That(Content("stopped"), Is.EqualTo(Content("undisturbed")));
    }

    // No relaxation time of this liquid is known.
    private static readonly Study Unknown = new()
    {
        Name = "unknown",
        Model = "ipl-2d",
        Particles = 100,
        Temperature = 1.7,
        Samples = 4,
        ChainLength = 2,
        Preparation = Preparation.Instantaneous,
    };

    [Test]
    public void A_relaxation_time_is_measured_once_and_kept_with_the_whole_protocol()
    {
        EnsembleRun.Run(Unknown, Folder("kept"), SampleSource.Of(Unknown), new RunOptions { Threads = 1 });
        IReadOnlyDictionary<string, string> protocol = EnsembleTable.Samples([Folder("kept")]).Protocol!;
        Assert.That(protocol, Is.EquivalentTo(SampleSource.Of(Unknown).Protocol!), "measured again it is the same, to the bit");
        Assert.That(protocol.Keys, Is.SupersetOf(new[] { "made_by", "method", "relaxation_time", "equilibration_time", "spacing", "time_step", "potential", "cutoff" }));

        // What is in the store is taken, which no measurement would give.
        Change("kept", $"UPDATE study SET value = replace(value, '\"relaxation_time\":\"{protocol["relaxation_time"]}\"', '\"relaxation_time\":\"7\"') WHERE key = 'protocol'");
        Assert.That(SampleSource.Of(Unknown, Folder("kept")).Protocol, Does.ContainKey("equilibration_time").WithValue("140"));
        Assert.That(SampleSource.Of(Unknown with { Seed = 2 }, Folder("kept")).Protocol!["relaxation_time"], Is.Not.EqualTo("7"), "of another study");
    }

    [TestCase(2.0, "0.46")]
    [TestCase(1.5, null)]
    public void Stated_times_do_not_make_up_a_relaxation_time(double temperature, string? known)
    {
        Study study = new() { Name = "stated", Model = "ipl-3d", Particles = 160, Temperature = temperature, Samples = 1, EquilibrationTime = 1, Spacing = 0.5 };
        EnsembleRun.Run(study, Folder("stated"), SampleSource.Of(study), new RunOptions { Threads = 1 });
        Assert.That(EnsembleTable.Samples([Folder("stated")]).Protocol!.GetValueOrDefault("relaxation_time"), Is.EqualTo(known));
        Assert.That(SampleSource.Of(study, Folder("stated")).Protocol, Is.EquivalentTo(SampleSource.Of(study).Protocol!), "gone on with");
        Assert.That(KeptGlasses.EachOnce([Folder("stated")]).Select(kept => KeptGlasses.Read(kept.Store, kept.Sample).Properties.GetValueOrDefault("relaxation_time")), Is.EqualTo(new[] { known }));
    }

    [Test]
    public void With_a_measured_relaxation_time_shards_and_stops_still_give_the_same_table()
    {
        EnsembleRun.Run(Unknown, Folder("undisturbed"), SampleSource.Of(Unknown), new RunOptions { Threads = 1 });
        for (int attempt = 0; attempt < 4; attempt++)
        {
            using CancellationTokenSource stop = new();
            RunOptions options = new() { Threads = 1, Shard = new ShardRange(1 + attempt % 2, 2), Progress = progress => Stop(progress.MadeNow >= 1, stop) };
            EnsembleRun.Run(Unknown, Folder("stopped"), SampleSource.Of(Unknown, Folder("stopped")), options, stop.Token);
        }
        Assert.That(Content("stopped"), Is.EqualTo(Content("undisturbed")));
    }

    [Test]
    public void Liquids_of_another_protocol_are_refused_but_another_version_goes_on()
    {
        EnsembleRun.Run(Unknown, Folder("kept"), SampleSource.Of(Unknown), new RunOptions { Threads = 1 });
        Change("kept", "UPDATE study SET value = replace(value, 'made_by\":\"FastNqe', 'made_by\":\"FastNqe 0.0.0 before') WHERE key = 'protocol'");
        Assert.That(() => EnsembleRun.Run(Unknown, Folder("kept"), SampleSource.Of(Unknown, Folder("kept")), new RunOptions()), Throws.Nothing);
        Assert.That(EnsembleTable.Samples([Folder("kept")]).Protocol!["made_by"], Does.StartWith("FastNqe 0.0.0 before"), "the version that began");

        File.Copy(Store("kept"), Path.Combine(_folder, "copy.sqlite"));
        Change("kept", "UPDATE study SET value = replace(value, '\"method\":\"', '\"method\":\"another ') WHERE key = 'protocol'");
        const string Complaint = "its liquids were made by another protocol (method \"another MolecularDynamics\" there, \"MolecularDynamics\" here)";
        Assert.That(() => EnsembleRun.Run(Unknown, Folder("kept"), SampleSource.Of(Unknown, Folder("kept")), new RunOptions()), Throws.InstanceOf<StoreException>().With.Message.Contains(Complaint));
        Assert.That(
            () => StoreMerge.Merge([Path.Combine(_folder, "copy.sqlite"), Folder("kept")], Path.Combine(_folder, "merged.sqlite")), Throws.InstanceOf<StoreException>().With.Message.Contains(Complaint));
    }

    [TestCase("UPDATE chain_state SET state = x'00'")]
    [TestCase("UPDATE chain_state SET version = 'another'")]
    [TestCase("DELETE FROM glass WHERE sample = 3; DELETE FROM mode WHERE sample = 3")]
    public void A_kept_liquid_that_cannot_be_used_is_made_again(string damage)
    {
        Study study = SyntheticSource.Study(20, chainLength: 20);
        RunOptions careful = new() { Threads = 1, LiquidAtRisk = TimeSpan.Zero };
        using CancellationTokenSource stop = new();
        EnsembleRun.Run(study, Folder("damaged"), new SyntheticSource(study) { Analysed = sample => _ = sample == 12 ? Cancel(stop) : sample }, careful, stop.Token);
        Assert.That(Change("damaged", damage), Is.GreaterThan(0));
        int advanced = 0;
        EnsembleRun.Run(study, Folder("damaged"), new SyntheticSource(study) { Advanced = (_, _) => advanced++ }, careful);
        Assert.That(advanced, Is.EqualTo(20), "from the beginning");
        Assert.That(Content("damaged"), Is.EqualTo(Made(study, "undisturbed", threads: 1)));

        static int Cancel(CancellationTokenSource stop)
        {
            stop.Cancel();
            return 0;
        }
    }

    [Test]
    public void A_study_can_grow()
    {
        Made(SyntheticSource.Study(23), "grown", threads: 2);
        Assert.That(Made(SyntheticSource.Study(71), "grown", threads: 2), Is.EqualTo(Made(SyntheticSource.Study(71), "at once", threads: 1)));
        Assert.That(EnsembleStatus.Of([Folder("grown")]).Study.Samples, Is.EqualTo(71));
    }

    [Test]
    public void Samples_made_under_another_number_of_shards_are_not_made_again()
    {
        Study study = SyntheticSource.Study(40);
        EnsembleRun.Run(study, Folder("moved"), new SyntheticSource(study), new RunOptions { Shard = new ShardRange(1, 2) });
        List<int> analysed = [];
        EnsembleRun.Run(study, Folder("moved"), new SyntheticSource(study) { Analysed = analysed.Add }, new RunOptions { Threads = 1 });
        Assert.That(analysed.Select(study.ChainOf).Distinct(), Is.EqualTo(new[] { 1, 3, 5 }));
        Assert.That(Content("moved"), Is.EqualTo(Made(study, "reference", threads: 1)));
    }

    [Test]
    public void A_failure_is_recorded_with_reason_and_seed_and_stops_nothing()
    {
        Study study = SyntheticSource.Study(30);
        SyntheticSource source = new(study) { Fails = sample => sample % 10 == 3, Breaks = (chain, position) => chain == 3 && position == 5 };
        RunProgress progress = EnsembleRun.Run(study, Folder("failures"), source, new RunOptions { Threads = 2 });
        IReadOnlyList<SampleFailure> failures = EnsembleStatus.Of([Folder("failures")]).Failures;
        Assert.Multiple(() =>
        {
            Assert.That(progress, Has.Property("Done").EqualTo(30).And.Property("Failed").EqualTo(5));
            Assert.That(failures.Select(failure => failure.Sample), Is.EqualTo(new[] { 3, 13, 23, 26, 27 }));
            Assert.That(failures[0], Is.EqualTo(new SampleFailure(3, "1:0", "InvalidOperationException: no; convergence")));
            Assert.That(failures[^1], Is.EqualTo(new SampleFailure(27, "1:3", "the liquid run ended: InvalidOperationException: the liquid has frozen")));
        });
    }

    [Test]
    public void Modes_that_did_not_converge_are_counted_by_kind_each_once()
    {
        Study study = SyntheticSource.Study(30);
        SyntheticSource source = new(study)
        {
            Fails = sample => sample == 29,
            End = (sample, kind) => (kind, sample % 10) switch
            {
                (ModeKind.Harmonic, _) => null,
                (ModeKind.Quartic, 3) => SearchEnd.Undefined,
                (ModeKind.Quartic, 4) => SearchEnd.OutOfSweeps,
                (ModeKind.Cubic, 9) => SearchEnd.Stagnated,
                _ => SearchEnd.Converged,
            },
        };
        EnsembleRun.Run(study, Folder("ends"), source, new RunOptions());
        StoreMerge.Merge([Folder("ends")], Path.Combine(_folder, "merged.sqlite"));
        UnconvergedModes[] expected = [new(ModeKind.Harmonic, 0, 0), new(ModeKind.Quartic, 6, 3), new(ModeKind.Cubic, 2, 0)];
        Assert.Multiple(() =>
        {
            Assert.That(EnsembleStatus.Of([Folder("ends")]).Unconverged, Is.EqualTo(expected));
            Assert.That(EnsembleStatus.Of([Folder("ends"), Path.Combine(_folder, "merged.sqlite")]).Unconverged, Is.EqualTo(expected), "the same samples twice");
            Assert.That(
                StoreContent.Rows(Path.Combine(_folder, "merged.sqlite"), "SELECT kind, end, converged FROM mode WHERE sample = 14"),
                Is.EqualTo(new[] { "cubic|converged|1|", "harmonic|-|1|", "quartic|out-of-sweeps|0|" }));
        });
    }

    [Test]
    public void Moduli_that_did_not_converge_are_recorded_as_such_and_counted_each_once()
    {
        Study study = new() { Name = "moduli", Model = "ipl-2d", Particles = 400, Temperature = 1, Samples = 20, Moduli = true };
        EnsembleRun.Run(study, Folder("moduli"), new SoftSpotSource(study), new RunOptions());
        StoreMerge.Merge([Folder("moduli")], Path.Combine(_folder, "merged.sqlite"));
        Assert.That(EnsembleStatus.Of([Folder("moduli"), Path.Combine(_folder, "merged.sqlite")]).UnconvergedModuli, Is.EqualTo(1));
        Assert.That(StoreContent.Rows(Store("moduli"), "SELECT sample FROM glass WHERE shear_modulus_converged = 0"), Is.EqualTo(new[] { $"{SoftSpotSource.NoModulus}|" }));
        Assert.That(FastNqe.Cli.Output.StatusReport.Of(EnsembleStatus.Of([Folder("moduli")])).ModuliNotConverged, Is.EqualTo(1));
    }

    [Test]
    public void A_store_of_another_schema_is_refused()
    {
        Study study = SyntheticSource.Study(3);
        Made(study, "older", threads: 1);
        Change("older", "PRAGMA user_version = 1");
        Assert.That(() => EnsembleRun.Run(study, Folder("older"), new SyntheticSource(study), new RunOptions()), Throws.InstanceOf<StoreException>().With.Message.Contains("schema version 1"));
        Assert.That(() => EnsembleStatus.Of([Folder("older")]), Throws.InstanceOf<StoreException>().With.Message.Contains("schema version 1"));
    }

    [Test]
    public void Failures_are_tried_again_only_when_asked()
    {
        Study study = SyntheticSource.Study(30);
        EnsembleRun.Run(study, Folder("retry"), new SyntheticSource(study) { Fails = sample => sample < 4 }, new RunOptions());
        List<int> analysed = [];
        EnsembleRun.Run(study, Folder("retry"), new SyntheticSource(study) { Analysed = analysed.Add }, new RunOptions { Threads = 1 });
        Assert.That(analysed, Is.Empty);
        EnsembleRun.Run(study, Folder("retry"), new SyntheticSource(study) { Analysed = analysed.Add }, new RunOptions { Threads = 1, RetryFailures = true });
        Assert.That(analysed, Is.EqualTo(new[] { 0, 1, 2, 3 }));
        Assert.That(Content("retry"), Is.EqualTo(Made(study, "reference", threads: 1)));
    }

    [Test]
    public void Failures_that_are_tried_again_are_counted_as_status_counts_them()
    {
        Study study = SyntheticSource.Study(30);
        SyntheticSource bad = new(study) { Fails = sample => sample < 2 };
        RunOptions retry = new() { RetryFailures = true };
        Assert.Multiple(() =>
        {
            Assert.That(Counts(bad, new RunOptions()), Is.EqualTo((30, 2)));
            Assert.That(Counts(bad, new RunOptions()), Is.EqualTo((30, 2)), "kept");
            Assert.That(Counts(bad, retry), Is.EqualTo((30, 2)), "failed again");
            Assert.That(Counts(new SyntheticSource(study), retry with { Shard = new ShardRange(1, 5) }), Is.EqualTo((7, 0)), "repaired, in another store");
            Assert.That(Counts(bad, new RunOptions()), Is.EqualTo((30, 0)), "made elsewhere");
            Assert.That(EnsembleStatus.Of([Folder("counts")]).Failures, Is.Empty);
        });

        (int, int) Counts(ISampleSource source, RunOptions options)
        {
            RunProgress end = EnsembleRun.Run(study, Folder("counts"), source, options);
            return (end.Done, end.Failed);
        }
    }

    [Test]
    public void A_number_that_is_none_is_a_failure_and_not_a_result()
    {
        Study study = SyntheticSource.Study(5);
        EnsembleRun.Run(study, Folder("nan"), new NotANumberSource(study), new RunOptions());
        Assert.That(EnsembleStatus.Of([Folder("nan")]).Failures.Select(failure => failure.Reason), Is.All.EqualTo("the stiffness of the cubic mode is NaN"));
    }

    [Test]
    public void What_would_fail_every_sample_stops_the_run()
    {
        Study study = SyntheticSource.Study(30);
        SyntheticSource source = new(study) { Analysed = sample => _ = sample == 9 ? throw new DllNotFoundException("no libarpack") : sample };
        Assert.That(() => EnsembleRun.Run(study, Folder("library"), source, new RunOptions { Threads = 2 }), Throws.InstanceOf<DllNotFoundException>());
        Assert.That(EnsembleStatus.Of([Folder("library")]).Failures, Is.Empty);
    }

    [Test]
    public void The_second_run_on_a_shard_says_so_and_stops()
    {
        Study study = SyntheticSource.Study(10);
        Directory.CreateDirectory(Folder("twice"));
        using (ShardLock.Take(Store("twice")))
            Assert.That(
                () => EnsembleRun.Run(study, Folder("twice"), new SyntheticSource(study), new RunOptions()),
                Throws.InstanceOf<StoreException>().With.Message.Contains($"another process works on this store (process {Environment.ProcessId} on {Environment.MachineName}"));
        Assert.That(EnsembleRun.Run(study, Folder("twice"), new SyntheticSource(study), new RunOptions()).Done, Is.EqualTo(10));
    }

    [Test]
    public void Shards_of_two_divisions_are_not_worked_on_at_the_same_time()
    {
        Study study = SyntheticSource.Study(10);
        Directory.CreateDirectory(Folder("divided"));
        using (ShardLock.Take(Path.Combine(Folder("divided"), new ShardRange(1, 2).FileName)))
        {
            Assert.That(
                () => EnsembleRun.Run(study, Folder("divided"), new SyntheticSource(study), new RunOptions()),
                Throws.InstanceOf<StoreException>().With.Message.Contains("its samples are also those of shard 1/1"));
            EnsembleRun.Run(study, Folder("divided"), new SyntheticSource(study), new RunOptions { Shard = new(2, 2) });
        }
        Assert.That(EnsembleRun.Run(study, Folder("divided"), new SyntheticSource(study), new RunOptions()).Done, Is.EqualTo(10));
    }

    [Test]
    public void Another_study_in_the_folder_is_refused_and_left_alone()
    {
        Made(SyntheticSource.Study(10), "taken", threads: 1);
        string before = Content("taken");
        Study other = SyntheticSource.Study(10, seed: 2);
        foreach (ShardRange shard in new[] { ShardRange.Whole, new ShardRange(2, 3) })
            Assert.That(
                () => EnsembleRun.Run(other, Folder("taken"), new SyntheticSource(other), new RunOptions { Shard = shard }),
                Throws.InstanceOf<StoreException>().With.Message.Contains("holds another study (seed 1 there, 2 here)"));
        Assert.That(StoreContent.Of(Store("taken")), Is.EqualTo(before));
    }

    [Test]
    public void A_file_that_is_no_store_is_refused()
    {
        Study study = SyntheticSource.Study(10);
        Directory.CreateDirectory(Folder("strange"));
        File.WriteAllText(Store("strange"), "this is not a database, however one looks at it, and long enough to be sure of that........................................................");
        Assert.That(() => EnsembleRun.Run(study, Folder("strange"), new SyntheticSource(study), new RunOptions()), Throws.InstanceOf<StoreException>().With.Message.Contains("not a SQLite database"));
        File.Delete(Store("strange"));
        Change("strange", "CREATE TABLE birds (name TEXT)");
        Assert.That(() => EnsembleRun.Run(study, Folder("strange"), new SyntheticSource(study), new RunOptions()), Throws.InstanceOf<StoreException>().With.Message.Contains("not a store of an ensemble"));
    }

    [Test]
    public void Status_can_be_read_while_the_run_writes()
    {
        Study study = SyntheticSource.Study(300);
        int readings = 0;
        RunOptions options = new()
        {
            Threads = 2,
            Progress = progress =>
            {
                if (progress.MadeNow > 0 && readings++ < 5)
                    Assert.That(EnsembleStatus.Of([Folder("read")]).Done, Is.EqualTo(progress.Done));
            },
        };
        EnsembleRun.Run(study, Folder("read"), new SyntheticSource(study), options);
        Assert.That(readings, Is.GreaterThan(0));
        Assert.That(EnsembleStatus.Of([Folder("read")]), Has.Property("Done").EqualTo(300).And.Property("MeanCost").Property("QuarticSeconds").EqualTo(3));
    }

    [TestCase("1/1", 1, 1)]
    [TestCase("3/16", 3, 16)]
    public void Shards_are_written_as_they_are_read(string text, int index, int count)
    {
        Assert.That(ShardRange.Parse(text), Is.EqualTo(new ShardRange(index, count)));
        Assert.That(new ShardRange(index, count).ToString(), Is.EqualTo(text));
    }

    [TestCase("0/4")]
    [TestCase("5/4")]
    [TestCase("1")]
    [TestCase("a/b")]
    [TestCase("1/2/3")]
    [TestCase("-1/2")]
    [TestCase(" 1/2")]
    public void Shards_that_are_none_are_refused(string text) =>
        Assert.That(() => ShardRange.Parse(text), Throws.ArgumentException.With.Message.Contains($"\"{text}\"; expected I/K"));

    private static void Stop(bool now, CancellationTokenSource stop)
    {
        if (now)
            stop.Cancel();
    }

    private int Change(string name, string statement)
    {
        using SqliteConnection connection = new($"Data Source={Store(name)};Pooling=False;Foreign Keys=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = statement;
        return command.ExecuteNonQuery();
    }

    private string Folder(string name) => Path.Combine(_folder, name);

    private string Store(string name) => Path.Combine(Folder(name), ShardRange.Whole.FileName);

    private string Content(string name) => StoreContent.Of(Directory.GetFiles(Folder(name), "*.sqlite"));

    private string Made(Study study, string name, int threads, int shards = 1)
    {
        for (int shard = 1; shard <= shards; shard++)
            EnsembleRun.Run(study, Folder(name), new SyntheticSource(study), new RunOptions { Threads = threads, Shard = new ShardRange(shard, shards) });
        return Content(name);
    }

    private sealed class NotANumberSource(Study study) : ISampleSource
    {
        public int SampleCount => study.Samples;

        public ISampleChain Open(int chain) => new Chain(new SyntheticSource(study).Open(chain));

        private sealed class Chain(ISampleChain inner) : ISampleChain
        {
            public string Seed => inner.Seed;

            public void Advance(IProgress<double> way, CancellationToken halt) => inner.Advance(way, halt);

            public byte[]? Save() => inner.Save();

            public void Restore(byte[] state) => inner.Restore(state);

            public (SampleResult Result, SampleCost Cost) Analyse(int sample, CancellationToken halt)
            {
                (SampleResult result, SampleCost cost) = inner.Analyse(sample, halt);
                return (result with { Modes = [.. result.Modes.Select(mode => mode.Kind == ModeKind.Cubic ? mode with { Stiffness = double.NaN } : mode)] }, cost);
            }

            public void Dispose() => inner.Dispose();
        }
    }
}
