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
    // Enough that a fast machine is still at work when the kill comes.
    private const int Samples = 240;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Test]
    public void A_run_killed_again_and_again_ends_with_the_table_of_an_undisturbed_one()
    {
        CommandLineRunner.Run(["ensemble", "run", .. EnsembleVerbTests.Small, "--samples", Samples.ToString(CultureInfo.InvariantCulture), "-o", In("undisturbed")]);
        string reference = Content("undisturbed");

        int kills = 0, done = 0;
        List<string> earlier = [];
        while (done < Samples)
        {
            using Process process = Start(["ensemble", "run", .. EnsembleVerbTests.Small, "--samples", Samples.ToString(CultureInfo.InvariantCulture), "-o", In("killed"), "--threads", "2"]);
            // Let it commit a few more samples, then kill -9 in the middle of whatever it does.
            int before = done;
            WaitFor(() => process.HasExited || Count("killed") >= before + Samples / 6);
            if (!process.HasExited)
            {
                process.Kill();
                kills++;
            }
            process.WaitForExit();
            done = Count("killed");
            Assert.That(done, Is.GreaterThan(before), "every attempt gets further");
            List<string> costs = StoreContent.Rows(Path.Combine(In("killed"), ShardRange.Whole.FileName), "SELECT sample, finished FROM cost");
            Assert.That(costs, Is.SupersetOf(earlier), "what was committed is not made again");
            earlier = costs;
        }
        Assert.That(kills, Is.GreaterThanOrEqualTo(3));
        Assert.That(Content("killed"), Is.EqualTo(reference));
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
            Assert.That(second.Error, Does.Contain($"another process works on this shard (process {first.Id} on {Environment.MachineName} since "));
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

    private string Content(string name) => StoreContent.Of(Path.Combine(In(name), ShardRange.Whole.FileName));

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
