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
        table.Write(writer);
        writer.WriteLine();
        writer.WriteLine("Simulation units. The overlap of the quartic mode is with harmonic 1, that of the cubic mode with the quartic one.");
    }

    private static void Add(TextTable table, string name, ModeReport mode, double? overlap, UnitsReport units) => table.Add(
        name, TextTable.Number(mode.Stiffness), TextTable.Number(mode.Frequency), TextTable.Number(mode.Frequency / units.Frequency),
        TextTable.Number(mode.CubicCoefficient), TextTable.Number(mode.QuarticCoefficient), TextTable.Number(mode.ParticipationNumber),
        TextTable.Number(overlap ?? double.NaN), TextTable.Magnitude(mode.Residual), $"{mode.Sweeps}", mode.Converged ? "" : "NOT CONVERGED");
}
