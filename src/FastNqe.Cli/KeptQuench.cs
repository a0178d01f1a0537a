using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace FastNqe.Cli;

/// <summary>The quench of a glass that goes to a file, kept in another one beside it as long as it is not at its end.</summary>
/// <param name="glass">The glass's file.</param>
/// <param name="liquid">What is quenched.</param>
/// <param name="potential">The pair potential.</param>
/// <param name="options">How it is done.</param>
internal sealed class KeptQuench(string glass, Configuration liquid, PairPotential potential, QuenchOptions options)
{
    private readonly StateFile _file = new(PathOf(glass), "FastNqe kept quench 1", new Dictionary<string, string>
    {
        [GlassProperties.MadeBy] = Product.Library,
        ["potential"] = potential.ToString()!,
        [GlassProperties.QuenchTolerance] = GlassProvenance.Exact(options.ForceTolerance),
        ["liquid"] = Fingerprint(liquid),
    });

    /// <summary>Where the quench of a glass is kept.</summary>
    public static string PathOf(string glass) => (AtomicFile.FileBehind(glass) ?? glass) + ".state";

    /// <summary>Where the quench was stopped, or null if it was not.</summary>
    /// <exception cref="ArgumentException">The file holds another quench.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or of another version.</exception>
    public QuenchCheckpoint? Kept() => _file.Read(reader => QuenchCheckpoint.Read(reader, liquid));

    /// <summary>Quenches the liquid and keeps where it stands.</summary>
    /// <param name="from">Where to go on, or null to begin.</param>
    /// <param name="session">Is told where it goes on.</param>
    /// <exception cref="ArgumentException">As <see cref="Quench"/> says.</exception>
    public InherentState Run(QuenchCheckpoint? from, Session session)
    {
        QuenchOptions keeping = options with { Checkpoint = here => _file.Write(here.Save) };
        if (from is null)
            return Quench.Run(liquid, potential, keeping);
        session.Progress.Clear();
        session.Error.WriteLine($"{glass}: the quench goes on after {from.Report.Sweeps} sweeps");
        return Quench.Resume(liquid, from, potential, keeping);
    }

    /// <summary>Removes the file when the glass is written.</summary>
    public void Remove() => _file.Remove();

    // The particles and the box, to the bit.
    private static string Fingerprint(Configuration liquid)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        double[] box = [.. Enumerable.Range(0, liquid.Dimension).Select(liquid.Box.Length), liquid.Box.XY, liquid.Box.XZ, liquid.Box.YZ];
        hash.AppendData(MemoryMarshal.AsBytes<double>(box));
        hash.AppendData(MemoryMarshal.AsBytes(liquid.Positions));
        hash.AppendData(MemoryMarshal.AsBytes(liquid.Diameters));
        return $"SHA-256 {Convert.ToHexStringLower(hash.GetHashAndReset()[..8])}";
    }
}
