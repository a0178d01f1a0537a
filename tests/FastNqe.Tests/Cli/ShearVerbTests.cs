using static FastNqe.Tests.Cli.CommandLineRunner;

namespace FastNqe.Tests.Cli;

public sealed class ShearVerbTests : WithFolder
{
    private static string Glass => ReferenceCase.Load("b01").ConfigurationPath;

    [Test]
    public void Forth_and_back_through_the_elastic_branch_ends_where_it_began()
    {
        CommandResult result = Run("shear", Glass, "--model", "ipl-2d", "--step", "1e-5", "--to", "5e-5", "0", "-o", In("t.csv"));
        Assert.That(result.Code, Is.Zero, result.Error);
        string[] lines = File.ReadAllLines(In("t.csv"));
        Assert.That(lines[1], Is.EqualTo("strain,energy,stress,pressure,dissipated,plastic,max_force,sweeps"));
        double[][] rows = [.. lines.Skip(2).Select(line => line.Split(',').Select(double.Parse).ToArray())];
        Assert.That(rows, Has.Length.EqualTo(11));
        Assert.That(rows[5][0], Is.EqualTo(5e-5));
        Assert.That(rows[10][2], Is.EqualTo(rows[0][2]).Within(1e-8));
        Assert.That(rows.Select(row => row[5]), Is.All.Zero);
    }

    [Test]
    public void A_run_that_was_stopped_goes_on_to_the_same_bits()
    {
        string[] common = ["shear", Glass, "--model", "ipl-2d", "--step", "2e-3"];
        Run([.. common, "--to", "0.02", "-o", In("whole.csv")]);
        Run([.. common, "--to", "0.01", "-o", In("parts.csv")]);
        CommandResult rest = Run([.. common, "--to", "0.02", "-o", In("parts.csv")]);
        Assert.That(rest.Code, Is.Zero, rest.Error);
        Assert.That(rest.Error, Does.Contain("5 steps"));
        Assert.That(File.ReadAllText(In("parts.csv")), Is.EqualTo(File.ReadAllText(In("whole.csv"))));
    }

    [Test]
    public void A_finished_run_is_continued_to_a_farther_strain_and_counts_all_its_events()
    {
        // The first part ends just after the first of several events.
        string[] common = ["shear", Glass, "--model", "ipl-2d", "--step", "1e-3"];
        CommandResult whole = Run([.. common, "--to", "0.06", "-o", In("whole.csv")]);
        string[] rows = File.ReadAllLines(In("whole.csv"));
        int[] events = [.. rows.Index().Skip(2).Where(row => row.Item.Split(',')[5] == "1").Select(row => row.Index - 2)];
        Assert.That(events, Has.Length.GreaterThan(1), "this test needs a glass with events");
        string middle = $"{events[0]}e-3";
        Run([.. common, "--to", middle, "-o", In("parts.csv")]);
        CommandResult rest = Run([.. common, "--to", "0.06", "-o", In("parts.csv")]);
        Assert.That(rest.Code, Is.EqualTo(whole.Code), rest.Error);
        Assert.That(File.ReadAllText(In("parts.csv")), Is.EqualTo(File.ReadAllText(In("whole.csv"))));
        Assert.That(rest.Error, Does.Contain($"{events.Length} plastic events since"));
        Assert.That(whole.Error, Does.Contain($"{events.Length} plastic events since"));
    }

    [Test]
    public void The_steps_and_targets_of_the_beginning_are_those_of_the_way()
    {
        // 30 steps to the same strain, by another way.
        string[] common = ["shear", Glass, "--model", "ipl-2d", "--step", "1e-5", "-o", In("t.csv")];
        Assert.That(Run([.. common, "--to", "1e-4", "-1e-4"]).Code, Is.Zero);
        CommandResult other = Run([.. common, "--to", "-2e-4", "-1e-4"]);
        Assert.That(other.Code, Is.EqualTo(2));
        Assert.That(other.Error, Does.Contain("not on the way"));
    }

    [Test]
    public void A_table_of_another_run_is_not_overwritten()
    {
        Run("shear", Glass, "--model", "ipl-2d", "--step", "1e-4", "--to", "2e-4", "-o", In("t.csv"));
        CommandResult other = Run("shear", Glass, "--model", "ipl-2d", "--cutoff", "1.5", "--quench", "--step", "1e-4", "--to", "2e-4", "-o", In("t.csv"));
        Assert.That(other.Code, Is.EqualTo(2));
        Assert.That(other.Error, Does.Contain("other settings"));
        CommandResult elsewhere = Run("shear", Glass, "--model", "ipl-2d", "--step", "3e-4", "--to", "6e-4", "-o", In("t.csv"));
        Assert.That(elsewhere.Code, Is.EqualTo(2));
        Assert.That(elsewhere.Error, Does.Contain("not on the way"));
    }

    [Test]
    public void A_table_of_another_glass_of_the_same_name_is_not_continued()
    {
        Directory.CreateDirectory(In("a"));
        File.Copy(Glass, In("a/glass.xyz"));
        string[] line = ["shear", In("a/glass.xyz"), "--model", "ipl-2d", "--step", "1e-4", "--to", "2e-4", "-o", In("t.csv")];
        Run(line);
        // Stopped between the table and its first glass: there is nothing to go on with.
        File.Delete(In("t.csv.glass.xyz"));
        Assert.That(Run(line), Has.Property("Code").Zero.And.Property("Error").Contains("2 steps"));
        File.AppendAllText(In("a/glass.xyz"), "\n");
        Assert.That(Run(line), Has.Property("Code").EqualTo(2).And.Property("Error").Contains("other settings"));
    }

    [Test]
    public void Wrong_planes_and_dimensions_are_refused()
    {
        CommandResult plane = Run("shear", Glass, "--model", "ipl-2d", "--plane", "xz", "--to", "0.1", "-o", In("t.csv"));
        Assert.That(plane.Code, Is.EqualTo(2));
        Assert.That(plane.Error, Does.Contain("xy in two dimensions"));
        CommandResult dimension = Run("shear", ReferenceCase.Load("b05").ConfigurationPath, "--model", "ipl-4d", "--to", "0.1", "-o", In("t.csv"));
        Assert.That(dimension.Code, Is.EqualTo(2));
        Assert.That(dimension.Error, Does.Contain("four dimensions"));
    }
}
