namespace FastNqe.Tests;

/// <summary>The vector widths, for tests that run every one of them whatever the process was started with.</summary>
internal static class Widths
{
    public static IEnumerable<SimdWidth> All => Enum.GetValues<SimdWidth>();

    /// <summary>The widths that this machine has; a test that compares them says which are missing.</summary>
    public static IEnumerable<SimdWidth> Supported => All.Where(Simd.IsSupported);

    public static void SkipIfLacking(SimdWidth width)
    {
        if (!Simd.IsSupported(width))
            Assert.Ignore($"this processor lacks {width}");
    }
}
