using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FastNqe;

/// <summary>The vector width in which the kernels run.</summary>
public enum SimdWidth
{
    /// <summary>One number at a time.</summary>
    Scalar = 1,

    /// <summary>Four numbers: 256-bit AVX2 with FMA.</summary>
    Avx2 = 4,

    /// <summary>Eight numbers: 512-bit AVX-512F.</summary>
    Avx512 = 8,
}

/// <summary>Chooses the vector width once, at start, and says why.</summary>
public static class Simd
{
    /// <summary>The environment variable that forces a width: scalar, avx2 or avx512.</summary>
    public const string Variable = "FASTNQE_SIMD";

    static Simd() => (Width, Reason) = Choose(Environment.GetEnvironmentVariable(Variable));

    /// <summary>The width in use.</summary>
    public static SimdWidth Width { get; }

    /// <summary>Why this width is in use, as a sentence.</summary>
    public static string Reason { get; }

    /// <summary>Whether this processor (and this build of the code) can run a width.</summary>
    public static bool IsSupported(SimdWidth width) => width switch
    {
        SimdWidth.Scalar => true,
        SimdWidth.Avx2 => Avx2.IsSupported && Fma.IsSupported && Bmi2.X64.IsSupported && Vector256.IsHardwareAccelerated,
        SimdWidth.Avx512 => Avx512F.IsSupported && Bmi2.X64.IsSupported && Vector512.IsHardwareAccelerated,
        _ => false,
    };

    internal static (SimdWidth Width, string Reason) Choose(string? forced)
    {
        SimdWidth best = IsSupported(SimdWidth.Avx512) ? SimdWidth.Avx512 : IsSupported(SimdWidth.Avx2) ? SimdWidth.Avx2 : SimdWidth.Scalar;
        if (string.IsNullOrWhiteSpace(forced))
            return (best, "the widest that this processor has");
        if (!Enum.TryParse(forced.Trim(), ignoreCase: true, out SimdWidth wanted) || !Enum.IsDefined(wanted))
            return (best, $"{Variable} is \"{forced}\", which is none of scalar, avx2, avx512: ignored, the widest is used");
        return IsSupported(wanted)
            ? (wanted, $"forced by {Variable}")
            : (best, $"{Variable} asks for {wanted.ToString().ToLowerInvariant()}, which this processor lacks: the widest it has is used");
    }
}
