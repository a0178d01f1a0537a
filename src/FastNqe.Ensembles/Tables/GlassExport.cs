using System.Globalization;

namespace FastNqe.Ensembles;

/// <summary>Writes glasses that a study kept (key "keep"), as files that every verb reads and that say how each was made.</summary>
public static class GlassExport
{
    /// <summary>Writes one file per sample, sample-NNNNNN.xyz, in four dimensions sample-NNNNNN.txt.</summary>
    /// <param name="foldersAndFiles">Stores, or folders of stores.</param>
    /// <param name="folder">Receives the files; made if missing.</param>
    /// <returns>How many files were written.</returns>
    /// <exception cref="StoreException">A store cannot be read, or none of them kept a glass.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static int Write(IEnumerable<string> foldersAndFiles, string folder)
    {
        Directory.CreateDirectory(folder);
        int files = 0;
        foreach ((StoreConnection store, int sample) in KeptGlasses.EachOnce(foldersAndFiles))
        {
            Configuration glass = KeptGlasses.Read(store, sample);
            glass.Write(PathOf(folder, sample, glass.Dimension));
            files++;
        }
        return files > 0 ? files : throw new StoreException("no glass in these stores: a study keeps them with \"keep\": [\"glasses\"]");
    }

    /// <summary>The name of a sample's file. Extended XYZ has no fourth dimension: there it is plain text.</summary>
    internal static string PathOf(string folder, int sample, int dimension) =>
        Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"sample-{sample:000000}.{(dimension == 4 ? "txt" : "xyz")}"));
}
