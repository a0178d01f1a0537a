using static FastNqe.Tests.Cli.CommandLineRunner;

namespace FastNqe.Tests.Cli;

public sealed class InfoVerbTests
{
    [Test]
    public void Info_names_the_version_and_the_width_and_says_why()
    {
        CommandResult result = Run("info");
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.Zero);
            Assert.That(result.Output, Does.Match(@"(?m)^version\s+\d+\.\d+\.\d+"));
            Assert.That(result.Output, Does.Match($@"(?m)^simd\s+{Simd.Width.ToString().ToLowerInvariant()}: ").And.Contain(Simd.Reason));
            Assert.That(result.Output, Does.Match(@"(?m)^widths\s+scalar"));
        });
    }

    [Test]
    public void Info_says_where_arpack_was_found_and_which_blas_is_below_it()
    {
        CommandResult result = Run("info");
        Assert.That(result.Output, Does.Match(@"(?m)^arpack\s+(/.*, (32|64)-bit integers$|not found: .*libarpack)"));
        if (!result.Output.Contains("not found"))
            Assert.That(result.Output, Does.Match(@"(?m)^blas\s+.* threads?" + (ArpackInfo.Read().BlasIsReentrant ? "$" : "; a sequential build, .* take turns in it$")));
    }

    // build/test runs the suite once per width; this keeps a width that was not taken up from looking like a pass.
    [Test, Category("Width")]
    public void The_width_in_use_is_the_one_that_was_asked_for()
    {
        string wanted = Environment.GetEnvironmentVariable(Simd.Variable) is { Length: > 0 } forced
            ? forced
            : Enum.GetValues<SimdWidth>().Last(Simd.IsSupported).ToString();
        Assert.That(Simd.Width.ToString(), Is.EqualTo(wanted).IgnoreCase, Simd.Reason);
    }
}
