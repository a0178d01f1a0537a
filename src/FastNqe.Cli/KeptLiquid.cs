using System.Diagnostics;
using System.Globalization;

namespace FastNqe.Cli;

/// <summary>The liquid of a run of <c>sample</c>, kept in a file beside its glasses as long as the run is not at its end.</summary>
/// <param name="path">The file.</param>
/// <param name="protocol">The protocol of the run.</param>
internal sealed class KeptLiquid(string path, SamplingProtocol protocol)
{
    // Seldom enough that writing costs nothing, often enough that little is lost with the machine.
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(20);

    private readonly StateFile _file = new(path, "FastNqe sample liquid 1", new Dictionary<string, string>(protocol.Describe())
    {
        ["particles"] = protocol.ParticleCount.ToString(CultureInfo.InvariantCulture),
    });

    private readonly Stopwatch _sinceSaved = Stopwatch.StartNew();

    /// <summary>The chain of a sample: where it was kept, unless that is beyond the sample, or at its beginning.</summary>
    /// <exception cref="ArgumentException">The file holds the liquid of another protocol.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or of another version.</exception>
    public SampleChain Open(long sample)
    {
        SampleChain chain = protocol.Open(protocol.ChainOf(sample));
        return _file.Read(reader =>
        {
            var kept = Place.Read(reader);
            if (kept.Chain == chain.Chain && kept.Sample <= sample)
                chain.Restore(reader);
            return chain;
        }) ?? chain;
    }

    /// <summary>Saves the chain if it was not saved for a while.</summary>
    public void SaveNowAndThen(SampleChain chain)
    {
        if (_sinceSaved.Elapsed > Interval)
            Save(chain);
    }

    /// <summary>Saves the chain.</summary>
    public void Save(SampleChain chain)
    {
        if (!chain.CanBeSaved)
            return;
        _file.Write(writer =>
        {
            new Place(chain.Chain, chain.Sample).Write(writer);
            chain.Save(writer);
        });
        _sinceSaved.Restart();
    }

    /// <summary>Removes the file at the end of a run, unless it is the liquid of a run that has come, or went, farther.</summary>
    /// <param name="last">The last sample of the run.</param>
    public void RemoveUpTo(long last)
    {
        try
        {
            if (_file.Read(Place.Read) is { } kept && Math.Max(kept.Chain * protocol.ChainLength, kept.Sample) <= last)
                _file.Remove();
        }
        catch (Exception error) when (error is ArgumentException or InvalidDataException)
        {
            // It is another run's, or none that anyone could go on with.
        }
    }

    private sealed record Place(long Chain, long Sample)
    {
        public static Place Read(BinaryReader reader) => new(reader.ReadInt64(), reader.ReadInt64());

        public void Write(BinaryWriter writer)
        {
            writer.Write(Chain);
            writer.Write(Sample);
        }
    }
}
