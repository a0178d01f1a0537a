using System.Diagnostics;
using System.Globalization;
using FastNqe.Cli;
using FastNqe.Ensembles;
using FastNqe.Tests.Cli;

namespace FastNqe.Tests.Ensembles;

/// <summary>The Slurm scripts: as text, and on a real single-node cluster that the test starts itself.</summary>
[Platform("Unix")]
[Category("Once")]
public sealed class SlurmTests : WithFolder
{
    // A name that sbatch would split or expand.
    private const string OddName = "it's my job, 100%j";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Test]
    public void Scripts_say_what_the_options_say()
    {
        CommandResult result = CommandLineRunner.Run(
            ["ensemble", "slurm", .. EnsembleVerbTests.Small, "--samples", "40", "--shards", "16", "--threads", "2", "--partition", "long", "--account", "glass", "--time", "1-00:00", "--program", "/opt/it's here/fastnqe", "-o", In("job")]);
        Assert.That(result.Code, Is.Zero, result.Error);
        Assert.That(result.Output.Trim(), Is.EqualTo(In("job/submit.sh")));
        string array = File.ReadAllText(In("job/array.sbatch")), merge = File.ReadAllText(In("job/merge.sbatch"));
        Assert.Multiple(() =>
        {
            foreach (string line in new[] { "#SBATCH --array=1-16", "#SBATCH --cpus-per-task=2", "#SBATCH --partition=long", "#SBATCH --account=glass", "#SBATCH --time=1-00:00", "#SBATCH --job-name=fastnqe-small" })
                Assert.That(array.Split('\n'), Has.Member(line));
            Assert.That(array, Does.StartWith("#!/bin/bash\n#SBATCH").And.Contain("--shard \"$SLURM_ARRAY_TASK_ID/16\" --threads 2"));
            Assert.That(array, Does.Contain("exec '/opt/it'\\''s here/fastnqe' ensemble run"));
            Assert.That(merge, Does.Contain("ensemble merge"));
            Assert.That(StudyFile.Read(In("job/study.json")).Samples, Is.EqualTo(40));
            Assert.That(Shell($"test -x '{In("job/submit.sh")}'").Code, Is.Zero);
        });
        foreach (string script in Directory.GetFiles(In("job")).Where(file => file.EndsWith("sbatch", StringComparison.Ordinal) || file.EndsWith(".sh", StringComparison.Ordinal)))
            Assert.That(Shell($"bash -n '{script}'").Code, Is.Zero, script);
    }

    [TestCase("--partition", "two words")]
    [TestCase("--time", "1\n#SBATCH --uid=0")]
    public void Words_that_would_break_the_script_are_refused(string option, string value)
    {
        CommandResult result = CommandLineRunner.Run(["ensemble", "slurm", "--study", "demo", "--shards", "2", option, value, "-o", In("job")]);
        Assert.That(result.Code, Is.EqualTo(2));
        Assert.That(result.Error, Does.Contain("no word for a Slurm option"));
    }

    [Test]
    public void An_array_that_loses_a_task_is_completed_by_submitting_again()
    {
        using Cluster cluster = Cluster.Start(In("cluster"));
        const int Samples = 1600;
        string[] study = [.. EnsembleVerbTests.Small, "--samples", $"{Samples}"];
        CommandLineRunner.Run(["ensemble", "run", .. study, "-o", In("single")]);
        string[] program = [DotNet, typeof(CommandLine).Assembly.Location];
        CommandLineRunner.Run(["ensemble", "slurm", .. study, "--shards", "4", "--program", .. program, "-o", In(OddName)]);

        // Task 2 is killed when it has committed something.
        cluster.Run(SlurmJob.Quote(In($"{OddName}/submit.sh")));
        string shard = In($"{OddName}/shard-0002-of-0004.sqlite");
        WaitFor(() => File.Exists(shard) && Committed(shard) > 0, cluster);
        string owner = File.ReadAllText(shard + ".owner");
        int victim = int.Parse(owner.Split(' ')[1], CultureInfo.InvariantCulture);
        using (Process process = Process.GetProcessById(victim))
            process.Kill();
        WaitFor(() => cluster.Queue().Length == 0, cluster);
        Assert.That(Directory.GetFiles(In(OddName), "merge-*.log"), Has.Length.EqualTo(1), "what was there was merged");
        Assume.That(Committed(shard), Is.LessThan(Samples / 4), "the task was done before it could be killed");

        cluster.Run(SlurmJob.Quote(In($"{OddName}/submit.sh")));
        WaitFor(() => cluster.Queue().Length == 0, cluster);
        Assert.That(StoreContent.Of(In($"{OddName}/merged/ensemble.sqlite")), Is.EqualTo(StoreContent.Of(Directory.GetFiles(In("single"), "*.sqlite"))), () => Logs());
    }

    private static string DotNet => Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : Shell("command -v dotnet").Output.Trim();

    private string Logs() => string.Join('\n', Directory.GetFiles(In(OddName), "*.log").Select(File.ReadAllText));

    private static int Committed(string store)
    {
        try
        {
            return EnsembleStatus.Of([store]).Shards.Sum(shard => shard.Done + shard.Failed);
        }
        catch (StoreException)
        {
            return 0;
        }
    }

    private void WaitFor(Func<bool> condition, Cluster cluster)
    {
        Stopwatch clock = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.That(clock.Elapsed, Is.LessThan(Patience), () => $"nothing happens; {cluster.State()}\n{Logs()}");
            Thread.Sleep(50);
        }
    }

    private static (int Code, string Output) Shell(string script, params (string Name, string Value)[] environment)
    {
        ProcessStartInfo start = new("/bin/bash", ["-c", script]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }

    /// <summary>Slurm on this machine alone, with everything it writes in one folder; without accounting and system services.</summary>
    private sealed class Cluster : IDisposable
    {
        private readonly string _folder;

        private Cluster(string folder) => _folder = folder;

        private string Configuration => Path.Combine(_folder, "slurm.conf");

        public static Cluster Start(string folder)
        {
            if (Shell("command -v slurmctld slurmd munged sbatch").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length < 4)
                Assert.Ignore("peer Slurm is not installed");
            Cluster cluster = new(Directory.CreateDirectory(folder).FullName);
            (int code, string output) = cluster.InFolder(Setup);
            if (code == 0)
                return cluster;
            cluster.Dispose();
            Assert.Ignore($"peer Slurm does not start here: {output}");
            return cluster;
        }

        public void Run(string script)
        {
            (int code, string output) = InFolder(script);
            Assert.That(code, Is.Zero, output);
        }

        public string Queue() => InFolder("squeue -h").Output.Trim();

        public string State() => InFolder("sinfo; squeue; tail -5 slurmctld.log slurmd.log").Output;

        public void Dispose() => InFolder("""
            scancel --signal=KILL --full $(squeue -h -o %A | sort -u) 2>/dev/null; scontrol shutdown; sleep 1
            for daemon in slurmctld slurmd munged; do [ -f $daemon.pid ] && kill $(cat $daemon.pid) 2>/dev/null; done; true
            """);

        private (int Code, string Output) InFolder(string script) =>
            Shell($"cd '{_folder}'\n{script}", ("SLURM_CONF", Configuration), ("D", _folder));

        // Ports of its own, so that a cluster that is already here is not disturbed.
        private const string Setup = """
            set -e
            H=$(hostname -s); mkdir -p state spool
            ( umask 077; head -c 128 /dev/urandom > munge.key )
            munged --force --socket=$D/munge.sock --key-file=$D/munge.key --pid-file=$D/munged.pid --log-file=$D/munged.log --seed-file=$D/munged.seed
            cat > slurm.conf <<X
            ClusterName=fnqe
            SlurmctldHost=$H(127.0.0.1)
            SlurmctldPort=26817
            SlurmdPort=26818
            SlurmUser=$(id -un)
            AuthType=auth/munge
            AuthInfo=socket=$D/munge.sock
            ProctrackType=proctrack/linuxproc
            TaskPlugin=task/none
            SelectType=select/cons_tres
            SelectTypeParameters=CR_Core
            SchedulerParameters=batch_sched_delay=0,sched_interval=1,bf_interval=1
            ReturnToService=2
            MpiDefault=none
            JobAcctGatherType=jobacct_gather/none
            AccountingStorageType=accounting_storage/none
            SlurmctldPidFile=$D/slurmctld.pid
            SlurmdPidFile=$D/slurmd.pid
            SlurmctldLogFile=$D/slurmctld.log
            SlurmdLogFile=$D/slurmd.log
            StateSaveLocation=$D/state
            SlurmdSpoolDir=$D/spool
            NodeName=$H NodeAddr=127.0.0.1 CPUs=$(nproc) RealMemory=2000 State=UNKNOWN
            PartitionName=debug Nodes=ALL Default=YES MaxTime=INFINITE State=UP
            X
            slurmctld; slurmd
            for try in $(seq 80); do sinfo -h -o %t 2>/dev/null | grep -q idle && exit 0; sleep 0.25; done
            tail -3 slurmctld.log slurmd.log; exit 1
            """;
    }
}
