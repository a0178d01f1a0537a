using System.Runtime.InteropServices;

namespace FastNqe;

/// <summary>
/// The linear algebra below ARPACK, held at one thread: solves run side by side, and the last digits depend on the thread count.
/// </summary>
/// <param name="Name">OpenBLAS, or unknown.</param>
/// <param name="Version">What it says of itself; empty if unknown.</param>
/// <param name="Threads">The threads it uses now; 0 if unknown.</param>
/// <param name="IsReentrant">
/// Whether two threads may call it at once. OpenBLAS built without threads may not be: it hands out its work space without a lock, and two
/// calls at once then write into the same one. The reference implementation has no such memory, nor has any other in use.
/// </param>
internal sealed unsafe record Blas(string Name, string Version, int Threads, bool IsReentrant)
{
    // One for the process, as the library below is one, however many copies of ARPACK call it.
    private static readonly Lock OneAtATime = new();

    /// <summary>Held during a call of anything that calls this library: waits for others only where it is not re-entrant.</summary>
    public Lock.Scope Turn() => IsReentrant ? default : OneAtATime.EnterScope();

    /// <summary>The BLAS that a loaded library depends on; its thread count is set to one if it can be.</summary>
    public static Blas Of(nint dependent)
    {
        // A symbol is looked for in a library and in what it depends on; on Windows only in itself, hence the names.
        if (!Has(dependent, out nint openBlas) && !(RuntimeInformation.IsOSPlatform(OSPlatform.Windows) && LoadedByName(out openBlas)))
            return new("unknown", "", 0, IsReentrant: true);
        ((delegate* unmanaged[Cdecl]<int, void>)NativeLibrary.GetExport(openBlas, "openblas_set_num_threads"))(1);
        int threads = NativeLibrary.TryGetExport(openBlas, "openblas_get_num_threads", out nint get) ? ((delegate* unmanaged[Cdecl]<int>)get)() : 1;
        return new("OpenBLAS", $"{Text(openBlas, "openblas_get_config")}, kernels {Text(openBlas, "openblas_get_corename")}", threads, IsThreaded(openBlas));
    }

    private static bool Has(nint library, out nint same)
    {
        same = library;
        return NativeLibrary.TryGetExport(library, "openblas_set_num_threads", out _);
    }

    private static bool LoadedByName(out nint library)
    {
        foreach (string name in (ReadOnlySpan<string>)["libopenblas.dll", "openblas.dll"])
            if (NativeLibrary.TryLoad(name, out library) && Has(library, out library))
                return true;
        library = 0;
        return false;
    }

    // 0 for a sequential build, 1 for POSIX threads, 2 for OpenMP.
    private static bool IsThreaded(nint openBlas) =>
        NativeLibrary.TryGetExport(openBlas, "openblas_get_parallel", out nint parallel) && ((delegate* unmanaged[Cdecl]<int>)parallel)() != 0;

    private static string Text(nint library, string function) =>
        NativeLibrary.TryGetExport(library, function, out nint address)
            ? Marshal.PtrToStringUTF8(((delegate* unmanaged[Cdecl]<nint>)address)())?.Trim() ?? ""
            : "unknown";
}
