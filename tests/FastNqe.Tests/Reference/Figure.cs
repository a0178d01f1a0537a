using System.Text.Json;

namespace FastNqe.Tests;

/// <summary>A figure of a reference case: numbers, their tolerances, and what they follow from.</summary>
/// <param name="Path">Where it stands in expected.json.</param>
/// <param name="Values">One number, or the numbers of a vector or of a matrix by rows.</param>
/// <param name="RelativeTolerance">rtol, or zero.</param>
/// <param name="AbsoluteTolerance">atol, or zero.</param>
/// <param name="DependsOn">configuration, stored_vector or minimiser.</param>
internal sealed record Figure(string Path, double[] Values, double RelativeTolerance, double AbsoluteTolerance, string DependsOn)
{
    public double Value => Values.Length == 1 ? Values[0] : throw new InvalidOperationException($"{Path} has {Values.Length} numbers");

    public static Figure Parse(string path, JsonElement figure)
    {
        double Optional(string name) => figure.TryGetProperty(name, out JsonElement number) ? number.GetDouble() : 0;

        string dependsOn = figure.TryGetProperty("depends_on", out JsonElement text) ? text.GetString()! : "";
        return new Figure(path, [.. Numbers(figure.GetProperty("value"))], Optional("rtol"), Optional("atol"), dependsOn);
    }

    /// <summary>Accepts |x - value| ≤ max(rtol·|value|, atol), number by number.</summary>
    public void Assert(ReadOnlySpan<double> measured)
    {
        NUnit.Framework.Assert.That(measured.Length, Is.EqualTo(Values.Length), $"{Path}: count");
        for (int k = 0; k < Values.Length; k++)
        {
            double tolerance = Math.Max(RelativeTolerance * Math.Abs(Values[k]), AbsoluteTolerance);
            NUnit.Framework.Assert.That(measured[k], Is.EqualTo(Values[k]).Within(tolerance), Values.Length == 1 ? Path : $"{Path}[{k}]");
        }
    }

    private static IEnumerable<double> Numbers(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().SelectMany(Numbers) : [value.GetDouble()];
}
