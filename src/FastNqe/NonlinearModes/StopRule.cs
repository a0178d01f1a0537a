namespace FastNqe;

/// <summary>When a search ends, and why; asked after every step.</summary>
/// <remarks>
/// A search is stuck if for <see cref="Patience"/> sweeps neither the residual nor the cost has fallen. The cost alone stands still at a residual
/// of 1e-8 already, because it is flat at its minimum; the residual alone rises and falls far from it.
/// </remarks>
internal sealed class StopRule(MinimiserOptions options)
{
    private const int Patience = 500;
    private const double SmallerResidual = 0.9;
    private const double SmallerCost = 1 - 1e-12;

    private double _residual = double.PositiveInfinity, _cost = double.PositiveInfinity;
    private int _lastProgress;

    /// <summary>Why the search ended.</summary>
    public SearchEnd End { get; private set; }

    /// <summary>Whether the search is over at a point.</summary>
    public bool IsMet(SearchPoint at, double residual, int sweeps)
    {
        if (residual < SmallerResidual * _residual)
            (_residual, _lastProgress) = (residual, sweeps);
        if (at.Cost < SmallerCost * _cost)
            (_cost, _lastProgress) = (at.Cost, sweeps);
        SearchEnd? end =
            !at.IsDefined ? SearchEnd.Undefined
            : residual <= options.Tolerance ? SearchEnd.Converged
            : sweeps >= options.MaxSweeps ? SearchEnd.OutOfSweeps
            : sweeps - _lastProgress > Patience ? SearchEnd.Stagnated
            : null;
        End = end ?? End;
        return end is not null;
    }
}
