namespace FastNqe;

/// <summary>What an eigensolve returns: the pairs, lowest first, and what it took.</summary>
public sealed record EigenpairSet
{
    /// <summary>The pairs in the order of their eigenvalues.</summary>
    public required Eigenpair[] Pairs { get; init; }

    /// <summary>Whether every pair has a residual within the tolerance.</summary>
    public required bool Converged { get; init; }

    /// <summary>The method asked for; a small operator is solved densely instead, and <see cref="LanczosSteps"/> is then 0.</summary>
    public required EigenpairMethod Method { get; init; }

    /// <summary>Applications of the operator H, all included; with shift-invert, solves with its factor too.</summary>
    public required int Applications { get; init; }

    /// <summary>Lanczos steps: orthogonalised basis vectors.</summary>
    public required int LanczosSteps { get; init; }

    /// <summary>How often a Lanczos basis was compressed, or a filter whose interval did not fit was replaced.</summary>
    public required int Restarts { get; init; }

    /// <summary>The degree of the Chebyshev polynomial, or 1.</summary>
    public int FilterDegree { get; init; } = 1;

    /// <summary>The interval that the polynomial damps; the wanted eigenvalues lie below it. NaN without a filter.</summary>
    public (double Low, double High) Damped { get; init; } = (double.NaN, double.NaN);
}
