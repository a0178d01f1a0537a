using System.Text.Json;
using System.Text.RegularExpressions;
using static FastNqe.Tests.Cli.CommandLineRunner;

namespace FastNqe.Tests.Cli;

/// <summary>The command line's page names every number that the JSON holds, and no other.</summary>
public sealed partial class JsonNamesTests : WithFolder
{
    private static readonly string Glass = ReferenceCase.Load("b01").ConfigurationPath;

    [Test]
    public void The_page_has_every_name_that_is_written_and_no_other()
    {
        string direction = Path.Combine(Path.GetDirectoryName(Glass)!, "direction_extended.txt");
        HashSet<string> written = [];
        foreach (string[] command in (string[][])
        [
            ["analyze", Glass, "--full", "--dehybridise"], ["detect", Glass, "--below", "1.1", "--patience", "5"],
            ["coefficients", Glass, "--direction", direction], ["elasticity", Glass],
        ])
        {
            CommandResult result = Run([.. command, "--model", "ipl-2d", "--json", "-"]);
            Assert.That(result.Code, Is.Zero, result.Error);
            Collect(JsonDocument.Parse(result.Output).RootElement, written);
        }
        Collect(Status(), written);
        // Only where the glass has a second minimum to fall into.
        written.UnionWith(["distance"]);

        string page = File.ReadAllText(Repository.At("src", "FastNqe.Cli", "README.md"));
        string section = page[page.IndexOf("## JSON", StringComparison.Ordinal)..page.IndexOf("## Frames", StringComparison.Ordinal)];
        string[] named = [.. Quoted().Matches(section).SelectMany(match => match.Groups[1].Value.Replace("[]", "").Split('.'))];
        string[] noNames = ["stagnated", "out-of-sweeps", "undefined", "null", "--full", "--dehybridise", "--vectors"];
        Assert.That(written.Except(named), Is.Empty, "written, not named");
        Assert.That(named.Except(written).Except(noNames), Is.Empty, "named, not written");
    }

    // The file with a direction, beside the glass, is none: a failure, which has names of its own.
    private JsonElement Status()
    {
        Run("ensemble", "run", "--name", "reference", "--model", "ipl-2d", "--configurations", Path.GetDirectoryName(Glass)!, "-o", In("ensemble"));
        CommandResult result = Run("ensemble", "status", In("ensemble"), "--json", "-");
        Assert.That(result.Code, Is.EqualTo(1), result.Error);
        return JsonDocument.Parse(result.Output).RootElement;
    }

    private static void Collect(JsonElement element, HashSet<string> names)
    {
        if (element.ValueKind == JsonValueKind.Object)
            foreach (JsonProperty property in element.EnumerateObject())
            {
                names.Add(property.Name);
                Collect(property.Value, names);
            }
        else if (element.ValueKind == JsonValueKind.Array)
            foreach (JsonElement item in element.EnumerateArray())
                Collect(item, names);
    }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();
}
