using FastNqe.Ensembles;
using Microsoft.Data.Sqlite;

namespace FastNqe.Tests.Ensembles;

/// <summary>Merging stores.</summary>
[TestFixture]
public sealed class MergeTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("fastnqe-merge-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void The_merged_table_is_that_of_one_shard_in_any_order_and_any_number_of_times()
    {
        Study study = SyntheticSource.Study(50) with { KeepModes = true, KeepGlasses = true };
        Run(study, "whole", 1);
        Run(study, "parts", 4);
        string[] shards = Directory.GetFiles(At("parts"), "*.sqlite");
        string reference = StoreContent.Of(Directory.GetFiles(At("whole"), "*.sqlite"));

        Assert.That(StoreMerge.Merge([At("parts")], At("a.sqlite")), Is.EqualTo(50));
        Assert.That(StoreMerge.Merge(shards.Reverse(), At("b.sqlite")), Is.EqualTo(50));
        Assert.That(StoreMerge.Merge([At("parts"), At("whole"), At("b.sqlite")], At("a.sqlite")), Is.EqualTo(50), "again, and with copies");
        Assert.That(StoreContent.Of(At("a.sqlite")), Is.EqualTo(reference));
        Assert.That(StoreContent.Of(At("b.sqlite")), Is.EqualTo(reference));
        Assert.That(StoreContent.Rows(At("a.sqlite"), "SELECT * FROM cost"), Has.Count.EqualTo(50));
        Assert.That(Directory.GetFiles(_folder, "*.part"), Is.Empty);
    }

    [Test]
    public void A_sample_that_succeeded_elsewhere_replaces_its_failure()
    {
        Study study = SyntheticSource.Study(20);
        Run(study, "good", 1);
        EnsembleRun.Run(study, At("bad"), new SyntheticSource(study) { Fails = sample => sample < 5 }, new RunOptions());
        StoreMerge.Merge([At("bad"), At("good")], At("bad first.sqlite"));
        StoreMerge.Merge([At("good"), At("bad")], At("good first.sqlite"));
        string reference = StoreContent.Of(Directory.GetFiles(At("good"), "*.sqlite"));
        Assert.That(StoreContent.Of(At("bad first.sqlite")), Is.EqualTo(reference));
        Assert.That(StoreContent.Of(At("good first.sqlite")), Is.EqualTo(reference));
    }

    [Test]
    public void Another_study_is_refused_and_the_target_left_alone()
    {
        Run(SyntheticSource.Study(20), "one", 1);
        Run(SyntheticSource.Study(20) with { Temperature = 1.5 }, "two", 1);
        StoreMerge.Merge([At("one")], At("m.sqlite"));
        byte[] before = File.ReadAllBytes(At("m.sqlite"));
        Assert.That(
            () => StoreMerge.Merge([At("two")], At("m.sqlite")),
            Throws.InstanceOf<StoreException>().With.Message.Contains("holds another study (temperature 2 there, 1.5 here)").Or.Message.Contains("temperature 1.5 there, 2 here"));
        Assert.That(() => StoreMerge.Merge([At("one"), At("two")], At("n.sqlite")), Throws.InstanceOf<StoreException>());
        Assert.That(File.ReadAllBytes(At("m.sqlite")), Is.EqualTo(before));
        Assert.That(File.Exists(At("n.sqlite")), Is.False);
    }

    [Test]
    public void The_journal_of_a_merge_that_was_killed_does_no_harm()
    {
        Run(SyntheticSource.Study(20), "one", 1);
        StoreMerge.Merge([At("one")], At("m.sqlite"));
        string before = StoreContent.Of(At("m.sqlite"));
        // Killed in the middle of a commit: the old pages of another file stand in the journal, to be played back.
        using (SqliteConnection connection = new($"Data Source={At("other.sqlite")};Pooling=False"))
        {
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "CREATE TABLE junk (x); WITH RECURSIVE k(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM k WHERE i < 5000) INSERT INTO junk SELECT randomblob(100) FROM k";
            command.ExecuteNonQuery();
            command.CommandText = "PRAGMA cache_size = 1; BEGIN; UPDATE junk SET x = randomblob(100)";
            command.ExecuteNonQuery();
            File.Copy(At("other.sqlite-journal"), At("m.sqlite.part-journal"));
        }
        Assert.That(StoreMerge.Merge([At("one")], At("m.sqlite")), Is.EqualTo(20));
        Assert.That(StoreContent.Of(At("m.sqlite")), Is.EqualTo(before));
        Assert.That(Directory.GetFiles(_folder, "m.sqlite.part*"), Is.Empty);
    }

    [Test]
    public void A_sample_with_two_different_results_is_refused()
    {
        Study study = SyntheticSource.Study(20);
        Run(study, "one", 1);
        Run(study, "two", 1);
        string changed = Directory.GetFiles(At("two"), "*.sqlite")[0];
        using (SqliteConnection connection = new($"Data Source={changed};Pooling=False"))
        {
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "UPDATE mode SET stiffness = 7 WHERE sample = 13 AND kind = 'quartic'";
            command.ExecuteNonQuery();
        }
        Assert.That(
            () => StoreMerge.Merge([At("one"), At("two")], At("m.sqlite")),
            Throws.InstanceOf<StoreException>().With.Message.Contains("sample 13 differs").And.Message.Contains("mode.stiffness"));
        Assert.That(File.Exists(At("m.sqlite")), Is.False);
    }

    [Test]
    public void A_shard_on_which_a_run_is_at_work_is_no_target_and_the_run_goes_on()
    {
        Study study = SyntheticSource.Study(30);
        string shard = Path.Combine(At("live"), ShardRange.Whole.FileName);
        Run(study, "other", 1);
        SyntheticSource source = new(study)
        {
            Analysed = sample =>
            {
                if (sample == 20)
                    Assert.That(
                        () => StoreMerge.Merge([At("live"), At("other")], shard),
                        Throws.InstanceOf<StoreException>().With.Message.StartsWith($"{shard}: another process works on this store (process {Environment.ProcessId} "));
            },
        };
        Assert.That(EnsembleRun.Run(study, At("live"), source, new RunOptions { Threads = 1 }), Has.Property("Done").EqualTo(30).And.Property("Failed").EqualTo(0));
        Assert.That(StoreMerge.Merge([At("live"), At("other")], shard), Is.EqualTo(30), "afterwards it is");
    }

    [Test]
    public void A_target_that_is_no_store_is_named_and_left_alone()
    {
        Run(SyntheticSource.Study(5), "one", 1);
        string text = new('x', 1000);
        File.WriteAllText(At("m.sqlite"), text);
        Assert.That(() => StoreMerge.Merge([At("one")], At("m.sqlite")), Throws.InstanceOf<StoreException>().With.Message.EqualTo($"{At("m.sqlite")}: the file is not a SQLite database"));
        Assert.That(File.ReadAllText(At("m.sqlite")), Is.EqualTo(text));
    }

    [Test]
    public void Nothing_to_merge_is_said()
    {
        Directory.CreateDirectory(At("empty"));
        Assert.That(() => StoreMerge.Merge([At("empty")], At("m.sqlite")), Throws.InstanceOf<StoreException>().With.Message.Contains("no store"));
        Assert.That(() => StoreMerge.Merge([At("missing")], At("m.sqlite")), Throws.InstanceOf<StoreException>().With.Message.Contains("no such store or folder"));
    }

    private string At(string name) => Path.Combine(_folder, name);

    private void Run(Study study, string name, int shards)
    {
        for (int shard = 1; shard <= shards; shard++)
            EnsembleRun.Run(study, At(name), new SyntheticSource(study), new RunOptions { Threads = 1, Shard = new ShardRange(shard, shards) });
    }
}
