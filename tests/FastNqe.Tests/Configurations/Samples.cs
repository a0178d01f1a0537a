namespace FastNqe.Tests;

/// <summary>What a sample's diameters are.</summary>
public enum SampleSizes
{
    None,
    ByType,
    Polydisperse,
}

/// <summary>Small configurations with all that a format can get wrong.</summary>
internal static class Samples
{
    private static readonly double[] Awkward =
        [0.1, 1.0 / 3, -0.0, double.Epsilon, 4.9999999999999991, Math.PI * 1e-300, -1.2345678901234567e200, 0.30000000000000004, 1e22, 2 - 4.440892098500626e-16];

    /// <summary>Twenty particles with awkward numbers, two types and some provenance.</summary>
    public static Configuration Make(int dimension, bool isTilted = false, SampleSizes sizes = SampleSizes.ByType, string[]? typeNames = null, bool withProperties = true)
    {
        const int Count = 20;
        Random random = new(7);
        double[] positions = [.. Enumerable.Range(0, Count * dimension).Select(k => k < Awkward.Length ? Awkward[k] : 9 * random.NextDouble())];
        int[] types = [.. Enumerable.Range(0, Count).Select(i => i % 3 == 0 ? 1 : 0)];
        double[] diameters = sizes switch
        {
            SampleSizes.None => [],
            SampleSizes.ByType => [.. types.Select(type => type == 0 ? 1.0 : 1.4)],
            _ => [.. types.Select(_ => 1 + random.NextDouble())],
        };
        Dictionary<string, string> properties = new() { ["model"] = "ipl-3d", ["temperature"] = "2.0", ["seed"] = "1", ["made_by"] = "a b = \"c\" \\ d, [e]" };
        return new Configuration(MakeBox(dimension, isTilted), positions, diameters, types, typeNames, withProperties ? properties : null);
    }

    public static Box MakeBox(int dimension, bool isTilted)
    {
        double[] lengths = new[] { 9.1234567890123461, 8.1 + 0.2, 7.0 / 3, 10.1 }[..dimension];
        return isTilted ? Box.Tilted(lengths, 1.0 / 7, dimension == 3 ? -0.3 : 0, dimension == 3 ? 0.1 + 0.2 : 0) : Box.Orthogonal(lengths);
    }

    /// <summary>Asserts that two configurations have the same bits.</summary>
    public static void AssertSame(Configuration actual, Configuration expected, bool withProperties = true)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(actual.Box, Is.EqualTo(expected.Box), "box");
            Assert.That(Bits(actual.Positions), Is.EqualTo(Bits(expected.Positions)), "positions");
            Assert.That(Bits(actual.Diameters), Is.EqualTo(Bits(expected.Diameters)), "diameters");
            Assert.That(actual.Types.ToArray(), Is.EqualTo(expected.Types.ToArray()), "types");
            Assert.That(actual.TypeNames, Is.EqualTo(expected.TypeNames), "type names");
            if (withProperties)
                Assert.That(actual.Properties, Is.EqualTo(expected.Properties), "properties");
        }
    }

    public static long[] Bits(ReadOnlySpan<double> values)
    {
        long[] bits = new long[values.Length];
        for (int k = 0; k < bits.Length; k++)
            bits[k] = BitConverter.DoubleToInt64Bits(values[k]);
        return bits;
    }
}
