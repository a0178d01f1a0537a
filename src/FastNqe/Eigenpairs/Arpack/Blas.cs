using System.Runtime.InteropServices;

namespace FastNqe;

/// <summary>
/// The linear algebra below ARPACK, held at one thread while it is called: solves run side by side, and the last digits depend on the thread count.
/// </summary>
/// <param name="Name">OpenBLAS, or unknown.</param>
/// <param name="Version">What it says of itself; empty if unknown.</param>
/// <param name="Threads">The threads it uses when it is called from here; 0 if unknown.</param>
/// <param name="IsReentrant">
/// Whether two threads may call it at once. OpenBLAS built without threads may not be: it hands out its work space without a lock, and two
/// calls at once then write into the same one. The reference implementation has no such memory, nor has any other in use.
/// </param>
internal sealed unsafe record Blas(string Name, string Version, int Threads, bool IsReentrant)
{
    // One for the process, as the library below is one, however many copies of ARPACK call it.
    private static readonly Lock OneAtATime = new();

    private BlasThreadCount? _lent;

    /// <summary>Held during a call of anything that calls this library: at one thread, and alone where it is not re-entrant.</summary>
    public Hold Turn() => new(_lent, IsReentrant ? default : OneAtATime.EnterScope());

    /// <summary>The BLAS that a loaded library depends on, with its thread count at one if that can be set.</summary>
    public static Blas Of(nint dependent)
    {
        // A symbol is looked for in a library and in what it depends on; on Windows only in itself, hence the names.
        if (!Has(dependent, out nint openBlas) && !(RuntimeInformation.IsOSPlatform(OSPlatform.Windows) && LoadedByName(out openBlas)))
            return new("unknown", "", 0, IsReentrant: true);
        int parallel = NativeLibrary.TryGetExport(openBlas, "openblas_get_parallel", out nint kind) ? ((delegate* unmanaged[Cdecl]<int>)kind)() : 0;
        // With POSIX threads the count is a number, which is lent for each call. With OpenMP, setting it frees buffers that other callers may be
        // using: it is set once.
        BlasThreadCount? lent = parallel == PosixThreads ? BlasThreadCount.Of(openBlas) : null;
        if (lent is null)
            ((delegate* unmanaged[Cdecl]<int, void>)NativeLibrary.GetExport(openBlas, "openblas_set_num_threads"))(1);
        using Hold hold = new(lent, default);
        int threads = NativeLibrary.TryGetExport(openBlas, "openblas_get_num_threads", out nint get) ? ((delegate* unmanaged[Cdecl]<int>)get)() : 1;
        return new("OpenBLAS", $"{Text(openBlas, "openblas_get_config")}, kernels {Text(openBlas, "openblas_get_corename")}", threads, parallel != Sequential) { _lent = lent };
    }

    // What openblas_get_parallel says; 2 is OpenMP.
    private const int Sequential = 0, PosixThreads = 1;

    /// <summary>Ends a turn when disposed of.</summary>
    public readonly ref struct Hold
    {
        private readonly BlasThreadCount? _lent;
        private readonly Lock.Scope _alone;

        internal Hold(BlasThreadCount? lent, Lock.Scope alone)
        {
            _lent = lent;
            _alone = alone;
            lent?.Borrow();
        }

        public void Dispose()
        {
            _lent?.Return();
            _alone.Dispose();
        }
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

    private static string Text(nint library, string function) =>
        NativeLibrary.TryGetExport(library, function, out nint address)
            ? Marshal.PtrToStringUTF8(((delegate* unmanaged[Cdecl]<nint>)address)())?.Trim() ?? ""
            : "unknown";
}
