namespace FastNqe.Cli.Output;

/// <summary>What coefficients found for a given displacement field, under the names its JSON has. Simulation units.</summary>
internal sealed record CoefficientsReport(
    int Particles,
    int Dimension,
    double Stiffness,
    double CubicCoefficient,
    double QuarticCoefficient,
    double ParticipationRatio,
    double QuarticEnergy,
    double CubicEnergy,
    double GeometricCost,
    UnitsReport Units,
    ProvenanceReport Provenance);
