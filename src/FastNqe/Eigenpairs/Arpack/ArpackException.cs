namespace FastNqe;

/// <summary>ARPACK gave up in a way that no change of the settings explains.</summary>
public sealed class ArpackException : Exception
{
    /// <summary>A message made of what happened.</summary>
    public ArpackException(string message)
        : base(message)
    {
    }

    /// <summary>A message made of what happened and the failure below it.</summary>
    public ArpackException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>No message.</summary>
    public ArpackException()
    {
    }

    internal static ArpackException FromStatus(string routine, int status) => new($"ARPACK's {routine} returned {status}: {Sentence(routine, status)}");

    // The meaning of info, from the headers of dsaupd.f and dseupd.f.
    private static string Sentence(string routine, int status) => (routine, status) switch
    {
        ("dsaupd", 3) => "no shifts could be applied during a cycle; the basis is too small for the number of pairs",
        (_, -1) => "n must be positive",
        (_, -2) => "the number of pairs must be positive",
        (_, -3) => "the basis must be larger than the number of pairs and at most n",
        (_, -4) => "the largest number of restarts must be positive",
        (_, -5) => "the rule for the wanted eigenvalues is unknown",
        (_, -6) => "the kind of problem must be I or G",
        (_, -7) => "the work array is too short",
        (_, -8) => "the eigenvalues of the tridiagonal matrix did not converge",
        (_, -9) => "the start vector is zero: it lies in the deflated subspace",
        (_, -10) => "the mode must be between 1 and 5",
        ("dsaupd", -11) => "the mode does not fit the kind of problem",
        (_, -12) => "the shift strategy must be 0 or 1, or both ends were asked for a single pair",
        ("dsaupd", -13) => "both ends were asked for a single pair",
        ("dseupd", -14) => "no eigenvalue was found to sufficient accuracy",
        ("dseupd", -15) => "howmny must be A or S",
        ("dseupd", -16) => "howmny = S is not implemented",
        ("dseupd", -17) => "dseupd counts other converged pairs than dsaupd: data between the two was changed",
        ("dsaupd", -9999) => "a Lanczos factorisation could not be built",
        _ => "a status that its documentation does not list",
    };
}
