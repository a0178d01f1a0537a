namespace FastNqe;

/// <summary>Why a mode search ended.</summary>
public enum SearchEnd
{
    /// <summary>The residual fell below the tolerance.</summary>
    Converged,

    /// <summary>Neither the residual nor the cost got smaller any more: the tolerance is below what rounding allows.</summary>
    Stagnated,

    /// <summary>As many sweeps were done as were allowed.</summary>
    OutOfSweeps,

    /// <summary>
    /// The search came to where the cost has no lower bound or no value: a stiffness that is not positive (a saddle of the energy), a quartic
    /// coefficient that is not positive (E4), or a cubic coefficient that vanishes (E3).
    /// </summary>
    Undefined,
}
