namespace FastNqe.Tests;

public sealed class AtomicFileTests
{
    [Test]
    public void A_file_replaces_the_old_one()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("a.json", "old");

        AtomicFile.WriteText(path, "new");

        Assert.That(File.ReadAllBytes(path), Is.EqualTo("new"u8.ToArray()));
        Assert.That(Directory.GetFiles(folder.Path), Has.Length.EqualTo(1));
    }

    [Test]
    public void A_failing_writer_leaves_the_old_file_and_nothing_else()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("a.json", "old");

        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(path, stream =>
        {
            stream.Write("half"u8);
            stream.Flush();
            throw new InvalidOperationException();
        }));

        Assert.That(File.ReadAllText(path), Is.EqualTo("old"));
        Assert.That(Directory.GetFiles(folder.Path), Has.Length.EqualTo(1));
    }

    [Test]
    public void Cancellation_before_or_while_writing_leaves_nothing()
    {
        using TemporaryFolder folder = new();
        using CancellationTokenSource source = new();

        Assert.Throws<OperationCanceledException>(() => AtomicFile.Write(folder.File("a"), stream =>
        {
            stream.Write("all"u8);
            source.Cancel();
        }, source.Token));
        Assert.Throws<OperationCanceledException>(() => AtomicFile.WriteText(folder.File("a"), "all", source.Token));

        Assert.That(Directory.GetFiles(folder.Path), Is.Empty);
    }

    [Test]
    public void The_final_name_appears_only_when_the_file_is_whole()
    {
        using TemporaryFolder folder = new();

        AtomicFile.Write(folder.File("a"), stream =>
        {
            stream.Write("all"u8);
            stream.Flush();
            Assert.That(File.Exists(folder.File("a")), Is.False);
        });

        Assert.That(File.ReadAllText(folder.File("a")), Is.EqualTo("all"));
    }

    [Test]
    public void What_cannot_be_written_is_named()
    {
        using TemporaryFolder folder = new();
        string missing = Path.Combine(folder.Path, "no", "such", "folder", "a.xyz");

        Assert.That(Assert.Throws<IOException>(() => Samples.Make(3).Write(missing)).Message, Does.StartWith($"cannot write {missing}: "));
        Assert.That(Assert.Throws<IOException>(() => AtomicFile.WriteText(folder.Path, "x")).Message, Does.Contain("it is a folder"));
    }

    [Test]
    [Platform("Unix")]
    public void Links_are_followed_and_devices_written()
    {
        using TemporaryFolder folder = new();
        string target = folder.File("target", "old");
        File.CreateSymbolicLink(folder.File("link"), target);

        AtomicFile.WriteText(folder.File("link"), "new");
        AtomicFile.WriteText("/dev/null", "lost");

        Assert.That(File.ReadAllText(target), Is.EqualTo("new"));
        Assert.That(File.ResolveLinkTarget(folder.File("link"), returnFinalTarget: true)!.FullName, Is.EqualTo(target));
        Assert.That(File.Exists("/dev/null") && new FileInfo("/dev/null").Length == 0);
    }

    [Test]
    [Platform("Unix")]
    public void Files_in_shared_memory_are_no_devices()
    {
        Assume.That(Directory.Exists("/dev/shm"), "there is no /dev/shm");
        string path = $"/dev/shm/fastnqe-{Guid.NewGuid():N}.txt";
        try
        {
            AtomicFile.CheckWritable(path);
            AtomicFile.WriteText(path, "there");
            Assert.That(File.ReadAllText(path), Is.EqualTo("there"));
        }
        finally
        {
            File.Delete(path);
        }
    }
}
