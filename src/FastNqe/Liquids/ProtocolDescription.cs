using System.Globalization;
using System.Numerics;

namespace FastNqe;

/// <summary>A protocol as keys and values: all that decides a sample's bits but N, which the sample has itself.</summary>
internal static class ProtocolDescription
{
    public static Dictionary<string, string> Of(SamplingProtocol protocol)
    {
        GlassModel model = protocol.Model;
        var properties = new Dictionary<string, string>
        {
            [GlassProperties.Model] = model.Name,
            [GlassProperties.Potential] = model.Potential.ToString() ?? "",
            ["density"] = Text(model.NumberDensity),
            ["temperature"] = Text(protocol.Temperature),
            ["preparation"] = protocol.Cooling is null ? "instantaneous" : "cooled",
            ["method"] = protocol.Method.ToString(),
            ["seed"] = protocol.Seed.ToString(CultureInfo.InvariantCulture),
            ["chain_length"] = protocol.ChainLength.ToString(CultureInfo.InvariantCulture),
            ["equilibration_time"] = Text(protocol.ActualEquilibrationTime),
            ["spacing"] = Text(protocol.ActualSpacing),
            [GlassProperties.MadeBy] = $"FastNqe {typeof(SamplingProtocol).Assembly.GetName().Version?.ToString(3)}",
        };
        foreach ((string key, string value) in PotentialConstants.Of(model.Potential).Describe())
            properties[key] = value;
        if (protocol.RelaxationTime is { } time)
            properties["relaxation_time"] = Text(time);
        if (protocol.Method != LiquidMethod.SwapMonteCarlo || protocol.Cooling is not null)
            properties["time_step"] = Text(protocol.ActualTimeStep);
        if (model.Polydispersity is not null)
            properties["diameters"] = protocol.RandomDiameters ? "random" : "quantiles";
        if (protocol.Cooling is { } cooling)
            (properties["cooling_rate"], properties["final_temperature"]) = (Text(cooling.Rate), Text(cooling.FinalTemperature));
        return properties;
    }

    public static (SamplingProtocol Protocol, long Sample) Read(Configuration sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        GlassModel preset = GlassModel.Named(Word(GlassProperties.Model));
        GlassModel model = preset.With(new PotentialConstants
        {
            Exponent = NumberIfAny<int>(PotentialConstants.Keys[0]),
            Cutoff = NumberIfAny<double>(PotentialConstants.Keys[1]),
            SmoothingOrder = NumberIfAny<int>(PotentialConstants.Keys[2]),
            NonAdditivity = NumberIfAny<double>(PotentialConstants.Keys[3]),
        });
        SamplingProtocol protocol = new()
        {
            Model = model with { NumberDensity = Number<double>("density") },
            ParticleCount = sample.ParticleCount,
            Temperature = Number<double>("temperature"),
            Seed = Number<ulong>("seed"),
            Cooling = Word("preparation") == "cooled" ? new Cooling(Number<double>("cooling_rate"), Number<double>("final_temperature")) : null,
            Method = Enum.TryParse(Word("method"), out LiquidMethod method) && Enum.IsDefined(method) ? method : throw Wrong("method", "one of " + string.Join(", ", Enum.GetNames<LiquidMethod>())),
            RandomDiameters = model.Polydispersity is not null && Word("diameters") == "random",
            RelaxationTime = NumberIfAny<double>("relaxation_time"),
            EquilibrationTime = Number<double>("equilibration_time"),
            Spacing = Number<double>("spacing"),
            ChainLength = Number<int>("chain_length"),
            TimeStep = NumberIfAny<double>("time_step") ?? 0,
        };
        // What was read must say again what was there: else something is in the file that this program would not do.
        foreach ((string key, string value) in Of(protocol))
            if (key != GlassProperties.MadeBy && Word(key) != value)
                throw Wrong(key, value);
        return (protocol, Number<long>(GlassProperties.Sample));

        string Word(string key) => sample.Properties.TryGetValue(key, out string? word)
            ? word
            : throw new ArgumentException($"the configuration does not say its {key}; only samples with their whole provenance can be made again", nameof(sample));

        T Number<T>(string key) where T : struct, INumber<T> =>
            T.TryParse(Word(key), NumberStyles.Float, CultureInfo.InvariantCulture, out T number) ? number : throw Wrong(key, "a number");

        T? NumberIfAny<T>(string key) where T : struct, INumber<T> => sample.Properties.ContainsKey(key) ? Number<T>(key) : null;

        ArgumentException Wrong(string key, string expected) =>
            new($"the {key} of the configuration is {Word(key)}; expected {expected}", nameof(sample));
    }

    private static string Text(double value) => SamplingProtocol.Text(value);
}
