namespace FastNqe;

/// <summary>Which eigensolver library is in use, for reports.</summary>
/// <param name="Path">The file of ARPACK-NG.</param>
/// <param name="IntegerBits">The width of its integers, 32 or 64.</param>
/// <param name="BlasName">The linear algebra library below it: OpenBLAS, or unknown.</param>
/// <param name="BlasVersion">What that library says of itself; empty if unknown.</param>
/// <param name="BlasThreads">The threads that it uses; 0 if unknown.</param>
/// <param name="BlasIsReentrant">Whether several threads may call it at once; if not, concurrent solves take turns in it.</param>
public sealed record ArpackInfo(string Path, int IntegerBits, string BlasName, string BlasVersion, int BlasThreads, bool BlasIsReentrant)
{
    /// <summary>Looks for ARPACK-NG as a solve would.</summary>
    /// <exception cref="ArpackNotFoundException">There is none; the message says which package to install.</exception>
    public static ArpackInfo Read()
    {
        ArpackLibrary library = ArpackLibrary.Default;
        return new(library.Path, library.IntegerBits, library.Blas.Name, library.Blas.Version, library.Blas.Threads, library.Blas.IsReentrant);
    }
}
