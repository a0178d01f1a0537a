using System.Diagnostics;
using System.Runtime.InteropServices;

namespace FastNqe;

/// <summary>
/// The ARPACK-NG library of this machine: found once, checked, and copied for each instance that needs its own.
/// </summary>
/// <remarks>
/// ARPACK keeps its state in SAVE variables, so two solves at once in one loaded library corrupt each other, often without an
/// error code. A loader gives each file its own data: a private copy of the file per instance isolates them.
/// </remarks>
internal sealed unsafe class ArpackLibrary
{
    /// <summary>The environment variable that names the library file.</summary>
    public const string Variable = "FASTNQE_ARPACK";

    private static readonly Lazy<ArpackLibrary> Found = new(() => Open(Environment.GetEnvironmentVariable(Variable)));

    private readonly nint _handle;
    private bool _copiesLoad = true;

    private ArpackLibrary(string path, nint handle, int integerBits)
    {
        Path = path;
        _handle = handle;
        IntegerBits = integerBits;
        Blas = Blas.Of(handle);
    }

    /// <summary>The library of this machine.</summary>
    /// <exception cref="ArpackNotFoundException">There is none, or it lacks something; the message says what to do.</exception>
    public static ArpackLibrary Default => Found.Value;

    /// <summary>The file that was loaded.</summary>
    public string Path { get; }

    /// <summary>The width of its integers: 32 or 64 (built with INTERFACE64).</summary>
    public int IntegerBits { get; }

    /// <summary>The linear algebra library below it.</summary>
    public Blas Blas { get; }

    /// <summary>Finds and checks a library.</summary>
    /// <param name="forced">The file to use, or nothing to look under the usual names.</param>
    /// <exception cref="ArpackNotFoundException">There is none, or it lacks something.</exception>
    public static ArpackLibrary Open(string? forced)
    {
        bool named = !string.IsNullOrWhiteSpace(forced);
        string[] candidates = named ? [forced!.Trim()] : [.. UsualNames()];
        if (named && candidates[0].Contains('/', StringComparison.Ordinal) && !File.Exists(candidates[0]))
            throw ArpackNotFoundException.Because($"{Variable} is \"{candidates[0]}\", which does not exist");
        foreach (string candidate in candidates)
        {
            if (!NativeLibrary.TryLoad(candidate, out nint handle))
                continue;
            foreach (string symbol in (ReadOnlySpan<string>)["dsaupd_c", "dseupd_c"])
                if (!NativeLibrary.TryGetExport(handle, symbol, out _))
                    throw ArpackNotFoundException.Because($"{candidate} has no {symbol}: it is not an ARPACK-NG with the ISO C interface");
            string path = PathOf(handle, candidate);
            return new(path, handle, ArpackInstance.IntegerBitsOf(NativeLibrary.GetExport(handle, "dsaupd_c"), path));
        }
        throw ArpackNotFoundException.Because(named
            ? $"{Variable} is \"{candidates[0]}\", which is not a library that can be loaded"
            : $"none of {string.Join(", ", candidates)} can be loaded");
    }

    /// <summary>
    /// An instance with static data of its own, or null if the library cannot be loaded a second time (then
    /// <see cref="SharedInstance"/> has to do for all).
    /// </summary>
    public ArpackInstance? TryCreateInstance()
    {
        if (!_copiesLoad)
            return null;
        foreach (string folder in (ReadOnlySpan<string>)[System.IO.Path.GetTempPath(), Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)])
        {
            string copy = System.IO.Path.Combine(folder, $"fastnqe-arpack-{Environment.ProcessId}-{Guid.NewGuid():N}{System.IO.Path.GetExtension(Path)}");
            try
            {
                File.Copy(Path, copy);
                if (NativeLibrary.TryLoad(copy, out nint handle))
                    return new(handle, IntegerBits, Blas, copy);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // A folder that is full or closed to us: the next one may do.
            }
            finally
            {
                ArpackInstance.TryDelete(copy);
            }
        }
        _copiesLoad = false;
        return null;
    }

    /// <summary>The instance of the library as it was first loaded: there is only one of it.</summary>
    public ArpackInstance SharedInstance() => new(_handle, IntegerBits, Blas, copy: null);

    private static IEnumerable<string> UsualNames()
    {
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
            return ["arpack.dll", "libarpack.dll", "libarpack-2.dll", "arpack-ng.dll"];
        string[] prefixes = Environment.GetEnvironmentVariable("CONDA_PREFIX") is { Length: > 0 } conda ? [$"{conda}/lib/"] : [];
        return RuntimeInformation.IsOSPlatform(OSPlatform.OSX)
            ? ["libarpack.2.dylib", "libarpack.dylib", .. Below([.. prefixes, "/opt/homebrew/lib/", "/usr/local/lib/", "/opt/local/lib/"], "libarpack.dylib")]
            : ["libarpack.so.2", "libarpack.so", .. Below([.. prefixes, "/usr/local/lib/"], "libarpack.so.2"), "libarpack64.so.2", "libarpackILP64.so.2"];
    }

    private static IEnumerable<string> Below(string[] folders, string name) => folders.Select(folder => folder + name);

    // The file behind a name that the loader resolved: dladdr where the library's own dependencies have it, else the process's modules.
    private static string PathOf(nint handle, string name)
    {
        if (File.Exists(name))
            return System.IO.Path.GetFullPath(name);
        if (NativeLibrary.TryGetExport(handle, "dladdr", out nint dladdr) && NativeLibrary.TryGetExport(handle, "dsaupd_c", out nint symbol))
        {
            nint* information = stackalloc nint[4];
            if (((delegate* unmanaged[Cdecl]<nint, nint*, int>)dladdr)(symbol, information) != 0
                && Marshal.PtrToStringUTF8(information[0]) is { } file && File.Exists(file))
                return System.IO.Path.GetFullPath(file);
        }
        using Process process = Process.GetCurrentProcess();
        foreach (ProcessModule module in process.Modules)
            if (module.FileName.Contains("arpack", StringComparison.OrdinalIgnoreCase) && File.Exists(module.FileName))
                return module.FileName;
        throw ArpackNotFoundException.Because($"{name} was loaded, but its file cannot be told; name it in {Variable}");
    }
}
