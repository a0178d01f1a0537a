namespace FastNqe;

/// <summary>How far an iteration has come.</summary>
/// <param name="Sweeps">Sweeps over all pairs so far, the unit of cost.</param>
/// <param name="Residual">What has to fall below the tolerance: the largest net force of a quench, the residual of a mode or of a linear solve.</param>
public readonly record struct WorkProgress(int Sweeps, double Residual);
