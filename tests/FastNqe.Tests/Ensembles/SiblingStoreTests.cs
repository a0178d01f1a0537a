using FastNqe.Tests.Cli;

namespace FastNqe.Tests.Ensembles;

public sealed class SiblingStoreTests : WithFolder
{
    [Test]
    public void A_shard_starts_beside_one_whose_store_is_just_being_made()
    {
        // What SQLite leaves on the disk between the opening of a new database and the commit of its tables.
        File.WriteAllBytes(In("shard-0002-of-0002.sqlite"), []);
        CommandResult result = CommandLineRunner.Run(["ensemble", "run", .. EnsembleVerbTests.Small, "--samples", "2", "--shard", "1/2", "-o", Folder]);
        Assert.That(result.Code, Is.Zero, result.Error);
    }
}
