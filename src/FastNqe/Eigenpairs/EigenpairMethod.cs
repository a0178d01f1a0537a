namespace FastNqe;

/// <summary>
/// How the lowest eigenpairs are found; all of them through ARPACK-NG. Operators of at most 96 free unknowns, or of at most twice as many as the pairs wanted, are
/// solved densely by the library itself, whatever the method.
/// </summary>
public enum EigenpairMethod
{
    /// <summary>Lanczos on a Chebyshev polynomial of H that enlarges the low end of the spectrum. The fastest; needs products only.</summary>
    ChebyshevFilter,

    /// <summary>Implicitly restarted Lanczos on H itself, which = SA: the reference for comparisons.</summary>
    Plain,

    /// <summary>
    /// Lanczos on the inverse of H, factorised by CHOLMOD: needs <see cref="ISparseSymmetric"/>, CHOLMOD on this machine, and
    /// memory for the factor, which grows about as N^(4/3) in 3D.
    /// </summary>
    ShiftInvert,
}
