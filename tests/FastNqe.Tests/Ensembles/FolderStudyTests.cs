using FastNqe.Ensembles;
using FastNqe.Tests.Cli;
using static FastNqe.Tests.Cli.CommandLineRunner;

namespace FastNqe.Tests.Ensembles;

/// <summary>Studies of glasses from files, while files come and go.</summary>
public sealed class FolderStudyTests : WithFolder
{
    private const string NoGlass = "2\nnonsense\n";

    [Test]
    public void Samples_keep_their_file_and_new_files_are_analysed_once()
    {
        Glass("b.xyz");
        File.WriteAllText(In("glasses/c.xyz"), NoGlass);
        Glass("d.xyz");
        Analyse();
        Assert.That(Sources(), Is.EqualTo(new[] { "0|b.xyz|", "1|c.xyz|", "2|d.xyz|" }));

        Glass("aaa.xyz");
        Glass("c.xyz");
        File.Delete(In("glasses/b.xyz"));
        CommandResult grown = Analyse("--retry-failures");
        Assert.Multiple(() =>
        {
            Assert.That(grown.Error, Does.Contain("4 of 4 samples").And.Contain("2 made now"));
            Assert.That(Sources(), Is.EqualTo(new[] { "0|b.xyz|", "1|c.xyz|", "2|d.xyz|", "3|aaa.xyz|" }));
            Assert.That(Analyse().Error, Does.Contain("4 of 4 samples").And.Contain("0 made now"));
        });
    }

    [Test]
    public void Every_ending_that_configurations_have_is_looked_for()
    {
        string[] names = [.. ConfigurationFile.Endings.Select((ending, k) => $"{k}{ending}")];
        foreach (string name in names)
            File.WriteAllText(In($"glasses/{name}"), NoGlass);
        File.WriteAllText(In("glasses/notes.md"), NoGlass);
        Analyse();
        Assert.That(Sources(), Is.EqualTo(names.Select((name, k) => $"{k}|{name}|")));
    }

    [Test]
    public void A_file_that_went_before_it_was_analysed_leaves_a_failure_and_its_number_is_not_given_again()
    {
        NumberedFiles files = new(["new.xyz", "b.xyz"], new Dictionary<int, string?> { [0] = "b.xyz", [1] = null, [3] = "gone.xyz" });
        Assert.That((files.Count, files[0], files[1], files[2], files[3]), Is.EqualTo((4, "b.xyz", (string?)null, "new.xyz", "gone.xyz")));
    }

    [SetUp]
    public void MakeGlasses() => Directory.CreateDirectory(In("glasses"));

    private void Glass(string name) => File.Copy(ReferenceCase.Load("b01").ConfigurationPath, In($"glasses/{name}"), overwrite: true);

    private CommandResult Analyse(params string[] options) =>
        Run(["ensemble", "run", Text("study.json", $$"""{"name": "files", "model": "ipl-2d", "configurations": "{{In("glasses")}}"}"""), "-o", In("store"), "--threads", "2", .. options]);

    private List<string> Sources() => StoreContent.Rows(In($"store/{ShardRange.Whole.FileName}"), "SELECT sample, source FROM glass ORDER BY sample");
}
