using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FastNqe.Cli.Output;

/// <summary>Writes reports as JSON. Numbers have the fewest digits that read back to the same double.</summary>
internal static class Json
{
    /// <summary>The file name that means standard output.</summary>
    public const string StandardOutput = "-";

    // With + and non-ASCII letters as they are: the files are for people too, and never stand in a web page.
    private static readonly ReportContext Context = new(new JsonSerializerOptions(ReportContext.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>How a value of an enumeration is written: lower case, words joined by hyphens.</summary>
    public static string Name<T>(T value) where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    /// <summary>Writes a report (a type of <see cref="ReportContext"/>) to a file, whole or not at all, or to standard output.</summary>
    /// <remarks>What is finished is written even when Ctrl-C was pressed: it is what was promised to be kept.</remarks>
    public static void Write<T>(string path, T report, Session session)
    {
        byte[] content = [.. JsonSerializer.SerializeToUtf8Bytes(report, typeof(T), Context), (byte)'\n'];
        if (path == StandardOutput)
            session.Output.Write(Encoding.UTF8.GetString(content));
        else
            AtomicFile.Write(path, stream => stream.Write(content), CancellationToken.None);
    }
}

/// <summary>The reports the command line writes, compiled at build time.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(FiniteNumber)])]
[JsonSerializable(typeof(AnalysisReport))]
[JsonSerializable(typeof(CoefficientsReport))]
[JsonSerializable(typeof(DetectionReport))]
[JsonSerializable(typeof(ElasticityReport))]
[JsonSerializable(typeof(StatusReport))]
internal sealed partial class ReportContext : JsonSerializerContext;

/// <summary>JSON has no infinities: a cost whose denominator vanishes is written as null.</summary>
internal sealed class FiniteNumber : JsonConverter<double>
{
    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Null ? double.NaN : reader.GetDouble();

    public override bool HandleNull => true;

    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
    {
        if (double.IsFinite(value))
            writer.WriteNumberValue(value);
        else
            writer.WriteNullValue();
    }
}
