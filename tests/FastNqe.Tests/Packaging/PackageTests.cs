using System.IO.Compression;

namespace FastNqe.Tests;

/// <summary>The packages: what is in them, and that they can be used where there is nothing else of this repository.</summary>
[NonParallelizable]
[Category("Once")]
public sealed class PackageTests
{
    private const string Configuration =
#if DEBUG
        "Debug";
#else
        "Release";
#endif

    [Test]
    public void The_readmes_program_runs_in_a_fresh_project_that_references_the_package()
    {
        using TemporaryFolder folder = new();
        Pack("FastNqe", folder.Path);
        using (ZipArchive package = ZipFile.OpenRead(Single(folder.Path, "FastNqe.*.nupkg")))
            Assert.That(package.Entries.Select(entry => entry.FullName), Is.SupersetOf(new[] { "README.md", "lib/net10.0/FastNqe.dll", "lib/net10.0/FastNqe.xml" }));
        using (ZipArchive symbols = ZipFile.OpenRead(Single(folder.Path, "FastNqe.*.snupkg")))
            Assert.That(symbols.Entries.Select(entry => entry.FullName), Does.Contain("lib/net10.0/FastNqe.pdb"));

        // Its packages go to a folder of its own: the version number stays the same while the content changes.
        File.WriteAllText(folder.File("fresh.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <RestorePackagesPath>packages</RestorePackagesPath>
                <RestoreAdditionalProjectSources>{folder.Path}</RestoreAdditionalProjectSources>
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
              <ItemGroup><PackageReference Include="FastNqe" Version="{Version(folder.Path)}" /></ItemGroup>
            </Project>
            """);
        string readme = File.ReadAllText(Repository.At("README.md"));
        string program = readme.Split("```csharp\n")[1].Split("```")[0];
        File.WriteAllText(folder.File("Program.cs"), program.Replace("sample.xyz", ReferenceCase.Load("a04").ConfigurationPath.Replace('\\', '/'), StringComparison.Ordinal));
        string[] numbers = Peers.Run("dotnet", "run", "--project", folder.File("fresh.csproj")).Trim().Split('\n')[^1].Split(' ');
        Assert.That(numbers.Select(double.Parse), Has.Exactly(4).Positive);
    }

    [Test]
    public void The_command_line_is_a_tool()
    {
        using TemporaryFolder folder = new();
        Pack("FastNqe.Cli", folder.Path);
        Peers.Run("dotnet", "tool", "install", "FastNqe.Cli", "--tool-path", folder.File("tools"), "--source", folder.Path, "--version", Version(folder.Path), "--no-cache");
        Assert.That(Peers.Run(folder.File("tools/fastnqe"), "info"), Does.Contain("widths"));
    }

    private static void Pack(string project, string folder) =>
        Peers.Run("dotnet", "pack", Repository.At("src", project), "-c", Configuration, "--no-build", "--nologo", "-v", "quiet", "-o", folder);

    private static string Single(string folder, string pattern) => Directory.GetFiles(folder, pattern).Single();

    // FastNqe.0.1.0.nupkg
    private static string Version(string folder) =>
        string.Join('.', Path.GetFileNameWithoutExtension(Single(folder, "*.nupkg")).Split('.').SkipWhile(part => !char.IsAsciiDigit(part[0])));
}
