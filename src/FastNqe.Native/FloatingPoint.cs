using System.Runtime.InteropServices;

namespace FastNqe.Native;

/// <summary>
/// The caller's floating-point environment, put aside for the time of a call. A program built with -ffast-math flushes subnormals, one built
/// with -ffpe-trap stops at the harmless infinities of discarded lanes; results must depend on neither.
/// </summary>
internal unsafe ref partial struct FloatingPoint
{
    // glibc's and Apple's fenv_t have 28 to 32 bytes on x86-64, 8 or 16 on ARM.
    private fixed byte _callers[64];

    public static FloatingPoint Default()
    {
        FloatingPoint saved = default;
        if (!OperatingSystem.IsLinux())
            return saved;
        _ = GetEnvironment(saved._callers);
        // FE_DFL_ENV of glibc: round to nearest, no traps, subnormals kept.
        _ = SetEnvironment((byte*)-1);
        return saved;
    }

    public void Restore()
    {
        if (!OperatingSystem.IsLinux())
            return;
        fixed (byte* callers = _callers)
            _ = SetEnvironment(callers);
    }

    [LibraryImport("libm.so.6", EntryPoint = "fegetenv")]
    [SuppressGCTransition]
    private static partial int GetEnvironment(byte* environment);

    [LibraryImport("libm.so.6", EntryPoint = "fesetenv")]
    [SuppressGCTransition]
    private static partial int SetEnvironment(byte* environment);
}
