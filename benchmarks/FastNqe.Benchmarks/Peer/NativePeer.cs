using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FastNqe.Benchmarks.Peer;

/// <summary>The constants of the peer's pair law (native/peer/peer.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PeerLaw
{
    public double Cutoff, NonAdditivity, C0, C2, C4, C6;

    public static PeerLaw From(InversePowerLaw law)
    {
        if (law.Exponent != 10 || law.SmoothingOrder != 3)
            throw new ArgumentException($"the peer knows beta = 10 and q = 3 only, not the {law}");
        return new PeerLaw
        {
            Cutoff = law.CutoffRatio,
            NonAdditivity = law.NonAdditivity,
            C0 = law.SmoothingCoefficient(0),
            C2 = law.SmoothingCoefficient(1),
            C4 = law.SmoothingCoefficient(2),
            C6 = law.SmoothingCoefficient(3),
        };
    }
}

/// <summary>The functions of native/peer/peer.h, in this process.</summary>
internal static unsafe partial class NativePeer
{
    private const string Library = "fastnqe_peer";

#pragma warning disable CA2255 // The resolver must be there before the first call, wherever that is.
    [ModuleInitializer]
    internal static void Register() => NativeLibrary.SetDllImportResolver(Assembly.GetExecutingAssembly(), Resolve);
#pragma warning restore CA2255

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != Library)
            return 0;
        string file = Path.Combine(Repository.Artifacts, "native", OperatingSystem.IsMacOS() ? "libfastnqe_peer.dylib" : OperatingSystem.IsWindows() ? "fastnqe_peer.dll" : "libfastnqe_peer.so");
        return File.Exists(file)
            ? NativeLibrary.Load(file)
            : throw new DllNotFoundException($"{file} is not built: run build/bench, or cmake -S . -B artifacts/native && cmake --build artifacts/native");
    }

    [LibraryImport(Library, EntryPoint = "peer_glass_create")]
    public static partial nint GlassCreate(int dimension, int n, double box, double* positions, double* sizes, PeerLaw* law);

    [LibraryImport(Library, EntryPoint = "peer_glass_destroy")]
    public static partial void GlassDestroy(nint glass);

    [LibraryImport(Library, EntryPoint = "peer_glass_pairs")]
    public static partial long GlassPairs(nint glass);

    [LibraryImport(Library, EntryPoint = "peer_glass_bytes_per_pair")]
    public static partial int GlassBytesPerPair(nint glass);

    [LibraryImport(Library, EntryPoint = "peer_hessian")]
    public static partial double Hessian(nint glass, double* z, double* mz);

    [LibraryImport(Library, EntryPoint = "peer_hessian_block")]
    public static partial void HessianBlock(nint glass, double* z, double* mz);

    [LibraryImport(Library, EntryPoint = "peer_cubic")]
    public static partial void Cubic(nint glass, double* z, double* mz, double* uzz, double* k, double* t);

    [LibraryImport(Library, EntryPoint = "peer_quartic")]
    public static partial void Quartic(nint glass, double* z, double* mz, double* uzzz, double* k, double* q);

    [LibraryImport(Library, EntryPoint = "peer_geometric")]
    public static partial void Geometric(nint glass, double* z, double* gradient, double* scratch, double* k, double* s);

    [LibraryImport(Library, EntryPoint = "peer_scalars")]
    public static partial void Scalars(nint glass, double* z, double* k, double* t, double* q, double* s);

    [LibraryImport(Library, EntryPoint = "peer_liquid_create")]
    public static partial nint LiquidCreate(int dimension, int n, double box, double skin, double* positions, double* sizes, PeerLaw* law);

    [LibraryImport(Library, EntryPoint = "peer_liquid_destroy")]
    public static partial void LiquidDestroy(nint liquid);

    [LibraryImport(Library, EntryPoint = "peer_liquid_pairs")]
    public static partial long LiquidPairs(nint liquid);

    [LibraryImport(Library, EntryPoint = "peer_liquid_forces")]
    public static partial void LiquidForces(nint liquid, double* positions, double* forces, double* energy, double* virial);

    /// <summary>The compiler that made the peer.</summary>
    public static string Compiler => Marshal.PtrToStringUTF8(CompilerText()) ?? "unknown compiler";

    [LibraryImport(Library, EntryPoint = "peer_compiler")]
    private static partial nint CompilerText();

    /// <summary>The calling thread's processor time [s].</summary>
    [LibraryImport(Library, EntryPoint = "peer_thread_seconds")]
    public static partial double ThreadSeconds();

    [LibraryImport(Library, EntryPoint = "peer_triad")]
    public static partial void Triad(double* a, double* b, double* c, double scalar, long length);
}
