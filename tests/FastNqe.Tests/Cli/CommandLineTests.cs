using System.CommandLine;
using System.Text.RegularExpressions;
using FastNqe.Cli;
using static FastNqe.Tests.Cli.CommandLineRunner;

namespace FastNqe.Tests.Cli;

public sealed partial class CommandLineTests
{
    [Test]
    public void No_verb_is_an_error_that_points_to_the_help()
    {
        CommandResult result = Run();
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(2));
            Assert.That(result.Output, Is.Empty);
            Assert.That(result.Error, Does.Contain("fastnqe --help"));
        });
    }

    [Test]
    public void An_unknown_verb_is_named()
    {
        CommandResult result = Run("melt");
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(2));
            Assert.That(result.Error, Does.Contain("'melt'"));
        });
    }

    [Test]
    public void An_unknown_option_is_named_and_the_help_of_its_verb_pointed_to()
    {
        CommandResult result = Run("info", "--loud");
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(2));
            Assert.That(result.Error, Does.Contain("'--loud'").And.Contain("fastnqe info --help"));
        });
    }

    [Test]
    public void Help_is_data_on_standard_output()
    {
        CommandResult result = Run("--help");
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.Zero);
            Assert.That(result.Error, Is.Empty);
            foreach (Command verb in CommandLine.Root().Subcommands)
                Assert.That(result.Output, Does.Contain(verb.Name));
        });
    }

    [TestCaseSource(nameof(NumericOptions))]
    public void Every_number_in_the_help_has_a_unit_and_a_default_or_is_required(string verb, Option option)
    {
        string help = $"{option.Description}{(option.HasDefaultValue ? " [default: " : "")}";
        Assert.Multiple(() =>
        {
            Assert.That(option.Required || help.Contains("[default: ", StringComparison.Ordinal), $"{verb} {option.Name} has no default: {help}");
            Assert.That(Unit().IsMatch(help), $"{verb} {option.Name} names no unit: {help}");
        });
    }

    private static IEnumerable<TestCaseData> NumericOptions() => Verbs(CommandLine.Root(), "fastnqe")
        .SelectMany(verb => verb.Command.Options
            .Where(option => IsNumber(option.ValueType))
            .Select(option => new TestCaseData(verb.Path, option).SetName($"Help of {verb.Path} {option.Name} has unit and default")));

    private static IEnumerable<(string Path, Command Command)> Verbs(Command command, string path) =>
        command.Subcommands.SelectMany(child => Verbs(child, $"{path} {child.Name}")).Prepend((path, command));

    private static bool IsNumber(Type type) => (Nullable.GetUnderlyingType(type) ?? type) is Type bare
        && (bare == typeof(int) || bare == typeof(long) || bare == typeof(double) || bare == typeof(ulong));

    // Simulation units, or what a bare number counts.
    [GeneratedRegex(@"pure|in units of|in 1/length|in length|in time|in energy|k_B|number of|count|seconds|steps", RegexOptions.IgnoreCase)]
    private static partial Regex Unit();
}
