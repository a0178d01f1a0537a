using System.Runtime.InteropServices;

namespace FastNqe;

/// <summary>
/// Where a long quench stood between two of its legs: with the liquid that it began with, all that the rest of it depends on, to the bit.
/// </summary>
public sealed class QuenchCheckpoint
{
    private const string StateName = "FastNqe quench 1";

    internal QuenchCheckpoint(double[] positions, int dimension, QuenchReport report, double newtonBelow) =>
        (Positions, Dimension, Report, NewtonBelow) = (positions, dimension, report, newtonBelow);

    /// <summary>How the quench had gone until then.</summary>
    public QuenchReport Report { get; }

    /// <summary>Where the particles were, N·d numbers in the caller's order [length].</summary>
    internal double[] Positions { get; }

    internal int Dimension { get; }

    /// <summary>The largest net force below which Newton's directions were to be tried next [energy/length].</summary>
    internal double NewtonBelow { get; }

    /// <summary>Writes it.</summary>
    public void Save(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        SavedState.WriteHead(writer, StateName, Positions.Length / Dimension, Dimension);
        writer.Write(Report.Iterations);
        writer.Write(Report.ForceSweeps);
        writer.Write(Report.HessianProducts);
        writer.Write(Report.MaxForce);
        writer.Write(NewtonBelow);
        writer.Write(MemoryMarshal.AsBytes<double>(Positions));
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <param name="reader">Where it is read from.</param>
    /// <param name="liquid">The liquid that the quench began with.</param>
    /// <exception cref="InvalidDataException">It is of another system or version, or of something else, or damaged.</exception>
    /// <exception cref="EndOfStreamException">There is too little of it.</exception>
    public static QuenchCheckpoint Read(BinaryReader reader, Configuration liquid)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(liquid);
        SavedState.ReadHead(reader, StateName, liquid.ParticleCount, liquid.Dimension);
        var report = new QuenchReport(false, reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadDouble());
        double newtonBelow = reader.ReadDouble();
        double[] positions = new double[liquid.ParticleCount * liquid.Dimension];
        reader.ReadExactly(MemoryMarshal.AsBytes(positions.AsSpan()));
        if (!double.IsFinite(newtonBelow) || Math.Min(report.Iterations, Math.Min(report.ForceSweeps, report.HessianProducts)) < 0 || !positions.All(double.IsFinite))
            throw new InvalidDataException("the kept quench has counts below zero or numbers that are not finite");
        return new QuenchCheckpoint(positions, liquid.Dimension, report, newtonBelow);
    }
}
