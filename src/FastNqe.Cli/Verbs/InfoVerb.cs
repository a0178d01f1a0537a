using System.CommandLine;
using System.Runtime.InteropServices;

namespace FastNqe.Cli.Verbs;

/// <summary>fastnqe info: what this build is and what it found on this machine.</summary>
internal sealed class InfoVerb() : Verb<InfoVerb.Nothing>("info", "Says which version this is, which SIMD width is in use and why, and which native libraries were found.")
{
    internal readonly record struct Nothing;

    protected override Nothing Read(ParseResult parse) => default;

    protected override ExitCode Run(Nothing options, Session session)
    {
        session.Output.WriteLine($"version  {Product.Version}");
        session.Output.WriteLine($"runtime  {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}");
        session.Output.WriteLine($"simd     {Word(Simd.Width)}: {Simd.Reason}");
        session.Output.WriteLine($"widths   {string.Join(", ", Enum.GetValues<SimdWidth>().Where(Simd.IsSupported).Select(Word))}");
        foreach (string line in Libraries())
            session.Output.WriteLine(line);
        return ExitCode.Done;
    }

    private static string[] Libraries()
    {
        try
        {
            ArpackInfo arpack = ArpackInfo.Read();
            string threads = arpack.BlasThreads switch { 0 => "an unknown number of threads", 1 => "1 thread", _ => $"{arpack.BlasThreads} threads" };
            string turns = arpack.BlasIsReentrant ? "" : "; a sequential build, which is not re-entrant: solves at once take turns in it";
            return
            [
                $"arpack   {arpack.Path}, {arpack.IntegerBits}-bit integers",
                $"blas     {(arpack.BlasVersion.Length > 0 ? arpack.BlasVersion : arpack.BlasName)}, {threads}{turns}",
            ];
        }
        catch (ArpackNotFoundException missing)
        {
            return [$"arpack   not found: {missing.Message}"];
        }
    }

    private static string Word(SimdWidth width) => width.ToString().ToLowerInvariant();
}
