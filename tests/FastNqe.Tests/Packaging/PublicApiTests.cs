using System.Globalization;

namespace FastNqe.Tests;

/// <summary>The public API is what src/FastNqe/PublicAPI.txt lists: nothing becomes public, or goes, unnoticed.</summary>
[SetCulture("")]
public sealed class PublicApiTests
{
    private const string Update = "FASTNQE_UPDATE_PUBLIC_API";

    [Test]
    public void The_public_api_is_the_one_that_is_listed()
    {
        string path = Repository.At("src", "FastNqe", "PublicAPI.txt");
        string[] found = [.. PublicApi.Of(typeof(Configuration).Assembly)];
        if (Environment.GetEnvironmentVariable(Update) == "1")
            File.WriteAllLines(path, found);
        string[] listed = File.ReadAllLines(path);
        Assert.That(CultureInfo.CurrentCulture.Name, Is.Empty);
        Assert.Multiple(() =>
        {
            Assert.That(found.Except(listed), Is.Empty, $"public, but not listed; run this test with {Update}=1 to list them");
            Assert.That(listed.Except(found), Is.Empty, $"listed, but not public; run this test with {Update}=1 to strike them out");
        });
    }
}
