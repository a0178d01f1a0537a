using System.Runtime.InteropServices;

namespace FastNqe;

/// <summary>
/// The linear algebra below ARPACK, held at one thread: solves run side by side, and the last digits depend on the thread count.
/// </summary>
/// <param name="Name">OpenBLAS, or unknown.</param>
/// <param name="Version">What it says of itself; empty if unknown.</param>
/// <param name="Threads">The threads it uses now; 0 if unknown.</param>
internal sealed unsafe record Blas(string Name, string Version, int Threads)
{
    /// <summary>The BLAS that a loaded library depends on; its thread count is set to one if it can be.</summary>
    public static Blas Of(nint dependent)
    {
        // A symbol is looked for in a library and in what it depends on; on Windows only in itself, hence the names.
        if (!Has(dependent, out nint openBlas) && !(RuntimeInformation.IsOSPlatform(OSPlatform.Windows) && LoadedByName(out openBlas)))
            return new("unknown", "", 0);
        ((delegate* unmanaged[Cdecl]<int, void>)NativeLibrary.GetExport(openBlas, "openblas_set_num_threads"))(1);
        int threads = NativeLibrary.TryGetExport(openBlas, "openblas_get_num_threads", out nint get) ? ((delegate* unmanaged[Cdecl]<int>)get)() : 1;
        return new("OpenBLAS", $"{Text(openBlas, "openblas_get_config")}, kernels {Text(openBlas, "openblas_get_corename")}", threads);
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
