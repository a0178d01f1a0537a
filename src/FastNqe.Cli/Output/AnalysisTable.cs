namespace FastNqe.Cli.Output;

/// <summary>The analysis of a glass as a table for the eye.</summary>
internal static class AnalysisTable
{
    public static void Write(AnalysisReport report, TextWriter writer)
    {
        writer.WriteLine($"{report.Provenance.Model}, N = {report.Particles}, {report.Dimension}D, {report.Pairs} pairs, energy per particle {TextTable.Number(report.Energy / report.Particles)}, pressure {TextTable.Number(report.Pressure)}, largest net force {TextTable.Magnitude(report.MaxForce)}");
        writer.WriteLine();
        var table = new TextTable("mode", "stiffness", "omega", "omega/omega_0", "tau", "chi", "N e", "overlap", "residual", "sweeps", "");
        for (int k = 0; k < report.Harmonic.Count; k++)
        {
            HarmonicReport mode = report.Harmonic[k];
            table.Add(
                $"harmonic {k + 1}", TextTable.Number(mode.Stiffness), TextTable.Number(mode.Frequency), TextTable.Number(mode.Frequency / report.Units.Frequency),
                "", "", TextTable.Number(mode.ParticipationNumber), "", TextTable.Magnitude(mode.Residual), "", "");
        }
        Add(table, "quartic", report.Quartic, report.Quartic.OverlapHarmonic, report.Units);
        Add(table, "cubic", report.Cubic, report.Cubic.OverlapQuartic, report.Units);
        if (report.Around?.LowestCubic is LowestCubicReport lowest)
            Add(table, "lowest cubic", lowest.Mode, lowest.Mode.OverlapQuartic, report.Units);
        table.Write(writer);
        writer.WriteLine();
        writer.WriteLine("Simulation units. The overlap of the quartic mode is with harmonic 1, that of a cubic mode with the quartic one.");
        if (report.Around is AroundReport around)
            WriteAround(around, writer);
        if (report.SoftSpots is HybridReport[] spots)
            WriteSpots(spots, writer);
    }

    private static void WriteAround(AroundReport around, TextWriter writer)
    {
        var starts = new TextTable("cubic mode from", "stiffness", "tau", "overlap with pi3", "");
        foreach (CubicStartReport start in around.CubicStarts)
            starts.Add(start.Start, TextTable.Number(start.Stiffness), TextTable.Number(start.CubicCoefficient), TextTable.Number(start.Overlap), start.Converged ? "" : "NOT CONVERGED");
        writer.WriteLine();
        starts.Write(writer);
        writer.WriteLine();
        writer.WriteLine($"What follows is of the lowest cubic mode, from {around.LowestCubic.Start}.");
        var shears = new TextTable("shear", "nu", "dkappa/dgamma", "strain to instability");
        foreach (CouplingReport shear in around.Couplings)
            shears.Add(shear.Shear, TextTable.Number(shear.Coupling), TextTable.Number(shear.StiffnessSlope), TextTable.Number(shear.InstabilityStrain));
        writer.WriteLine();
        shears.Write(writer);
        var rest = new TextTable("quantity", "value");
        rest.Add("|Delta|", TextTable.Number(around.Delta.Norm));
        rest.Add("|Delta| of eq. 17", TextTable.Number(around.Delta.FirstOrderNorm));
        rest.Add("cosine between them", TextTable.Number(around.Delta.Cosine));
        rest.Add("tau²/(3 kappa chi)", TextTable.Number(around.Well.Asymmetry));
        rest.Add("barrier 2 kappa³/(3 tau²)", TextTable.Number(around.Well.CubicBarrier));
        writer.WriteLine();
        rest.Write(writer);
    }

    private static void WriteSpots(HybridReport[] spots, TextWriter writer)
    {
        var table = new TextTable("soft spot in", "number", "weight", "left", "omega", "tau", "chi", "N e", "radius", "centre");
        foreach (HybridReport spot in spots)
        {
            string[] mode = spot.IsNew
                ? [
                    TextTable.Number(spot.Spot.Frequency), TextTable.Number(spot.Spot.CubicCoefficient), TextTable.Number(spot.Spot.QuarticCoefficient),
                    TextTable.Number(spot.Spot.ParticipationNumber), TextTable.Number(spot.Spot.Radius), string.Join(' ', spot.Spot.Centre.Select(TextTable.Number)),
                ]
                : ["", "", "", "", "", "listed above"];
            table.Add([$"harmonic {spot.Harmonic}", $"{spot.Number}", TextTable.Number(spot.Weight), TextTable.Number(spot.Remainder), .. mode]);
        }
        writer.WriteLine();
        table.Write(writer);
    }

    private static void Add(TextTable table, string name, ModeReport mode, double? overlap, UnitsReport units) => table.Add(
        name, TextTable.Number(mode.Stiffness), TextTable.Number(mode.Frequency), TextTable.Number(mode.Frequency / units.Frequency),
        TextTable.Number(mode.CubicCoefficient), TextTable.Number(mode.QuarticCoefficient), TextTable.Number(mode.ParticipationNumber),
        TextTable.Number(overlap ?? double.NaN), TextTable.Magnitude(mode.Residual), $"{mode.Sweeps}", mode.Converged ? "" : "NOT CONVERGED");
}
