namespace FastNqe;

/// <summary>A normal mode: an eigenvalue of the Hessian (unit masses) and its eigenvector.</summary>
public sealed record Eigenpair
{
    /// <summary>The eigenvalue kappa = psi·M·psi, eq. 11 [energy/length²]; negative along a direction in which the energy falls.</summary>
    public required double Stiffness { get; init; }

    /// <summary>
    /// omega = sqrt(kappa), eq. 7 [1/time]. A negative stiffness gives -sqrt(-kappa), so that unstable modes are told by the sign
    /// and sorting by frequency is sorting by stiffness.
    /// </summary>
    public double Frequency => Stiffness < 0 ? -Math.Sqrt(-Stiffness) : Math.Sqrt(Stiffness);

    /// <summary>
    /// The normalised eigenvector psi, N·d numbers in the caller's order, row major, free of translations; the sign makes its
    /// largest component positive.
    /// </summary>
    public required double[] Vector { get; init; }

    /// <summary>
    /// |M·psi - kappa psi| / max(|kappa|, 1e-4 kappa_max): relative to the eigenvalue itself, which is stricter than relative
    /// to the norm of M; only modes softer than a ten-thousandth of the stiffest are held to that scale, as rounding in M·psi demands.
    /// </summary>
    public required double Residual { get; init; }

    /// <summary>e(psi), eq. 14, where the dimension is known (<see cref="InherentState.LowestEigenpairs"/>), else 0; N·e is the number of particles that take part.</summary>
    public double ParticipationRatio { get; init; }
}
