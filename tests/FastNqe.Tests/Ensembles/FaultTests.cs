using System.Diagnostics;
using System.Globalization;
using FastNqe.Ensembles;
using FastNqe.Tests.Cli;
using static FastNqe.Tests.Cli.CommandLineProcess;

namespace FastNqe.Tests.Ensembles;

/// <summary>Processes that are really killed and disks that are really full: nothing is lost, nothing is made twice, the bits stay the same.</summary>
[Platform("Unix")]
[Category("Once")]
public sealed class FaultTests : WithFolder
{
    // No machine makes so many before it is killed.
    private const string Endless = "10000000";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Test]
    public void A_run_killed_again_and_again_ends_with_the_table_of_an_undisturbed_one()
    {
        List<string> earlier = [];
        for (int kill = 1; kill <= 4; kill++)
        {
            using Process process = Start(["ensemble", "run", .. EnsembleVerbTests.Small, "--samples", Endless, "-o", In("killed"), "--threads", "2"]);
            // Let it commit a few more samples, then kill -9 in the middle of whatever it does.
            int before = earlier.Count;
            WaitFor(() => process.HasExited || Count("killed") >= before + 10);
            Assert.That(process.HasExited, Is.False);
            process.Kill();
            process.WaitForExit();
            List<string> costs = Costs();
            Assert.That(costs, Has.Count.GreaterThan(before), "every attempt gets further");
            Assert.That(costs, Is.SupersetOf(earlier), "what was committed is not made again");
            earlier = costs;
        }
        // The study shrinks to the samples up to the last one there is; those missing between are made now.
        string samples = (1 + int.Parse(StoreContent.Rows(Store("killed"), "SELECT max(sample) FROM glass")[0].TrimEnd('|'), CultureInfo.InvariantCulture)).ToString(CultureInfo.InvariantCulture);
        foreach (string folder in (string[])["killed", "undisturbed"])
            CommandLineRunner.Run(["ensemble", "run", .. EnsembleVerbTests.Small, "--samples", samples, "-o", In(folder), "--threads", "2"]);
        Assert.That(Costs(), Is.SupersetOf(earlier).And.Count.EqualTo(int.Parse(samples, CultureInfo.InvariantCulture)));
        Assert.That(Content("killed"), Is.EqualTo(Content("undisturbed")));

        List<string> Costs() => StoreContent.Rows(Store("killed"), "SELECT sample, finished FROM cost");
    }

    [Test]
    public void Of_two_processes_on_a_shard_the_second_says_so_and_stops()
    {
        using Process first = Start(["ensemble", "run", .. EnsembleVerbTests.Small, "--samples", "100000", "-o", In("shared"), "--threads", "1"]);
        try
        {
            WaitFor(() => Count("shared") > 0);
            CommandResult second = CommandLineRunner.Run("ensemble", "run", "-o", In("shared"));
            Assert.That(second.Code, Is.EqualTo(2));
            Assert.That(second.Error, Does.Contain($"another process works on this store (process {first.Id} on {Environment.MachineName} since "));
            Assert.That(first.HasExited, Is.False);
        }
        finally
        {
            Interrupt(first);
        }
        CommandResult end = Finish(first);
        Assert.That(end.Code, Is.EqualTo(130), end.Error);
        Assert.That(end.Error, Does.Contain("of 100000 samples"));
        int kept = Count("shared");
        Assert.That(kept, Is.GreaterThan(0));
        Assert.That(CommandLineRunner.Run("ensemble", "status", In("shared")).Output, Does.Contain($"{kept} of 100000 samples").Or.Contain("failed"));
    }

    [Test]
    public void A_full_disk_is_said_and_with_room_again_the_run_goes_on()
    {
        string disk = Directory.CreateDirectory(In("disk")).FullName;
        string[] study = [.. EnsembleVerbTests.Small, "--samples", "50", "--keep", "glasses", "modes"];
        CommandLineRunner.Run(["ensemble", "run", .. study, "-o", In("roomy")]);
        Mount(disk, "size=250k");
        try
        {
            CommandResult full = Finish(Start(["ensemble", "run", .. study, "-o", disk, "--threads", "2"]));
            Assert.That(full.Code, Is.EqualTo(2));
            Assert.That(full.Error, Does.Contain("every sample committed before is kept").And.Not.Contain("fault of the program"));
            int kept = StoreContent.Rows(Path.Combine(disk, ShardRange.Whole.FileName), "SELECT sample FROM glass").Count;
            Assert.That(kept, Is.InRange(1, 49));

            Mount(disk, "remount,size=20m");
            CommandResult end = Finish(Start(["ensemble", "run", "-o", disk]));
            Assert.That(end.Error, Does.Contain("50 of 50 samples").And.Contain($"{50 - kept} made now"));
            Assert.That(StoreContent.Of(Path.Combine(disk, ShardRange.Whole.FileName)), Is.EqualTo(Content("roomy")));
        }
        finally
        {
            Process.Start("umount", [disk]).WaitForExit();
        }
    }

    private static void Mount(string folder, string options)
    {
        using Process mount = Process.Start(new ProcessStartInfo("mount", ["-t", "tmpfs", "-o", options, "tmpfs", folder]) { RedirectStandardError = true })!;
        mount.WaitForExit();
        if (mount.ExitCode != 0)
            Assert.Ignore("a small file system cannot be mounted here");
    }

    private static void WaitFor(Func<bool> condition)
    {
        Stopwatch clock = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.That(clock.Elapsed, Is.LessThan(Patience), "nothing happens");
            Thread.Sleep(10);
        }
    }

    private string Store(string name) => Path.Combine(In(name), ShardRange.Whole.FileName);

    private string Content(string name) => StoreContent.Of(Store(name));

    private int Count(string name)
    {
        try
        {
            return EnsembleStatus.Of([In(name)]).Shards.Sum(shard => shard.Done + shard.Failed);
        }
        catch (StoreException)
        {
            // Not there yet.
            return 0;
        }
    }
}
