using System.Diagnostics;
using System.Globalization;

namespace FastNqe.Cli;

/// <summary>
/// The liquid of a run of <c>sample</c>, kept in a file beside its glasses as long as the run is not at its end: the same line goes on from
/// there to the same bits.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="protocol">The protocol of the run.</param>
internal sealed class KeptLiquid(string path, SamplingProtocol protocol)
{
    private const string Head = "FastNqe sample liquid 1";

    // Seldom enough that writing costs nothing, often enough that little is lost with the machine.
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(20);

    private readonly Stopwatch _sinceSaved = Stopwatch.StartNew();

    /// <summary>The chain of a sample: where it was kept, unless that is beyond the sample, or at its beginning.</summary>
    /// <exception cref="ArgumentException">The file holds the liquid of another protocol.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or of another version.</exception>
    public SampleChain Open(long sample)
    {
        SampleChain chain = protocol.Open(protocol.ChainOf(sample));
        if (!File.Exists(path))
            return chain;
        try
        {
            using BinaryReader reader = new(new MemoryStream(File.ReadAllBytes(path)));
            if (reader.ReadString() != Head)
                throw new InvalidDataException("it is no liquid of this version");
            CheckSame(reader);
            (long kept, long at) = (reader.ReadInt64(), reader.ReadInt64());
            if (kept == chain.Chain && at <= sample)
                chain.Restore(reader);
            return chain;
        }
        catch (Exception error) when (error is IOException or InvalidDataException or FormatException)
        {
            throw new InvalidDataException($"{path} cannot be read: {error.Message}; remove it to begin the liquid anew", error);
        }
    }

    /// <summary>Saves the chain if it was not saved for a while.</summary>
    public void SaveNowAndThen(SampleChain chain)
    {
        if (_sinceSaved.Elapsed > Interval)
            Save(chain);
    }

    /// <summary>Saves the chain; the file appears whole or not at all.</summary>
    public void Save(SampleChain chain)
    {
        if (!chain.CanBeSaved)
            return;
        AtomicFile.Write(path, stream =>
        {
            using BinaryWriter writer = new(stream, System.Text.Encoding.UTF8, leaveOpen: true);
            writer.Write(Head);
            Dictionary<string, string> identity = Identity();
            writer.Write(identity.Count);
            foreach ((string key, string value) in identity)
            {
                writer.Write(key);
                writer.Write(value);
            }
            writer.Write(chain.Chain);
            writer.Write(chain.Sample);
            chain.Save(writer);
        });
        _sinceSaved.Restart();
    }

    /// <summary>Removes the file at the end of a run, unless it is the liquid of a run that has come, or went, farther.</summary>
    /// <param name="last">The last sample of the run.</param>
    public void RemoveUpTo(long last)
    {
        if (File.Exists(path) && KeptSample() <= last)
            File.Delete(path);
    }

    // The sample at which a liquid of this protocol is kept; beyond all samples if it is another's.
    private long KeptSample()
    {
        using BinaryReader reader = new(File.OpenRead(path));
        try
        {
            if (reader.ReadString() != Head)
                return long.MaxValue;
            CheckSame(reader);
            return Math.Max(reader.ReadInt64() * protocol.ChainLength, reader.ReadInt64());
        }
        catch (Exception error) when (error is ArgumentException or IOException or FormatException)
        {
            return long.MaxValue;
        }
    }

    private void CheckSame(BinaryReader reader)
    {
        var kept = new Dictionary<string, string>();
        for (int left = reader.ReadInt32(); left > 0; left--)
            kept[reader.ReadString()] = reader.ReadString();
        foreach ((string key, string expected) in Identity())
            if (!kept.TryGetValue(key, out string? there) || there != expected)
                throw new ArgumentException($"{path} is the liquid of another run that was stopped: its {key} is {there ?? "not given"}, expected {expected}; remove it or choose another folder");
    }

    private Dictionary<string, string> Identity() => new(protocol.Describe()) { ["particles"] = protocol.ParticleCount.ToString(CultureInfo.InvariantCulture) };
}
