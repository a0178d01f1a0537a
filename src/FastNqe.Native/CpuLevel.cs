using System.Runtime.Intrinsics.X86;

namespace FastNqe.Native;

/// <summary>The x86-64 levels of the psABI, 1 to 4: what this build was compiled for, and what the processor offers. Zero on other processors.</summary>
internal static class CpuLevel
{
    /// <summary>Known when the library is compiled: NativeAOT makes constants of these questions.</summary>
    public static int Build =>
        !X86Base.IsSupported ? 0
        : Simd.IsSupported(SimdWidth.Avx512) ? 4
        : Simd.IsSupported(SimdWidth.Avx2) ? 3
        : 1;

    /// <summary>Asked of the processor itself. Level 2 counts as 1: no build is made for it.</summary>
    public static int Processor
    {
        get
        {
            if (!X86Base.IsSupported || X86Base.CpuId(0, 0).Eax < 7)
                return X86Base.IsSupported ? 1 : 0;
            const int fma = 1 << 12, osUsesXsave = 1 << 27, avx2 = 1 << 5, bmi = 1 << 3 | 1 << 8;
            const int avx512 = 1 << 16 | 1 << 17 | 1 << 28 | 1 << 30 | 1 << 31;
            int features = X86Base.CpuId(1, 0).Ecx, extended = X86Base.CpuId(7, 0).Ebx;
            if ((features & (fma | osUsesXsave)) != (fma | osUsesXsave) || (extended & (avx2 | bmi)) != (avx2 | bmi))
                return 1;
            return (extended & avx512) == avx512 ? 4 : 3;
        }
    }
}
