using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FastNqe.Native;

/// <summary>fastnqe.h, "The library": versions, vector widths, the last error, freeing.</summary>
internal static unsafe class LibraryExports
{
    // Kept for the life of the process: callers may keep the pointers.
    private static readonly nint VersionText = Marshal.StringToCoTaskMemUTF8(
        typeof(LibraryExports).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown");

    private static readonly nint WidthReason = Marshal.StringToCoTaskMemUTF8(Simd.Reason);

    [UnmanagedCallersOnly(EntryPoint = "fnqe_version", CallConvs = [typeof(CallConvCdecl)])]
    public static byte* Version() => (byte*)VersionText;

    [UnmanagedCallersOnly(EntryPoint = "fnqe_simd_width", CallConvs = [typeof(CallConvCdecl)])]
    public static int SimdWidth() => (int)Simd.Width;

    [UnmanagedCallersOnly(EntryPoint = "fnqe_simd_reason", CallConvs = [typeof(CallConvCdecl)])]
    public static byte* SimdReason() => (byte*)WidthReason;

    [UnmanagedCallersOnly(EntryPoint = "fnqe_build_level", CallConvs = [typeof(CallConvCdecl)])]
    public static int BuildLevel() => CpuLevel.Build;

    [UnmanagedCallersOnly(EntryPoint = "fnqe_cpu_level", CallConvs = [typeof(CallConvCdecl)])]
    public static int ProcessorLevel() => CpuLevel.Processor;

    [UnmanagedCallersOnly(EntryPoint = "fnqe_last_error", CallConvs = [typeof(CallConvCdecl)])]
    public static long LastErrorText(byte* buffer, long size) => LastError.CopyTo(buffer, size);

    [UnmanagedCallersOnly(EntryPoint = "fnqe_free", CallConvs = [typeof(CallConvCdecl)])]
    public static int Free(ulong handle) => Boundary.Run(() =>
    {
        // Zero is what an initialised variable holds when nothing was made: freeing it is no error, as with free(NULL).
        if (handle != 0)
            Handles.Remove(handle);
    });
}
