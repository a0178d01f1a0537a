namespace FastNqe.Ensembles;

/// <summary>Makes samples, chain by chain. A chain is worked on by one thread; different chains at the same time by different threads.</summary>
public interface ISampleSource
{
    /// <summary>How many samples there are.</summary>
    int SampleCount { get; }

    /// <summary>The protocol by which liquids and their glasses are made, as keys and values (<see cref="SamplingProtocol.Describe"/>, and where the quench ends); null if there are none.</summary>
    IReadOnlyDictionary<string, string>? Protocol => null;

    /// <summary>Begins a chain; it stands before its first sample.</summary>
    ISampleChain Open(int chain);
}

/// <summary>A run of successive samples. What a sample is does not depend on whether those before it were analysed.</summary>
public interface ISampleChain : IDisposable
{
    /// <summary>The seed of the run, as text.</summary>
    string Seed { get; }

    /// <summary>The name of the file that a sample is read from; null if it is made.</summary>
    string? SourceOf(int sample) => null;

    /// <summary>Goes on to the next sample: decorrelates the liquid. An exception ends the chain, unless <paramref name="halt"/> is the reason.</summary>
    /// <param name="way">Is told every now and then which share of the way is done, from 0 to 1; the chain may be saved then.</param>
    /// <param name="halt">Stops on the way; the chain may be saved then.</param>
    void Advance(IProgress<double> way, CancellationToken halt);

    /// <summary>The liquid as it stands, at a sample or on the way to the next one, for <see cref="Restore"/>; null if there is nothing worth keeping.</summary>
    byte[]? Save();

    /// <summary>Puts a chain that stands before its first sample where <see cref="Save"/> was called; what comes then is the same to the bit.</summary>
    /// <exception cref="IOException">The state is damaged or of another chain.</exception>
    void Restore(byte[] state);

    /// <summary>Makes the glass of the current sample and analyses it. An exception is this sample's failure alone.</summary>
    /// <param name="sample">The sample's number.</param>
    /// <param name="halt">Abandons the sample.</param>
    (SampleResult Result, SampleCost Cost) Analyse(int sample, CancellationToken halt);
}
