using System.Text.RegularExpressions;
using FastNqe.Cli;

namespace FastNqe.Tests;

/// <summary>What the README says is so.</summary>
[NonParallelizable]
public sealed partial class ReadmeTests
{
    private static readonly string Readme = File.ReadAllText(Repository.At("README.md"));

    [Test]
    public void The_program_is_the_one_that_is_compiled_here()
    {
        const string Indent = "        ";
        string compiled = string.Join('\n', File.ReadLines(Repository.At("tests", "FastNqe.Tests", "ReadmeProgram.cs"))
            .SkipWhile(line => line.Trim() != "// begin").Skip(1)
            .TakeWhile(line => line.Trim() != "// end")
            .Select(line => line.StartsWith(Indent, StringComparison.Ordinal) ? line[Indent.Length..] : line));
        Assert.That(Block("csharp"), Is.EqualTo($"using FastNqe;\n\n{compiled}\n"));
    }

    [Test]
    public void The_program_runs_and_prints_four_numbers()
    {
        using var output = new StringWriter();
        TextWriter console = Console.Out;
        string before = Environment.CurrentDirectory;
        string folder = Directory.CreateTempSubdirectory("fastnqe-").FullName;
        try
        {
            File.Copy(ReferenceCase.Load("a04").ConfigurationPath, Path.Combine(folder, "sample.xyz"));
            Environment.CurrentDirectory = folder;
            Console.SetOut(output);
            ReadmeProgram.Run();
        }
        finally
        {
            Console.SetOut(console);
            Environment.CurrentDirectory = before;
            Directory.Delete(folder, recursive: true);
        }
        double[] numbers = [.. output.ToString().Split(' ').Select(double.Parse)];
        Assert.That(numbers, Has.Length.EqualTo(4).And.All.GreaterThan(0));
        // The quartic and cubic modes are stiffer than the softest normal mode, which is the softest direction there is.
        Assert.That(numbers[1..3], Is.All.GreaterThanOrEqualTo(numbers[0] * (1 - 1e-9)));
    }

    [Test]
    public void Every_command_line_in_it_parses()
    {
        string[] lines = [.. Command().Matches(Readme).Select(match => match.Groups[1].Value)];
        Assert.That(lines, Is.Not.Empty);
        Assert.Multiple(() =>
        {
            foreach (string line in lines)
                Assert.That(CommandLine.Root().Parse(line).Errors, Is.Empty, line);
        });
    }

    [TestCaseSource(nameof(Pages))]
    public void Every_file_that_a_page_links_is_there(string page)
    {
        string folder = Path.GetDirectoryName(Repository.At(page))!;
        Assert.Multiple(() =>
        {
            foreach (Match link in Link().Matches(File.ReadAllText(Repository.At(page))))
                Assert.That(Path.Exists(Path.Combine(folder, link.Groups[1].Value)), Is.True, link.Groups[1].Value);
        });
    }

    [Test]
    public void Every_verb_stands_on_the_page_of_the_command_line()
    {
        string page = File.ReadAllText(Repository.At("src", "FastNqe.Cli", "README.md"));
        Assert.Multiple(() =>
        {
            foreach (System.CommandLine.Command verb in CommandLine.Root().Subcommands)
                Assert.That(page, Does.Contain($"| `{verb.Name}` |"), verb.Name);
        });
    }

    [Test]
    public void Every_folder_of_the_library_stands_in_its_table()
    {
        Assert.Multiple(() =>
        {
            foreach (string folder in Directory.GetDirectories(Repository.At("src", "FastNqe")).Select(path => Path.GetFileName(path)!).Where(name => name is not "bin" and not "obj"))
                Assert.That(Readme, Does.Contain($"| `{folder}` |"), folder);
        });
    }

    private static IEnumerable<string> Pages() => new[] { "README.md" }.Concat(
        new[] { "src", "native", "benchmarks", "build" }
            .SelectMany(folder => Directory.EnumerateFiles(Repository.At(folder), "README.md", SearchOption.AllDirectories))
            .Select(path => Path.GetRelativePath(Repository.Root, path)));

    private static string Block(string language) =>
        Regex.Match(Readme, $"```{language}\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;

    [GeneratedRegex(@"^build/fastnqe +(.*)$", RegexOptions.Multiline)]
    private static partial Regex Command();

    [GeneratedRegex(@"\]\((?!https?:)([^)#]+)\)")]
    private static partial Regex Link();
}
