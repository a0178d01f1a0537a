using System.Text.Json.Serialization;

namespace FastNqe.Cli.Output;

/// <summary>What analyze found, under the names its JSON has. Simulation units.</summary>
internal sealed record AnalysisReport
{
    public required int Particles { get; init; }
    public required int Dimension { get; init; }
    public required int Pairs { get; init; }
    public required double Energy { get; init; }
    public required double Pressure { get; init; }
    public required double MaxForce { get; init; }
    public required IReadOnlyList<HarmonicReport> Harmonic { get; init; }
    public required ModeReport Quartic { get; init; }
    public required ModeReport Cubic { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AroundReport? Around { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public HybridReport[]? SoftSpots { get; init; }
    public required UnitsReport Units { get; init; }
    public required ProvenanceReport Provenance { get; init; }

    public static AnalysisReport Of(InherentState glass, Eigenpair[] harmonic, QuarticMode quartic, CubicMode cubic, GlassModel model, string input) => new()
    {
        Particles = glass.ParticleCount,
        Dimension = glass.Dimension,
        Pairs = glass.PairCount,
        Energy = glass.Energy,
        Pressure = glass.Pressure,
        MaxForce = glass.MaxForce,
        Harmonic = [.. harmonic.Select(pair => new HarmonicReport(pair.Stiffness, pair.Frequency, glass.ParticleCount * pair.ParticipationRatio, pair.Residual))],
        Quartic = ModeReport.Of(glass, quartic, harmonic[0], null),
        Cubic = ModeReport.Of(glass, cubic, harmonic[0], quartic),
        Units = UnitsReport.Of(model),
        Provenance = ProvenanceReport.Of(input, model),
    };
}

/// <summary>One eigenpair of the Hessian.</summary>
internal sealed record HarmonicReport(double Stiffness, double Frequency, double ParticipationNumber, double Residual);

/// <summary>One nonlinear mode. <see cref="OverlapQuartic"/> is left out where there is nothing to overlap with.</summary>
internal sealed record ModeReport
{
    public required double Stiffness { get; init; }
    public required double Frequency { get; init; }
    public required double CubicCoefficient { get; init; }
    public required double QuarticCoefficient { get; init; }
    public required double ParticipationNumber { get; init; }
    public required double Energy { get; init; }
    public required double ProportionalityConstant { get; init; }
    public required double[] Centre { get; init; }
    public required double Radius { get; init; }
    public required double OverlapHarmonic { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? OverlapQuartic { get; init; }
    public required double Residual { get; init; }
    public required bool Converged { get; init; }
    public required string End { get; init; }
    public required int Iterations { get; init; }
    public required int Sweeps { get; init; }

    public static ModeReport Of(InherentState glass, NonlinearMode mode, Eigenpair harmonic, QuarticMode? quartic)
    {
        var place = ModePlace.Of(glass.Configuration, mode.Direction);
        return new ModeReport
        {
            Stiffness = mode.Stiffness,
            Frequency = mode.Frequency,
            CubicCoefficient = mode.CubicCoefficient,
            QuarticCoefficient = mode.QuarticCoefficient,
            ParticipationNumber = glass.ParticleCount * mode.ParticipationRatio,
            Energy = mode.Energy,
            ProportionalityConstant = mode.ProportionalityConstant,
            Centre = place.Centre,
            Radius = place.Radius,
            OverlapHarmonic = mode.Overlap(harmonic.Vector),
            OverlapQuartic = quartic is null ? null : mode.Overlap(quartic.Direction),
            Residual = mode.Residual,
            Converged = mode.Converged,
            End = Json.Name(mode.End),
            Iterations = mode.Iterations,
            Sweeps = mode.Sweeps,
        };
    }
}

/// <summary>a0 and omega_0 of the preset, in simulation units: divide by them to get the units of the paper's figures.</summary>
internal sealed record UnitsReport(double Length, double Frequency)
{
    public static UnitsReport Of(GlassModel model) => new(model.UnitLength, model.UnitFrequency);
}

/// <summary>What is needed to make the same numbers again.</summary>
internal sealed record ProvenanceReport(string Version, string Simd, string Input, string Model, string Potential)
{
    public static ProvenanceReport Of(string input, GlassModel model) =>
        new(Product.Version, FastNqe.Simd.Width.ToString().ToLowerInvariant(), input, model.Name, model.Potential.ToString() ?? "");
}
