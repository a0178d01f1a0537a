using System.Reflection;
using System.Text.RegularExpressions;

namespace FastNqe.Tests;

/// <summary>The scripts of build/: what they say of themselves, when they build, and the version that they install.</summary>
[Platform("Unix")]
[Category("Once")]
public sealed partial class BuildScriptTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void Usage_is_printed_and_unknown_options_are_refused_before_anything_is_done(
        [Values("bench", "demo", "install", "test")] string script, [Values("-h", "--help", "--nonsense")] string option)
    {
        // What a script could begin with leaves a trace, and fails.
        (int code, string output, string errors) = Bash($$"""
            stubs='{{_folder.Path}}'
            for program in dotnet cmake apt-get rm; do
                printf '#!/bin/sh\ntouch "%s"\nexit 9\n' "$stubs/begun" >"$stubs/$program"
                chmod +x "$stubs/$program"
            done
            PATH=$stubs:$PATH build/{{script}} {{option}}
            """);
        string usage = $"build/{script} --";
        Assert.Multiple(() =>
        {
            Assert.That(File.Exists(_folder.File("begun")), Is.False);
            Assert.That(code, Is.EqualTo(option == "--nonsense" ? 2 : 0));
            Assert.That(output, option == "--nonsense" ? Is.Empty : Does.Contain(usage));
            Assert.That(errors, option == "--nonsense" ? Does.Contain("--nonsense").And.Contain(usage) : Is.Empty);
        });
    }

    [Test]
    public void A_build_is_done_when_a_source_is_new_or_gone_or_the_product_is_gone_or_half_made()
    {
        string output = Run("""
            need; need                        # made once
            sleep 0.02; touch sources/a; need # changed
            sleep 0.02; rm sources/a; need    # gone
            rm product; need                  # product gone
            need
            rm product
            ( make() { touch product; exit 1; }; need ) || true
            need                              # product half made
            """);
        Assert.That(output.Split('\n', StringSplitOptions.RemoveEmptyEntries), Is.EqualTo(Enumerable.Repeat("made", 5)));
    }

    [Test]
    public void What_outlives_a_build_does_not_hold_its_lock()
    {
        // As the compiler's server does.
        string output = Run("""
            make() { touch product; sleep 30 >/dev/null 2>&1 & echo $! >server; }
            need
            flock -n build.lock echo free || true
            kill "$(cat server)"
            """);
        Assert.That(output.Trim(), Is.EqualTo("free"));
    }

    [Test]
    public void A_build_that_waits_for_another_one_says_so()
    {
        (int code, string output, string errors) = Bash(Preamble + """
            ( flock 9; touch locked; for _ in {1..500}; do [[ -e waiting ]] && break; sleep 0.02; done ) 9>build.lock >/dev/null 2>&1 &
            until [[ -e locked ]]; do sleep 0.02; done
            say() { printf '%s\n' "$*" >&2; touch waiting; }
            need
            """);
        Assert.That(code, Is.Zero, errors);
        Assert.That(output.Trim(), Is.EqualTo("made"));
        Assert.That(errors, Does.Contain("waiting for another build"));
    }

    [Test]
    public void The_python_module_has_the_librarys_version()
    {
        string version = typeof(Configuration).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
        Assert.That(PythonVersion().Match(File.ReadAllText(Repository.At("native", "python", "pyproject.toml"))).Groups[1].Value, Is.EqualTo(version));
    }

    private string Preamble => $$"""
        set -euo pipefail
        source build/common.sh
        artifacts='{{_folder.Path}}'
        cd "$artifacts"
        mkdir sources
        touch sources/a sources/b
        make() { touch product; echo made; }
        need() { build_when_needed "$artifacts/product" make sources; }

        """;

    private string Run(string script)
    {
        (int code, string output, string errors) = Bash(Preamble + script);
        Assert.That(code, Is.Zero, errors);
        return output;
    }

    private static (int Code, string Output, string Errors) Bash(string script) => Peers.Execute("bash", "-c", $"cd '{Repository.Root}'\n{script}");

    [GeneratedRegex(@"^version = ""(.*)""", RegexOptions.Multiline)]
    private static partial Regex PythonVersion();
}
