using System.Runtime.InteropServices;

namespace FastNqe;

/// <summary>CHOLMOD, loaded at run time if it is there: never linked, never required (parts of it are under the GPL).</summary>
internal sealed unsafe class CholmodLibrary
{
    /// <summary>The environment variable that names the library file.</summary>
    public const string Variable = "FASTNQE_CHOLMOD";

    private static readonly Lazy<CholmodLibrary> Found = new(() => Open(Environment.GetEnvironmentVariable(Variable)));

    private CholmodLibrary(nint handle)
    {
        Start = NativeLibrary.GetExport(handle, "cholmod_start");
        Finish = NativeLibrary.GetExport(handle, "cholmod_finish");
        Analyze = NativeLibrary.GetExport(handle, "cholmod_analyze");
        Factorize = NativeLibrary.GetExport(handle, "cholmod_factorize");
        Solve = NativeLibrary.GetExport(handle, "cholmod_solve");
        FreeFactor = NativeLibrary.GetExport(handle, "cholmod_free_factor");
        FreeDense = NativeLibrary.GetExport(handle, "cholmod_free_dense");
        Blas = Blas.Of(handle);
    }

    /// <summary>This machine's CHOLMOD.</summary>
    /// <exception cref="CholmodNotFoundException">There is none; the message says what to do.</exception>
    public static CholmodLibrary Default => Found.Value;

    public nint Start { get; }

    public nint Finish { get; }

    public nint Analyze { get; }

    public nint Factorize { get; }

    public nint Solve { get; }

    public nint FreeFactor { get; }

    public nint FreeDense { get; }

    /// <summary>The linear algebra that its supernodal factors call.</summary>
    public Blas Blas { get; }

    /// <summary>Loads the library.</summary>
    /// <param name="forced">The file to use, or nothing to look under the usual names.</param>
    /// <exception cref="CholmodNotFoundException">It cannot be loaded or lacks a function.</exception>
    public static CholmodLibrary Open(string? forced)
    {
        string[] candidates = !string.IsNullOrWhiteSpace(forced) ? [forced.Trim()]
            : RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? ["cholmod.dll", "libcholmod.dll"]
            : RuntimeInformation.IsOSPlatform(OSPlatform.OSX) ? ["libcholmod.dylib", "/opt/homebrew/lib/libcholmod.dylib", "/usr/local/lib/libcholmod.dylib"]
            : ["libcholmod.so.3", "libcholmod.so.5", "libcholmod.so.4", "libcholmod.so"];
        foreach (string candidate in candidates)
        {
            if (!NativeLibrary.TryLoad(candidate, out nint handle))
                continue;
            try
            {
                return new(handle);
            }
            catch (EntryPointNotFoundException e)
            {
                throw NotFound($"{candidate} is not CHOLMOD: {e.Message}", e);
            }
        }
        throw NotFound($"none of {string.Join(", ", candidates)} can be loaded", null);
    }

    private static CholmodNotFoundException NotFound(string reason, Exception? inner) => new(
        $"the method {nameof(EigenpairMethod.ShiftInvert)} needs CHOLMOD: {reason}. Install it (apt-get install libcholmod3 or libsuitesparse-dev, "
        + $"dnf install suitesparse, brew install suite-sparse), set {Variable} to its file, or use {nameof(EigenpairMethod.ChebyshevFilter)}, which needs no factorisation.",
        inner!);
}
