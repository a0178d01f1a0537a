using System.Globalization;
using System.Text.Json;
using FastNqe.Ensembles;
using Parquet;
using Parquet.Schema;

namespace FastNqe.Tests.Ensembles;

/// <summary>Tables out of stores: CSV and Parquet read back to the same numbers, modes to the same vectors.</summary>
[TestFixture]
public sealed class TableTests
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fastnqe-tables-").FullName;

    [OneTimeSetUp]
    public void Run()
    {
        Study study = SyntheticSource.Study(40) with { KeepGlasses = true, KeepModes = true };
        for (int shard = 1; shard <= 3; shard++)
            EnsembleRun.Run(study, At("stores"), new SyntheticSource(study) { Fails = sample => sample == 17 }, new RunOptions { Shard = new ShardRange(shard, 3) });
    }

    [OneTimeTearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Shards_give_one_table_sorted_by_sample()
    {
        EnsembleTable samples = EnsembleTable.Samples([At("stores")]), modes = EnsembleTable.Modes([At("stores")]);
        Assert.Multiple(() =>
        {
            Assert.That(samples.Numbers("sample").ToArray(), Is.EqualTo(Enumerable.Range(0, 40).Select(sample => (double)sample)));
            Assert.That(modes.RowCount, Is.EqualTo(39 * 3));
            Assert.That(modes.Numbers("sample").ToArray(), Is.Ordered);
            Assert.That(double.IsNaN(samples.Numbers("quartic_stiffness")[17]));
            Assert.That(samples.Columns.Single(column => column.Name == "failure")[17], Is.EqualTo("InvalidOperationException: no; convergence"));
            Assert.That(samples.Columns.Single(column => column.Name == "quartic_end")[3], Is.EqualTo("converged"));
            Assert.That(samples.Columns.Select(column => column.Name), Does.Not.Contain("harmonic_end"));
            Assert.That(modes.Columns.Single(column => column.Name == "end")[1], Is.Null, "of the harmonic mode");
            Assert.That(samples.Numbers("cubic_nu_xz")[3], Is.EqualTo(-samples.Numbers("cubic_stiffness")[3]));
            Assert.That(() => samples.Numbers("omega").Length, Throws.ArgumentException.With.Message.Contains("\"omega\""));
        });
    }

    [Test]
    public void Csv_reads_back_to_the_same_numbers()
    {
        EnsembleTable table = EnsembleTable.Samples([At("stores")]);
        TableFile.Write(At("samples.csv"), table);
        string[][] rows = [.. File.ReadAllLines(At("samples.csv")).Select(line => line.Split(','))];
        Assert.That(rows[0], Is.EqualTo(table.Columns.Select(column => column.Name)));
        Assert.That(rows, Has.Length.EqualTo(41));
        for (int k = 0; k < table.Columns.Count; k++)
            for (int row = 0; row < 40; row++)
                Assert.That(rows[row + 1][k], Is.EqualTo(Convert.ToString(table.Columns[k][row], CultureInfo.InvariantCulture) ?? ""));
    }

    [Test]
    public async Task Parquet_reads_back_to_the_same_numbers()
    {
        EnsembleTable table = EnsembleTable.Samples([At("stores")]);
        TableFile.Write(At("samples.parquet"), table);
        await using ParquetReader reader = await ParquetReader.CreateAsync(At("samples.parquet"));
        Assert.That(reader.CustomMetadata["fastnqe.study"], Is.EqualTo(table.Study.ToJson()));
        using ParquetRowGroupReader group = reader.OpenRowGroupReader(0);
        DataField[] fields = reader.Schema.GetDataFields();
        Assert.That(fields.Select(field => field.Name), Is.EqualTo(table.Columns.Select(column => column.Name)));
        for (int k = 0; k < fields.Length; k++)
            Assert.That(await Values(group, fields[k], table.Columns[k].Kind, 40), Is.EqualTo(Enumerable.Range(0, 40).Select(row => table.Columns[k][row])), fields[k].Name);
    }

    [Test]
    public async Task Tables_say_study_protocol_and_version()
    {
        Study study = new() { Name = "plane", Model = "ipl-2d", Particles = 100, Temperature = 1, Samples = 1, ChainLength = 1, Preparation = Preparation.Instantaneous, EquilibrationTime = 3, Spacing = 1 };
        EnsembleRun.Run(study, At("plane"), SampleSource.Of(study), new RunOptions());
        StoreMerge.Merge([At("plane")], At("plane.sqlite"));
        EnsembleTable table = EnsembleTable.Samples([At("plane.sqlite")]);
        TableFile.Write(At("plane.csv"), table);
        TableFile.Write(At("plane.parquet"), table);
        JsonElement beside = JsonDocument.Parse(File.ReadAllText(At("plane.csv.json"))).RootElement;
        await using ParquetReader reader = await ParquetReader.CreateAsync(At("plane.parquet"));
        foreach (JsonElement protocol in new[] { beside.GetProperty("protocol"), JsonDocument.Parse(reader.CustomMetadata["fastnqe.protocol"]).RootElement })
            Assert.That(protocol.EnumerateObject().ToDictionary(pair => pair.Name, pair => pair.Value.GetString()), Is.EquivalentTo(SampleSource.Of(study).Protocol!), "of the liquids, merged or not");
        Assert.That(Study.Parse(beside.GetProperty("study").GetRawText(), "beside"), Is.EqualTo(study));
        Assert.That(beside.GetProperty("version").GetString(), Is.EqualTo(reader.CustomMetadata["fastnqe.version"]));
    }

    [Test]
    public void Kept_modes_are_written_with_their_glass()
    {
        Assert.That(ModeExport.Write([At("stores")], At("modes")), Is.EqualTo(39));
        ExtendedXyzFrame[] frames = [.. ExtendedXyz.ReadFrames(At(Path.Combine("modes", "sample-000005.xyz")))];
        EnsembleTable table = EnsembleTable.Samples([At("stores")]);
        double x = table.Numbers("quartic_stiffness")[5];
        Assert.That(frames.Select(frame => frame.Configuration.Properties["mode"]), Is.EqualTo(new[] { "harmonic", "quartic", "cubic" }));
        Assert.That(frames[1].Fields["displacement"], Is.EqualTo(Enumerable.Range(0, 48).Select(k => x + k)));
        Assert.That(frames[1].Configuration.Box, Is.EqualTo(Box.Cubic(3, 3)));
    }

    [Test]
    public void Kept_glasses_are_written_without_modes_too()
    {
        Assert.That(GlassExport.Write([At("stores")], At("glasses")), Is.EqualTo(39), "each once, but for the failure");
        Configuration glass = Configuration.Read(At(Path.Combine("glasses", "sample-000005.xyz")));
        Assert.That(glass.ParticleCount, Is.EqualTo(16));
        Assert.That(glass.Properties, Does.ContainKey("model").WithValue("ipl-3d").And.ContainKey("study").WithValue("synthetic").And.ContainKey("sample").WithValue("5"));
        Assert.That(glass.Properties["made_by"], Does.EndWith(" ensemble"), "not by a protocol: sample cannot make it again");
    }

    [Test]
    public void What_cannot_be_exported_is_said()
    {
        Study study = SyntheticSource.Study(3);
        EnsembleRun.Run(study, At("bare"), new SyntheticSource(study), new RunOptions());
        Assert.Multiple(() =>
        {
            Assert.That(() => ModeExport.Write([At("bare")], At("none")), Throws.InstanceOf<StoreException>().With.Message.Contains("\"keep\""));
            Assert.That(() => GlassExport.Write([At("bare")], At("none")), Throws.InstanceOf<StoreException>().With.Message.Contains("no glass in these stores"));
            Assert.That(() => TableFile.Write(At("table.xlsx"), EnsembleTable.Samples([At("bare")])), Throws.ArgumentException.With.Message.Contains(".csv or .parquet"));
            Assert.That(() => EnsembleTable.Samples([At("bare"), At("stores")]), Throws.Nothing, "the same study, more samples");
        });
    }

    private string At(string name) => Path.Combine(_folder, name);

    private static async Task<object?[]> Values(ParquetRowGroupReader group, DataField field, ValueKind kind, int rows)
    {
        if (kind == ValueKind.Text)
        {
            string?[] texts = new string?[rows];
            await group.ReadAsync(field, texts!);
            return texts;
        }
        if (kind == ValueKind.Whole)
        {
            long?[] integers = new long?[rows];
            await group.ReadAsync<long>(field, integers);
            return [.. integers.Select(value => (object?)value)];
        }
        double?[] numbers = new double?[rows];
        await group.ReadAsync<double>(field, numbers);
        return [.. numbers.Select(value => (object?)value)];
    }
}
