using System.Diagnostics;
using System.Text.Json;
using static FastNqe.Tests.Cli.CommandLineProcess;

namespace FastNqe.Tests.Cli;

[Platform("Unix")]
[Category("Once")]
public sealed class ProcessTests : WithFolder
{
    [Test]
    public void Data_go_to_standard_output_and_code_0_says_done()
    {
        CommandResult result = Shell("\"$@\"", "info");
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.Zero);
            Assert.That(result.Output, Does.StartWith("version"));
            Assert.That(result.Error, Is.Empty);
        });
    }

    [Test]
    public void An_error_is_one_line_on_standard_error_and_code_2()
    {
        CommandResult result = Shell("\"$@\"", "quench", In("none.xyz"), "--model", "ipl-3d", "-o", In("out.xyz"));
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(2));
            Assert.That(result.Output, Is.Empty);
            Assert.That(result.Error.TrimEnd().Split('\n'), Has.Length.EqualTo(1));
        });
    }

    [Test]
    public void A_reader_that_goes_away_is_not_an_error()
    {
        // Help is long enough, and the reader gone before it is written.
        CommandResult result = Shell("\"$@\" | true; echo ${PIPESTATUS[0]}", "--help");
        Assert.Multiple(() =>
        {
            Assert.That(result.Output.Trim(), Is.EqualTo("0"));
            Assert.That(result.Error, Is.Empty);
        });
    }

    [TestCase("\"$@\" --vectors /dev/full")]
    [TestCase("\"$@\" --json - >/dev/full")]
    public void A_full_disk_is_an_error(string script)
    {
        Assume.That(File.Exists("/dev/full"), Is.True, "there is no /dev/full");
        ReferenceCase reference = ReferenceCase.Load("a01");
        string direction = Path.Combine(Path.GetDirectoryName(reference.ConfigurationPath)!, "direction_extended.txt");
        CommandResult result = Shell(script, "coefficients", reference.ConfigurationPath, "--model", "ipl-2d", "--direction", direction);
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(2));
            Assert.That(result.Error, Does.Contain("No space left").IgnoreCase);
        });
    }

    [Test]
    public void A_glass_and_its_modes_have_the_same_bits_at_every_width()
    {
        string[] widths = [.. Enum.GetValues<SimdWidth>().Where(Simd.IsSupported).Select(width => width.ToString().ToLowerInvariant())];
        var made = new List<(string Glass, string Modes)>();
        foreach (string width in widths)
        {
            CommandResult sample = Shell($"{Simd.Variable}={width} \"$@\"", "sample", "--model", "ipl-3d", "--particles", "150", "--seed", "3", "-o", In(width));
            Assert.That(sample.Code, Is.Zero, sample.Error);
            string glass = sample.Output.Trim();
            CommandResult analysis = Shell($"{Simd.Variable}={width} \"$@\"", "analyze", glass, "--model", "ipl-3d", "--json", "-");
            Assert.That(analysis.Output, Does.Contain($"\"simd\": \"{width}\""), analysis.Error);
            made.Add((File.ReadAllText(glass), analysis.Output[..analysis.Output.IndexOf("\"provenance\"", StringComparison.Ordinal)]));
        }
        Assert.That(made.Distinct().Count(), Is.EqualTo(1), $"of {string.Join(", ", widths)}");
    }

    [Test]
    public void Progress_stays_silent_in_pipes()
    {
        CommandResult result = Shell("\"$@\"", "quench", ReferenceCase.Load("a04").ConfigurationPath, "--model", "ipl-3d", "-o", In("glass.xyz"));
        Assert.That(result.Error, Does.Not.Contain('\r'));
    }

    [Test]
    public void Interrupted_it_keeps_what_was_finished_and_leaves_nothing_half_written()
    {
        using Process process = Start("sample", "--model", "ipl-3d", "--particles", "100", "--count", "100000", "-o", Folder);
        string first = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException(process.StandardError.ReadToEnd());
        Interrupt(process);
        CommandResult result = Finish(process);
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(130));
            Assert.That(result.Error, Does.Contain("stopped"));
            string[] glasses = [.. FilesLeft().Where(name => !name.EndsWith(".state", StringComparison.Ordinal))];
            Assert.That(In(glasses[0]), Is.EqualTo(first));
            foreach (string file in glasses)
                Assert.That(Configuration.Read(In(file)).ParticleCount, Is.EqualTo(100), file);
        });
    }

    [Test]
    public void Interrupted_before_the_first_result_it_leaves_nothing_but_the_liquid()
    {
        using Process process = Start("sample", "--model", "ipl-3d", "--particles", "30000", "-o", In("glasses"));
        // The folder is made when the options were found right, just before the long work.
        while (!Directory.Exists(In("glasses")) && !process.HasExited)
            Thread.Sleep(20);
        Interrupt(process);
        CommandResult result = Finish(process);
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(130));
            Assert.That(Directory.EnumerateFileSystemEntries(In("glasses")).Select(Path.GetExtension), Is.All.EqualTo(".state"));
        });
    }

    [Test]
    public void Interrupted_a_search_keeps_all_that_it_found_or_leaves_nothing()
    {
        // A search of a thousand starts, of which the first lead to soft spots.
        string[] command = ["detect", ReferenceCase.Load("b03").ConfigurationPath, "--model", "ipl-3d", "--below", "2", "--patience", "100000", "--max-dipoles", "100000", "--json", In("d.json"), "--modes-out", In("d.xyz")];
        // Longer and longer, until something was found: how fast this machine is, nobody knows.
        for (TimeSpan wait = TimeSpan.FromSeconds(0.5); wait < TimeSpan.FromMinutes(1) && FilesLeft().Length == 0; wait *= 2)
        {
            using Process process = Start(command);
            Thread.Sleep(wait);
            Interrupt(process);
            CommandResult result = Finish(process);
            Assert.That(result.Code, Is.EqualTo(130), result.Error);
            Assert.That(result.Error, Does.Contain("stopped"));
        }
        Assert.That(FilesLeft(), Is.EqualTo(new[] { "d.json", "d.xyz" }));
        JsonElement json = JsonDocument.Parse(File.ReadAllBytes(In("d.json"))).RootElement;
        Assert.That(json.GetProperty("exhausted").GetBoolean(), Is.False);
        Assert.That(json.GetProperty("spots").GetArrayLength(), Is.Positive.And.EqualTo(ExtendedXyz.ReadFrames(In("d.xyz")).Count()));
    }
}
