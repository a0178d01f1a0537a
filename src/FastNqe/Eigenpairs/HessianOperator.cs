using FastNqe.Contractions;

namespace FastNqe;

/// <summary>
/// The Hessian M of an inherent state (eq. 2) as an operator on fields of N·d numbers in the caller's order; the d uniform translations are its
/// known null space.
/// </summary>
/// <remarks>
/// It sweeps over the pairs of its inherent state, so one thread at a time for all operators of one state together: a second one that comes in the middle
/// of a sweep is refused by an <see cref="InvalidOperationException"/>.
/// </remarks>
public sealed class HessianOperator : ISparseSymmetric
{
    private readonly ExclusiveUse _use = new("this operator");
    private readonly InherentState _glass;
    private readonly PairTable _pairs;
    private RowField _term;
    private RowField _next;

    /// <summary>The Hessian at a configuration, in equilibrium or not.</summary>
    public HessianOperator(InherentState glass)
    {
        ArgumentNullException.ThrowIfNull(glass);
        _glass = glass;
        _pairs = glass.Pairs;
        _term = _pairs.Order.NewField();
        _next = _pairs.Order.NewField();
        NullSpace = Deflation.Translations(glass.Dimension);
    }

    /// <inheritdoc/>
    public int Size => _glass.ParticleCount * _glass.Dimension;

    /// <inheritdoc/>
    public Deflation NullSpace { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A length is not N·d.</exception>
    public void Apply(ReadOnlySpan<double> x, Span<double> y)
    {
        CheckLengths(x, y);
        using ExclusiveUse.Turn turn = _use.Begin();
        _pairs.Order.Scatter(x, _term);
        Multiply(null);
        _pairs.Order.Gather(_next, y);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A length is not N·d, the interval has no width, or the degree is below 1.</exception>
    public void ApplyChebyshev(ReadOnlySpan<double> x, double center, double halfWidth, int degree, Span<double> y, CancellationToken cancellation = default)
    {
        CheckLengths(x, y);
        ChebyshevRecurrence.Check(center, halfWidth, degree);
        using ExclusiveUse.Turn turn = _use.Begin();
        _pairs.Order.Scatter(x, _term);
        Multiply(new ThreeTerms(-1 / halfWidth, center / halfWidth, 0));
        for (int k = 1; k < degree; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            (_term, _next) = (_next, _term);
            Multiply(new ThreeTerms(-2 / halfWidth, 2 * center / halfWidth, -1));
        }
        _pairs.Order.Gather(_next, y);
    }

    /// <inheritdoc/>
    public SparseTriangle LowerTriangle() => HessianTriangle.Of(_glass);

    private void CheckLengths(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (x.Length != Size || y.Length != Size)
            throw new ArgumentException($"x and y have {x.Length} and {y.Length} numbers; expected {Size} each, {_glass.Dimension} for each of {_glass.ParticleCount} particles");
    }

    // M·term into next, or a step of the recurrence.
    private void Multiply(ThreeTerms? recurrence)
    {
        Span<double> scalar = stackalloc double[1];
        _pairs.Sweep<Quadratic>(new SweepFields(_term, V0: _next) { Recurrence = recurrence }, scalar);
    }
}
